import re

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.procedure.models.procedure_request_filing import CODE_ALPHABET, CODE_LENGTH
from odoo.addons.procedure.tests.common import ProcedureCommon

CODE = re.compile(f"<strong>([{CODE_ALPHABET}]{{{CODE_LENGTH}}})</strong>")


@tagged("post_install", "-at_install")
class TestRequestFollow(ProcedureCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.filed = cls._submit_without_account(cls)
        cls.first_code = cls.filed.env.context["follow_code"]
        cls.filed = cls.filed.with_context(follow_code=None)

    def _mailed_code(self):
        mail = self._mails(email=self.filed.contact_email)[:1]
        return CODE.search(mail.body_html)[1]

    def _finds(self, code):
        Request = self.env["procedure.request"]
        return Request._find_by_number_and_code(self.filed.number, code) == self.filed

    def test_an_agent_sends_another_code_that_replaces_the_first(self):
        self.assertTrue(self._finds(self.first_code))
        self.filed.with_user(self.agent).action_send_code()
        code = self._mailed_code()
        self.assertNotEqual(code, self.first_code)
        self.assertTrue(self._finds(code))
        self.assertFalse(self._finds(self.first_code))
        history = "".join(self.filed.message_ids.mapped("body"))
        self.assertIn("new code", history)
        self.assertNotIn(code, history, "in the mail only")

    def test_who_does_not_handle_the_request_sends_none(self):
        for user in (self.secretary, self.other_secretary, self.school_agent, self.camille):
            with self.assertRaises(AccessError, msg=user.login):
                self.filed.with_user(user).action_send_code()
        self.assertTrue(self._finds(self.first_code))

    def test_no_code_for_who_has_an_account_or_no_address(self):
        with_account = self._submit()
        with self.assertRaisesRegex(UserError, "account"):
            with_account.with_user(self.agent).action_send_code()
        self.assertFalse(with_account.sudo().access_token_digest)
        self.filed.sudo().contact_email = False
        with self.assertRaisesRegex(UserError, "no e-mail address"):
            self.filed.with_user(self.agent).action_send_code()

    def test_a_visitor_needs_the_number_and_its_address(self):
        before = self._mails()
        Request = self.env["procedure.request"].with_user(self.env.ref("base.public_user"))
        email = self.filed.contact_email
        for number, address in (
            (self.filed.number, "autre@exemple.test"),
            ("BAC-1999-0001", email),
            (self.filed.number, ""),
            ("", email),
            (self._submit().number, self.camille.email),
        ):
            Request._send_code_again(number, address)
        sent = self._mails() - before
        self.assertFalse(sent.filtered(lambda mail: "new code" in mail.subject))
        self.assertTrue(self._finds(self.first_code))
        Request._send_code_again(self.filed.number.lower(), email.upper())
        self.assertTrue(self._finds(self._mailed_code()))
        self.assertFalse(self._finds(self.first_code))
