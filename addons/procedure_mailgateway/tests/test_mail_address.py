from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import MailgatewayCommon


@tagged("post_install", "-at_install")
class TestMailAddress(MailgatewayCommon):
    def test_what_goes_to_the_applicant_is_answered_at_her_request(self):
        request = self._submit()
        address = request._get_mail_address()
        self.assertRegex(address, r"^demande\+essai-\d{4}-\d+\.[a-z2-7]{16}@courriel\.exemple\.fr$")
        self.assertLessEqual(len(address.partition("@")[0]), 64)
        self.assertIn(address, self._mails(request).reply_to)
        request.with_user(self.agent).action_take()
        request.with_user(self.agent).action_refuse("Non")
        request.with_user(self.agent).message_post(
            body="Bonjour", subtype_xmlid="mail.mt_comment", message_type="comment"
        )
        for message in request._get_messages_for_applicant():
            self.assertIn(address, message.reply_to)

    def test_without_account_too(self):
        request = self._submit_without_account()
        mail = self._mails(email="ana@exemple.fr")
        self.assertIn(request._get_mail_address(), mail.reply_to)
        request.with_user(self.agent).message_post(
            body="Bonjour", subtype_xmlid="mail.mt_comment", message_type="comment"
        )
        self.assertIn(request._get_mail_address(), self._mails(request)[0].reply_to)

    def test_notes_do_not_bear_it(self):
        request = self._submit()
        request.with_user(self.agent).action_take()
        note = request.with_user(self.agent).message_post(
            body="Entre nous", subtype_xmlid="mail.mt_note", message_type="comment"
        )
        self.assertNotIn("demande+", note.reply_to or "")

    def test_what_an_agent_answers_by_mail_never_goes_to_a_private_address(self):
        """By herself or from the mailbox of the service: she is told that nobody received it."""
        for request in (self._submit(), self._submit_without_account()):
            request.with_user(self.agent).action_take()
            applicant = request.applicant_id
            message = request._post_from_applicant("Bonjour", by=applicant)
            mails = self.env["mail.mail"].search([("mail_message_id", "=", message.id)])
            self.assertIn(self.agent.partner_id, mails.recipient_ids)
            for private in (request.applicant_email, "ana@exemple.fr", "camille@exemple.fr"):
                self.assertNotIn(private, f"{mails.mapped('reply_to')} {message.reply_to}")
            for mail in mails:
                self.assertIn(request._get_mail_address(), mail.reply_to)
            for sender in (self.agent.email, self.waste.email):
                before = self._answered(sender)
                self.assertReceived(self._receive(request, From=sender), "refused", "staff")
                answer = self._answered(sender) - before
                self.assertIn("n’est pas parvenu", answer.body_html)
            self.assertEqual(self._messages(request)[-1:], message)

    def test_until_it_is_set_up_an_agent_answers_the_service(self):
        self.env["ir.config_parameter"].set_param("procedure_mailgateway.active", False)
        for domain in (self.domain, self.domain.browse()):
            self.env.company.alias_domain_id = domain
            message = self._submit()._post_from_applicant("Bonjour", by=self.camille.partner_id)
            self.assertNotIn("camille@exemple.fr", message.reply_to)
            self.assertTrue(message.reply_to)

    def test_nothing_changes_until_it_is_set_up(self):
        params = self.env["ir.config_parameter"]
        before = self.waste.email
        params.set_param("procedure_mailgateway.active", False)
        self.assertFalse(self._submit()._get_mail_address())
        params.set_param("procedure_mailgateway.active", "True")
        self.env.company.alias_domain_id = False
        request = self._submit()
        self.assertFalse(request._get_mail_address())
        self.assertIn(before, self._mails(request).reply_to)

    def test_the_settings_say_what_is_missing(self):
        settings = Form(self.env["res.config.settings"])
        settings.procedure_mailgateway_active = False
        self.assertIn("as today", settings.procedure_mailgateway_status)
        settings.procedure_mailgateway_active = True
        self.assertIn("@courriel.exemple.fr", settings.procedure_mailgateway_status)
        settings.alias_domain_id = self.env["mail.alias.domain"]
        self.assertIn("choose an alias domain", settings.procedure_mailgateway_status)

    def test_another_requests_signature_opens_nothing(self):
        request, other = self._submit(), self._submit()
        Request = self.env["procedure.request"]
        number = request.number.lower()
        self.assertEqual(
            Request._find_by_mail_address(number, request._sign_mail_address()), request
        )
        for wrong in (other._sign_mail_address(), "a" * 16):
            self.assertFalse(Request._find_by_mail_address(number, wrong))
        self.assertFalse(Request._find_by_mail_address("essai-2020-9999", "a" * 16))

    def test_who_reads_the_journal(self):
        receipt = self._receive(self._submit())
        for user in (self.manager, self.env.ref("base.user_admin")):
            self.assertEqual(receipt.with_user(user).outcome, "posted")
            for values in ({"outcome": "ignored"}, {"request_id": False}):
                with self.assertRaises(AccessError):
                    receipt.with_user(user).write(values)
            with self.assertRaises(AccessError):
                receipt.with_user(user).unlink()
        for user in (
            self.agent,
            self.secretary,
            self.communication,
            self.dpo,
            self.camille,
            self.env.ref("base.public_user"),
        ):
            with self.assertRaises(AccessError):
                receipt.with_user(user).read(["outcome"])

    def test_each_message_without_number_is_answered(self):
        """The recipients alone do not tell two of them apart."""
        for text in ("Un", "Deux"):
            raw = self._email(To="demande@courriel.exemple.fr", Message_ID=None, Subject=text)
            self.assertReceived(self._deliver(raw), "refused", "address")
            self.assertFalse(self._deliver(raw), "the same one twice has one answer")
        self.assertEqual(len(self._answered()), 2)

    def test_the_journal_is_forgotten(self):
        receipt = self._receive(self._submit())
        receipt.date = "2020-01-01 00:00:00"
        recent = self._receive(self._submit())
        self.env["procedure.mail.receipt"]._gc_receipts()
        self.assertFalse(receipt.exists())
        self.assertTrue(recent.exists())
