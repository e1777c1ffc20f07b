"""A file goes with a message only if who writes it may read that file."""

import base64

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .common import PIXEL, ProcedureCommon, upload

COMMENT = {"subtype_xmlid": "mail.mt_comment", "message_type": "comment"}
NOTE = {"subtype_xmlid": "mail.mt_note", "message_type": "comment"}


@tagged("post_install", "-at_install")
class TestAttachmentDoors(ProcedureCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.request = self._submit()
        self.own = self.request.with_user(self.agent)
        # Of another service, and of another request that she reads.
        cant = self._procedure("Cantine", "CANT", self.school)
        self.foreign_request = self._submit(user=self.dominique, procedure=cant)
        self.other_request = self._submit(user=self.dominique)
        self.foreign = self._get_files(self.foreign_request)
        self.other = self._get_files(self.other_request)

    def _get_files(self, request):
        """The file of a document, that of a message, and one just put on the request."""
        request._post_from_applicant("Voici", files=[upload()], by=self.dominique.partner_id)
        documents = request.document_line_ids.document_id
        return (
            self.env["ir.attachment"]
            .search([("res_model", "=", documents._name), ("res_field", "=", "file")])
            .filtered(lambda each: each.res_id in documents.ids)
        ) | self.env["ir.attachment"].search(
            [("res_model", "=", request._name), ("res_id", "=", request.id)]
        )

    def _get_doors(self, attachment):
        """Each way of core to make a message, a note, an activity carry a file."""
        own, ids = self.own, attachment.ids
        composer = {
            "model": own._name,
            "res_ids": own.ids,
            "composition_mode": "comment",
            "body": "x",
        }
        scheduled = {
            "model": own._name,
            "res_id": own.id,
            "body": "x",
            "author_id": self.agent.partner_id.id,
            "scheduled_date": "2099-01-01",
            "attachment_ids": ids,
        }
        Composer = self.env["mail.compose.message"].with_user(self.agent)
        Scheduled = self.env["mail.scheduled.message"].with_user(self.agent)
        note = own.message_post(body="x", **NOTE)
        channel = (
            self.env["discuss.channel"]
            .with_user(self.agent)
            .create({"name": "Groupe", "channel_type": "group"})
        )
        by_hand = {"model": channel._name, "res_id": channel.id, "body": "x"}
        Message = self.env["mail.message"].with_user(self.agent)
        return {
            "note": lambda: own.message_post(body="x", attachment_ids=ids, **NOTE),
            "comment": lambda: own.message_post(body="x", attachment_ids=ids, **COMMENT),
            "chatter": lambda: own.sudo().message_post(body="x", attachment_ids=ids, **NOTE),
            "source": lambda: own.message_post_with_source(
                "mail.message_origin_link",
                render_values={"self": own, "origin": own},
                attachment_ids=ids,
            ),
            "notify": lambda: own.message_notify(
                body="x", partner_ids=self.colleague.partner_id.ids, attachment_ids=ids
            ),
            "update": lambda: own._message_update_content(note, body="y", attachment_ids=ids),
            "note written": lambda: note.write({"attachment_ids": ids}),
            "feedback": lambda: own.activity_schedule(
                "mail.mail_activity_data_todo", user_id=self.agent.id
            ).action_feedback(feedback="x", attachment_ids=ids),
            "activity": lambda: own.activity_schedule(
                "mail.mail_activity_data_todo", user_id=self.agent.id
            ).write({"attachment_ids": ids}),
            "composer": lambda: Composer.create(
                {**composer, "attachment_ids": ids}
            ).action_send_mail(),
            "composer by default": lambda: (
                Composer.with_context(default_attachment_ids=ids)
                .create(composer)
                .action_send_mail()
            ),
            "scheduled": lambda: Scheduled.create(scheduled).post_message(),
            "scheduled then changed": lambda: Scheduled.create(
                {**scheduled, "attachment_ids": []}
            ).write({"attachment_ids": ids}),
            "discussion": lambda: channel.message_post(body="x", attachment_ids=ids),
            "by hand": lambda: Message.create({**by_hand, "attachment_ids": ids}),
            "by hand, by default": lambda: Message.with_context(default_attachment_ids=ids).create(
                by_hand
            ),
        }

    def _assert_refused(self, attachment, but=()):
        """By each door, and no message keeps the file."""
        carrying = [("attachment_ids", "in", attachment.ids)]
        opened = []
        for name in self._get_doors(attachment):
            before = self.env["mail.message"].search(carrying)
            try:
                with self.env.cr.savepoint():
                    self._get_doors(attachment)[name]()
                    self.env.flush_all()
            except AccessError:
                if self.env["mail.message"].search(carrying) == before:
                    continue
            opened.append(name)
        self.assertEqual(opened, list(but), attachment.res_model)

    @mute_logger("odoo.addons.base.models.ir_attachment")
    def test_a_file_that_she_may_not_read_goes_with_nothing(self):
        self.assertEqual(len(self.foreign), 2)
        for attachment in self.foreign:
            self.assertFalse(attachment.with_user(self.agent).has_access("read"))
            self._assert_refused(attachment)

    def test_a_file_of_another_applicant_goes_with_no_message(self):
        """Readable: but it would go to somebody else than the person who gave it."""
        for attachment in self.other:
            self.assertTrue(attachment.with_user(self.agent).has_access("read"))
            # These alone send nothing yet.
            self._assert_refused(attachment, but=("activity", "scheduled then changed"))

    def test_what_waits_for_a_message_goes_with_it(self):
        for name in self._get_doors(self.env["ir.attachment"]):
            waiting = self.env["ir.attachment"].with_user(self.agent)
            waiting = waiting.create({"name": "a.txt", "raw": b"a", "res_id": 0})
            waiting.res_model = "mail.compose.message"
            self._get_doors(waiting)[name]()

    def test_the_file_of_a_record_is_never_deleted_by_the_chatter(self):
        for attachment in self.foreign | self.other:
            message = self.own.message_post(body="x", **NOTE)
            # As it was once linked, by whatever door.
            message.sudo().attachment_ids = attachment
            self.authenticate(self.agent.login, self.agent.login + "x" * 3)
            token = attachment._get_ownership_token()
            for given in (None, token):
                with self.subTest(given), mute_logger("odoo.http"):
                    with self.assertRaises(JsonRpcException):
                        self.make_jsonrpc_request(
                            "/mail/attachment/delete",
                            {"attachment_id": attachment.id, "access_token": given},
                        )
            with self.assertRaises(AccessError):
                self.own._message_update_content(message, body="y", attachment_ids=[])
            self.assertTrue(attachment.exists())

    def test_the_file_of_a_field_is_changed_with_its_record_only(self):
        own = self.camille.partner_id.with_user(self.manager)
        own.image_1920 = base64.b64encode(PIXEL)
        picture = self.env["ir.attachment"].search(
            [
                ("res_model", "=", own._name),
                ("res_id", "=", own.id),
                ("res_field", "=", "image_1920"),
            ]
        )
        for user in (self.manager, self.camille):
            with self.assertRaises(AccessError):
                picture.with_user(user).unlink()
            with self.assertRaises(AccessError):
                picture.with_user(user).write({"raw": b"autre"})
        own.image_1920 = False
        self.assertFalse(picture.exists())
