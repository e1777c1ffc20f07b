from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from odoo.addons.http_routing.tests.common import MockRequest
from odoo.addons.public_guard.exceptions import TooManyRequests

from ..tools.email import get_email_problem
from ..tools.web import Posted, file_once, get_length_problem

SCOPE = "website_parts.test_message"
REFUSED = "No more than that."


@tagged("post_install", "-at_install")
class TestMessage(TransactionCase):
    """What anybody writes in a public form comes once, or not at all."""

    def setUp(self):
        super().setUp()
        self.enterContext(MockRequest(self.env, remote_addr="192.0.2.1"))
        self.posted = Posted({"guard_token": self.env["public.guard"]._form_token(SCOPE)})
        self.made = self.env["res.partner"]

    def _file(self):
        self.made |= self.made.create({"name": f"Message {len(self.made)}"})
        return self.made[-1]

    def _post(self, file=None, limit=10):
        return file_once(SCOPE, self.posted, limit, 60, file or self._file)

    def test_sent_twice_it_comes_once(self):
        first = self._post()
        self.assertEqual(self._post(), first)
        self.assertEqual(self.made, first)

    def test_what_is_refused_may_be_sent_again_with_the_same_token(self):
        def refuse():
            self._file()
            raise UserError(REFUSED)

        with self.assertRaisesRegex(UserError, REFUSED):
            self._post(refuse)
        self.assertFalse(self.made.exists(), "nothing of it stays")
        self.assertTrue(self._post().exists())

    def test_a_token_that_is_not_ours_brings_nothing(self):
        self.posted = Posted({"guard_token": "x"})
        with self.assertRaises(UserError):
            self._post()
        self.assertFalse(self.made)

    def test_one_address_does_not_send_without_end(self):
        self._post(limit=1)
        with self.assertRaises(TooManyRequests):
            self._post(limit=1)
        with MockRequest(self.env, remote_addr="192.0.2.2"):
            self._post(limit=1)

    def test_what_is_wrong_is_said_beside_the_field(self):
        for typed in ("", "ana@exemple.fr", " Ana@Exemple.fr "):
            self.assertEqual(get_email_problem(self.env, typed), "", typed)
        for typed in ("ana@", "ana@exemple.fr, lou@exemple.fr", "a" * 250 + "@exemple.fr"):
            self.assertIn("nom@exemple.fr", get_email_problem(self.env, typed), typed)
        self.assertEqual(get_length_problem(self.env, "é" * 5, 5), "")
        self.assertIn("5", get_length_problem(self.env, "é" * 6, 5))
