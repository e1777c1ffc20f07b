from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail_retry.tests.common import FakeMailServer
from odoo.addons.website_household.tests.common import RESIDENT

from .common import WebsiteProcedureCommon

EMAIL = "Ana@Exemple.fr"
LATE = "Nos e-mails partent avec du retard"


@tagged("post_install", "-at_install")
class TestMailAway(WebsiteProcedureCommon):
    """A page that promises a mail says it when the mail did not leave, and what to do."""

    def setUp(self):
        super().setUp()
        self.sending.stop()
        self.env["mail.mail"].search([]).unlink()
        self.server = self.enterContext(FakeMailServer(self.env).run())
        self.enterContext(
            mute_logger(
                "odoo.addons.mail.models.mail_mail", "odoo.addons.base.models.ir_mail_server"
            )
        )

    def _fill(self):
        data = {**self.hidden(self.get(self.form_path)), **self.typed(), **self._identity()}
        response = self.post(self.form_path, data, [self.jpeg()])
        return self.get(response.headers["Location"])

    def _send(self, action):
        data = {**self.hidden(self.get(f"{self.form_path}/code")), "_action": action}
        response = self.post(f"{self.form_path}/code", data)
        return self.get(response.headers["Location"])

    def _send_another(self):
        """Somebody else's mail."""
        addresses = {"email_from": "service@exemple.fr", "email_to": "quelquun@exemple.fr"}
        self.env["mail.mail"].create(addresses).send()

    def test_a_code_that_left_is_said_to_be_sent(self):
        page = self._fill()
        self.assertIn("Nous avons envoyé un code", page.text)
        self.assertFalse(self.notice(page))
        self.assertEqual(len(self.server.received(EMAIL)), 1)

    def test_a_code_that_did_not_leave_is_not_said_to_be_sent(self):
        for mood in ("away", "to_450", "greeting_421", "closing"):
            with self.subTest(mood=mood):
                self.env["mail.mail"].search([]).unlink()
                self.opener.cookies.clear()
                self.server.be(mood)
                page = self._fill()
                self.assertNotIn("Nous avons envoyé un code", page.text)
                self.assertIn("n’est pas encore parti", self.notice(page))
                self.assertEqual(self._mails(email=EMAIL).state, "outgoing")

    def test_an_address_that_is_refused_is_said_to_be_wrong(self):
        self.server.refuse(EMAIL, "550 5.1.1 unknown")
        page = self._fill()
        self.assertNotIn("Nous avons envoyé un code", page.text)
        self.assertIn("n’a pas pu être remis", self.notice(page))

    def test_the_code_that_left_late_serves_and_nothing_is_typed_again(self):
        self.server.be("away")
        self._fill()
        again = self._send("again")
        self.assertIn("n’est pas encore parti", self.notice(again))
        self.assertNotIn("en route", again.text)
        code = self.get_code(EMAIL)
        self.server.be()
        self._mails(email=EMAIL).scheduled_date = False
        self.server.run_queue()
        page = self.get(f"{self.form_path}/code")
        self.assertIn("Nous avons envoyé un code", page.text)
        data = {**self.hidden(page), "_action": "send", "code": code}
        self.assertEqual(self.post(f"{self.form_path}/code", data).status_code, 303)
        self.assertEqual(len(self.requests_of()), 1)

    def test_nobody_waits_for_a_server_that_is_known_to_be_away(self):
        self.server.be("away")
        self._fill()
        self.server.be()
        asked = self.server.handler.asked
        self._send("again")
        self.assertEqual(len(self._mails(email=EMAIL)), 2)
        self.assertEqual(self.server.handler.asked, asked, "left to the queue")

    def test_a_code_does_not_leave_once_it_is_of_no_use(self):
        self._fill()
        self.server.be("away")
        self._send("again")
        mail = self._mails(email=EMAIL)[:1]
        self.assertLess((mail.valid_until - mail.scheduled_date).total_seconds(), 600)

    def test_pages_that_promise_a_mail_say_that_mails_are_late(self):
        def ask(path, **values):
            page = self.get(path)
            answer = self.post(path, {**self.hidden(page), **values})
            return self.get(answer.headers["Location"]) if answer.is_redirect else answer

        pages = {
            "identifiers": lambda: ask("/inscription/identifiant", email=EMAIL),
            "new password": lambda: ask("/web/reset_password", login=EMAIL),
            "account": lambda: ask("/inscription", **RESIDENT),
        }
        for name, open_page in pages.items():
            self.assertNotIn(LATE, open_page().text, name)
        self.server.be("away")
        self.env["mail.mail"].search([]).unlink()
        self._send_another()
        for name, open_page in pages.items():
            self.assertIn(LATE, open_page().text, name)

    def test_the_acknowledgment_says_that_its_mail_is_late(self):
        self.server.be("away")
        self._send_another()
        self.sign_in(self.camille)
        page = self.get(self.form_path)
        response = self.post(self.form_path, {**self.hidden(page), **self.typed()}, [self.jpeg()])
        self.assertIn(LATE, self.get(response.headers["Location"]).text)
