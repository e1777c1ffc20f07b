"""The doors of core to the messages of a request, tried as the person, by the route or the call
that the web client uses."""

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .common import ProcedureCommon, upload

COMMENT = {"subtype_xmlid": "mail.mt_comment", "message_type": "comment"}
NOTE = {"subtype_xmlid": "mail.mt_note", "message_type": "comment"}


@tagged("post_install", "-at_install")
class TestChatterRoutes(ProcedureCommon, HttpCase):
    def _login(self, user):
        self.authenticate(user.login, user.login + "x" * (8 - len(user.login)))

    def _chatter(self, request, context=None, **post_data):
        return self.make_jsonrpc_request(
            "/mail/message/post",
            {
                "thread_model": "procedure.request",
                "thread_id": request.id,
                "post_data": {"body": "Bonjour", **post_data},
                "context": context or {},
            },
        )

    def _assert_refused(self, call, *args, **kwargs):
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException) as refusal:
            call(*args, **kwargs)
        self.assertIn("AccessError", str(refusal.exception))

    def test_the_chatter_writes_to_no_stranger(self):
        request = self._submit()
        # She reads this resident too: another request of the same service.
        self._submit(user=self.dominique)
        stranger = self.dominique.partner_id
        self._login(self.agent)
        for context in ({}, {"mail_post_autofollow": True}):
            self._assert_refused(
                self._chatter, request, context, partner_ids=stranger.ids, **COMMENT
            )
            for outsider in (stranger, self.camille.partner_id):
                self._assert_refused(
                    self._chatter, request, context, partner_ids=outsider.ids, **NOTE
                )
        self.assertFalse(request.message_ids.filtered(lambda message: "Bonjour" in message.body))
        self.assertNotIn(stranger, request.message_partner_ids)
        self._chatter(
            request,
            {"mail_post_autofollow": True},
            partner_ids=(self.camille | self.colleague).partner_id.ids,
            **COMMENT,
        )
        self.assertIn("Bonjour", request._get_messages_for_applicant()[-1].body)

    def test_the_chatter_proposes_nobody_and_answers_a_message(self):
        """The web client sends along whom core proposes: whoever wrote last, here the service's
        own address, which is nobody's."""
        request = self._submit()
        request.with_user(self.camille)._post_from_applicant(
            "Une question", by=self.camille.partner_id
        )
        proposed = request.with_user(self.agent)._message_get_suggested_recipients(
            reply_discussion=True, no_create=True
        )
        self.assertEqual(proposed, [])
        self._login(self.agent)
        self._chatter(request, partner_ids=[], **COMMENT)
        self.assertIn("Bonjour", request._get_messages_for_applicant()[-1].body)

    def test_a_comment_of_the_chatter_reaches_who_has_no_account(self):
        request = self._submit_without_account()
        self._login(self.agent)
        self._chatter(request, **NOTE)
        before = self._mails(email="ana@exemple.fr")
        said = f"{self.agent.name} ("
        self.assertFalse(any(said in body for body in before.mapped("body_html")))
        self._chatter(request, **COMMENT)
        mail = self._mails(email="ana@exemple.fr") - before
        self.assertIn(said, mail.body_html)

    def test_a_comment_of_the_chatter_stays_as_it_was_said(self):
        request = self._submit()
        comment = request.with_user(self.agent).message_post(body="Bonjour", **COMMENT)
        note = request.with_user(self.agent).message_post(body="Entre nous", **NOTE)
        self._login(self.agent)

        def update(message, **update_data):
            return self.make_jsonrpc_request(
                "/mail/message/update_content",
                {"message_id": message.id, "update_data": update_data},
            )

        for body in ("Refusé", ""):
            self._assert_refused(update, comment, body=body, attachment_ids=[])
        self.assertIn("Bonjour", comment.body)
        self._submit(user=self.dominique)
        self._assert_refused(update, note, body="Autre", partner_ids=self.dominique.partner_id.ids)
        update(note, body="Mieux dit")
        self.assertIn("Mieux dit", note.body)

    def test_a_file_that_was_sent_or_received_stays_as_it_is(self):
        """Core lets who writes on the request replace, move, publish or delete the file."""
        request, other = self._submit(), self._submit(user=self.dominique)
        file = [("lettre.pdf", b"%PDF-1")]
        sent = request.with_user(self.agent).message_post(body="x", attachments=file, **COMMENT)
        received = request._post_from_applicant(
            "Voici", files=[upload()], by=self.camille.partner_id
        )
        of_colleague = request.with_user(self.colleague).message_post(
            body="x", attachments=file, **NOTE
        )
        for user in (self.agent, self.manager):
            for message in (sent, received, of_colleague):
                attachment = message.sudo().attachment_ids.with_user(user)
                self.assertTrue(attachment.has_access("read"))
                for vals in (
                    {"raw": b"autre"},
                    {"name": "autre.pdf"},
                    {"public": True},
                    {"res_id": other.id},
                ):
                    with self.subTest(user=user.login, vals=vals), self.assertRaises(AccessError):
                        attachment.write(vals)
                with self.assertRaises(AccessError):
                    attachment.generate_access_token()
                with self.assertRaises(AccessError):
                    attachment.unlink()
                with self.assertRaises(AccessError):
                    # As the chatter does, for the person who has just uploaded it.
                    attachment.sudo()._delete_and_notify(message)
        self._login(self.agent)
        self._assert_refused(
            self.make_jsonrpc_request,
            "/mail/attachment/delete",
            {"attachment_id": sent.sudo().attachment_ids.id},
        )
        self.assertEqual(sent.sudo().attachment_ids.raw, b"%PDF-1")
        # Her own note, and what waits to be sent, are hers.
        own = request.with_user(self.agent).message_post(body="x", attachments=file, **NOTE)
        own.attachment_ids.unlink()
        waiting = self.env["ir.attachment"].with_user(self.agent).create({"name": "a", "raw": b"a"})
        waiting.write({"res_model": "procedure.request", "res_id": request.id})
        self._chatter(request, attachment_ids=waiting.ids, **COMMENT)
        with self.assertRaises(AccessError):
            waiting.unlink()

    def test_nobody_makes_the_applicant_deaf(self):
        request = self._submit()
        request.with_user(self.agent).message_subscribe(self.colleague.partner_id.ids)
        self._login(self.agent)

        def unsubscribe(user):
            return self.make_jsonrpc_request(
                "/mail/thread/unsubscribe",
                {
                    "res_model": "procedure.request",
                    "res_id": request.id,
                    "partner_ids": user.partner_id.ids,
                },
            )

        self._assert_refused(unsubscribe, self.camille)
        unsubscribe(self.colleague)
        self.assertIn(self.camille.partner_id, request.message_partner_ids)
        self.assertNotIn(self.colleague.partner_id, request.message_partner_ids)


@tagged("post_install", "-at_install")
class TestThread(ProcedureCommon):
    def test_words_of_a_note_are_not_guessed(self):
        request = self._submit()
        request.with_user(self.agent).message_post(body="ZORGLUB", **NOTE)
        self.procedure.message_post(body="ZORGLUB", **NOTE)
        for record, user in ((request, self.camille), (self.procedure, self.dominique)):
            Model = record.with_user(user)
            self.assertTrue(Model.has_access("read"))
            for name in ("message_ids", "website_message_ids"):
                with self.assertRaises(AccessError):
                    Model.search_count([(f"{name}.body", "ilike", "ZORGLUB")])
                with self.assertRaises(AccessError):
                    Model.search_count([(name, "any", [("body", "ilike", "ZORGLUB")])])

    def test_no_history_is_made_up_by_hand(self):
        request = self._submit()
        values = {
            "model": "procedure.request",
            "res_id": request.id,
            "subtype_id": self.env.ref("mail.mt_comment").id,
            "message_type": "auto_comment",
            "body": "Accepté",
            "date": "2020-01-01 08:00:00",
            "author_id": self.waste.partner_id.id,
        }
        elsewhere = {name: value for name, value in values.items() if name != "model"}
        for user in (self.camille, self.agent, self.manager):
            Message = self.env["mail.message"].with_user(user)
            with self.assertRaises(AccessError):
                Message.create(values)
            with self.assertRaises(AccessError):
                Message.with_context(default_model="procedure.request").create(elsewhere)
        note = request.with_user(self.agent).message_post(body="Entre nous", **NOTE)
        for forged in (
            {"subtype_id": values["subtype_id"]},
            {"author_id": values["author_id"]},
            {"date": values["date"]},
        ):
            with self.assertRaises(AccessError):
                note.write(forged)
        other = self.agent.partner_id.message_post(body="Ailleurs").with_user(self.agent)
        with self.assertRaises(AccessError):
            other.write({"model": "procedure.request", "res_id": request.id})

    def test_who_speaks_and_when_are_facts(self):
        request = self._submit().with_user(self.agent)
        message = request.message_post(
            body="Bonjour",
            subtype_xmlid="mail.mt_comment",
            message_type="auto_comment",
            author_id=self.waste.partner_id.id,
            email_from="president@exemple.fr",
            date="2020-01-01 08:00:00",
            is_internal=True,
            mail_headers={"Bcc": "autre@exemple.fr"},
        )
        self.assertNotIn("autre@exemple.fr", self._mails(request)[0].headers)
        self.assertEqual(message.author_id, self.agent.partner_id)
        self.assertEqual(message.message_type, "comment")
        self.assertNotIn("president@exemple.fr", message.email_from)
        self.assertGreater(message.date, request.date_submitted.replace(year=2021))
        self.assertIn(message, request._get_messages_for_applicant())

    def test_a_note_is_no_comment_by_another_name(self):
        request = self._submit()
        before = self._mails(request)
        request.with_user(self.agent).message_post(
            body="Entre nous", subtype_id=self.env.ref("mail.mt_comment").id, **NOTE
        )
        self.assertEqual(self._mails(request), before)

    def test_a_notification_goes_to_colleagues(self):
        request = self._submit().with_user(self.agent)
        for outsider in (self.dominique, self.camille):
            with self.assertRaises(AccessError):
                request.message_notify(body="x", partner_ids=outsider.partner_id.ids)
            with self.assertRaises(AccessError):
                self.env["mail.thread"].with_user(self.agent).message_notify(
                    body="x",
                    model="procedure.request",
                    res_id=request.id,
                    partner_ids=outsider.partner_id.ids,
                )
        message = request.message_notify(
            body="x",
            partner_ids=self.colleague.partner_id.ids,
            author_id=self.manager.partner_id.id,
        )
        self.assertEqual(message.author_id, self.agent.partner_id)
        self.assertEqual(message.notified_partner_ids, self.colleague.partner_id)

    def test_the_composer_writes_to_no_stranger(self):
        request = self._submit()
        self._submit(user=self.dominique)
        mails = self.env["mail.mail"].search_count([])
        for mode in ("mass_mail", "comment"):
            composer = (
                self.env["mail.compose.message"]
                .with_user(self.agent)
                .create(
                    {
                        "model": "procedure.request",
                        "res_ids": request.ids,
                        "composition_mode": mode,
                        "subject": "x",
                        "body": "x",
                        "partner_ids": self.dominique.partner_id.ids,
                    }
                )
            )
            with self.subTest(mode), self.assertRaisesKeeping(AccessError):
                composer.action_send_mail()
        with self.assertRaisesKeeping(AccessError):
            request.with_user(self.agent).message_mail_with_source(
                "procedure.acknowledgment_body", subject="x"
            )
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        composer.partner_ids = False
        composer.action_send_mail()
        self.assertEqual(request.message_ids[0].author_id, self.agent.partner_id)

    def test_a_letter_leaves_with_its_decision_only(self):
        request = self._submit()
        elsewhere = self.env["mail.template"].create(
            {"name": "x", "model_id": self.env["ir.model"]._get_id("res.partner")}
        )
        # The staff sends no template at all; the administrator does, but for these.
        for user in self.agent | self.env.ref("base.user_admin"):
            accepted = self.env.ref("procedure.mail_accepted").with_user(user)
            with self.assertRaises(AccessError):
                accepted.send_mail(request.id, email_values={"email_to": "autre@exemple.fr"})
            with self.assertRaises(AccessError):
                accepted.send_mail_batch(request.ids)
            with self.assertRaises(AccessError):
                elsewhere.with_user(user).send_mail(
                    user.partner_id.id,
                    email_values={"model": "procedure.request", "res_id": request.id},
                )
        request.with_user(self.agent).action_accept()
        self.assertIn("acceptée", request._get_messages_for_applicant()[-1].body)

    def test_the_absence_of_an_agent_is_not_told_to_the_applicant(self):
        request = self._submit()
        self.agent.write(
            {"out_of_office_from": "2020-01-01 08:00:00", "out_of_office_message": "Absent"}
        )
        said = request._get_messages_for_applicant()
        request.with_user(self.colleague).message_post(
            body="Tu regardes ?", partner_ids=self.agent.partner_id.ids, **NOTE
        )
        self.assertEqual(request._get_messages_for_applicant(), said)

    # -- contacts

    def test_another_delegate_reads_no_phone_of_who_filed(self):
        delegations = self._delegations(self.camille, self.dominique)
        association = delegations.organisation_id
        request = self._submit(acting_for=association)
        self.assertTrue(request.with_user(self.dominique).has_access("read"))
        for name in ("applicant_email", "applicant_phone"):
            with self.assertRaises(AccessError):
                request.with_user(self.dominique).read([name])
        self.assertEqual(request.with_user(self.agent).applicant_email, "camille@exemple.fr")

    def test_a_form_that_is_not_saved_tells_nothing_of_another_person(self):
        request = self._submit()
        stranger = self._resident("autre", "Zoé", "Inconnue").partner_id
        own = request.with_user(self.agent)
        spec = {"applicant_name": {}, "applicant_email": {}, "applicant_phone": {}}
        with self.assertRaises(AccessError):
            own.onchange({"applicant_id": stranger.id}, ["applicant_id"], spec)
        step = request.procedure_id.step_ids[0]
        values = {"applicant_id": request.applicant_id.id, "step_id": step.id}
        self.assertIn("value", own.onchange(values, ["step_id"], {"step_id": {}, **spec}))
