from contextlib import suppress

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .guard_case import GuardCase

STRANGE = "victime@exemple.fr"


@tagged("post_install", "-at_install")
class TestMailDoors(GuardCase, HttpCase):
    """A proposal has messages; no mail leaves by them but those that the pages write."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.comment = {"body": "x", "subtype_xmlid": "mail.mt_comment"}

    def _get_attempts(self, revision):
        post, comment = revision.message_post, self.comment
        outside = self.other_resident.partner_id.ids
        return {
            "to": lambda: post(**comment, subject="x", outgoing_email_to=STRANGE),
            "from": lambda: post(**comment, email_from=STRANGE),
            "author": lambda: post(**comment, author_id=self.fallback.partner_id.id),
            "partner": lambda: post(**comment, partner_ids=outside),
            "notify": lambda: revision.message_notify(body="x", partner_ids=outside),
            "subscribe": lambda: revision.message_subscribe(outside),
        }

    def test_no_mail_leaves_by_a_remote_call(self):
        ours, hers = self._sent(), self._draft(self.camille)
        mails = self.env["mail.mail"].search_count([])
        done = []
        for user, revision in (
            (self.camille, hers),
            (self.secretary, ours),
            (self.reader, ours),
        ):
            for name, attempt in self._get_attempts(revision.with_user(user)).items():
                with suppress(AccessError), self.env.cr.savepoint():
                    attempt()
                    done.append((user.login, name))
                self.env.invalidate_all()
        self.assertFalse(done)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_a_resident_writes_by_the_pages_only(self):
        draft = self._draft(self.camille)
        with self.assertRaises(AccessError):
            draft.with_user(self.camille).message_post(body="x")
        with self.assertRaises(AccessError):
            draft.with_user(self.camille).message_subscribe(self.camille.partner_id.ids)
        # As core's routes call it, once they have found that she reads it.
        with self.assertRaises(AccessError):
            draft.with_user(self.camille).sudo().message_notify(
                body="x", partner_ids=self.reader.partner_id.ids
            )
        self.authenticate(self.camille.login, self.camille.login)
        call = {
            "thread_model": draft._name,
            "thread_id": draft.id,
            "post_data": {"body": "x", **{"subtype_xmlid": "mail.mt_comment"}},
        }
        with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
            self.make_jsonrpc_request("/mail/message/post", call)
        self.assertFalse(draft.sudo().message_ids.filtered(lambda each: "x" in each.body))
        draft.with_user(self.camille)._post("Bonjour")
        message = draft.sudo().message_ids[:1]
        self.assertEqual(message.author_id, self.camille.partner_id)
        self.assertIn("Bonjour", message.body)

    def test_whoever_does_not_read_it_writes_nothing_in_it(self):
        sent = self._sent()
        values = {"model": sent._name, "res_id": sent.id, "body": "x"}
        for user in (self.agent, self.stranger, self.neighbour):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                sent.with_user(user)._message_create([values])
        self.assertTrue(sent.with_user(self.reader)._message_create([values]))

    def test_what_was_said_is_rewritten_by_nobody(self):
        sent = self._sent()
        sent.action_comment("Bonjour")
        message = sent.sudo().message_ids.filtered(lambda each: "Bonjour" in each.body)
        for user in (self.secretary, self.reader, self.manager, self.technician):
            own, thread = message.with_user(user), sent.with_user(user)
            for name, attempt in {
                "write": lambda own=own: own.write({"body": "x"}),
                "unlink": lambda own=own: own.unlink(),
                "moved": lambda own=own: own.write({"model": "res.partner", "res_id": 1}),
                # As core's route calls it.
                "update": lambda own=own, thread=thread: thread._message_update_content(
                    own.sudo(), body="x"
                ),
                "forged": lambda own=own: own.create(
                    {"model": sent._name, "res_id": sent.id, "body": "x", "date": "1999-01-01"}
                ),
                "forged by default": lambda own=own: own.with_context(
                    default_model=sent._name, default_res_id=sent.id
                ).create({"body": "x"}),
                "brought": lambda user=user: (
                    self.env["mail.message"]
                    .with_user(user)
                    .create({"body": "x"})
                    .write({"model": sent._name, "res_id": sent.id})
                ),
            }.items():
                with self.subTest(user=user.login, name=name), self.assertRaises(AccessError):
                    attempt()
        self.assertIn("Bonjour", message.body)
