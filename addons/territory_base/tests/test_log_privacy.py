import io
import logging
import subprocess
import sys

from odoo.exceptions import AccessDenied
from odoo.tests import HttpCase, TransactionCase, tagged
from odoo.tools import hash_sign

from odoo.addons.territory_base import log_privacy
from odoo.addons.territory_base.log_privacy import mask

# Ten seconds of processor for what takes a few hundredths.
HIDE = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
path, word = sys.argv[1:]
runpy.run_path(path)["hide"](word * (400_000 // len(word)))
"""


class LogCase(TransactionCase):
    def setUp(self):
        super().setUp()
        self.written = io.StringIO()
        handler = logging.StreamHandler(self.written)
        root = logging.getLogger()
        root.addHandler(handler)
        self.addCleanup(root.removeHandler, handler)
        for name in ("werkzeug", "odoo.addons.base.models.res_users"):
            logger = logging.getLogger(name)
            self.addCleanup(logger.setLevel, logger.level)
            logger.setLevel(logging.INFO)


@tagged("post_install", "-at_install")
class TestLogPrivacy(LogCase, HttpCase):
    def test_what_is_left_out(self):
        token = hash_sign(self.env, "test", [12, "x"], expiration_hours=1)
        for line in (
            f"GET /avis/{token} HTTP/1.1",
            f"GET /demarches/bac/accuse/{token} HTTP/1.1",
            f'"GET /web/reset_password?db=x&token={token} HTTP/1.1" 200 -',
            f'"\x1b[33mGET /inscription/confirmer?token={token} HTTP/1.1\x1b[0m" 404 -',
            f"POST /inscription/confirmer/{token} HTTP/1.0",
            f"link http://exemple.fr/x?a=b&access_token={token}",
            f"value {token}",
        ):
            self.assertNotIn(token[:20], mask(line), line)
            self.assertIn("***", mask(line))
        self.assertEqual(
            mask('"GET /demarches?q=divorce de Lou Bertin HTTP/1.1" 200 -'),
            '"GET /demarches?*** HTTP/1.1" 200 -',
        )
        self.assertEqual(
            mask("Login failed for login:Elise.Martin@example.org from 192.0.2.1"),
            "Login failed for login:*** from 192.0.2.1",
        )
        for line in (
            "GET /web/assets/1a2b3c4/web.assets_frontend.min.js HTTP/1.1",
            "Mail with ID 12 and Message-Id '<12.34-openerp-5-x@host.example>' sent",
            '127.0.0.1 - - [26/Nov/2026 07:00:00] "POST /web/dataset/call_kw/x/y HTTP/1.1" 200 -',
        ):
            self.assertEqual(mask(line), line)

    def test_no_text_takes_long(self):
        """A visitor chooses her login and her address. Each pattern reads a text once, however
        long: what starts again at each character takes minutes here, linear work a fraction of
        a second."""
        words = (
            "a",
            "a.",
            "a@",
            "@a",
            "-",
            "é",
            "message_id<",
            "message-id <a@",
            "GET /",
            "GET /?",
            "GET /?a HTTP/",
            "/avis/",
            "AQ-",
            "AQ" + "a" * 48 + " ",
            "token",
            "token=",
            "access_",
            "%3D",
        )

        # The engine of regular expressions cannot be interrupted, a process can.
        slow = [
            word
            for word in words
            if subprocess.run(
                [sys.executable, "-c", HIDE, log_privacy.__file__, word], check=False
            ).returncode
        ]
        self.assertFalse(slow)

    def test_a_long_line_is_cut(self):
        for text in ("a" * 1_000_000, "lou@example.org " * 100_000):
            self.assertLess(len(mask(text)), 2 * log_privacy.MOST)
            self.assertNotIn("lou", mask(text))
        self.assertTrue(mask("début " + "x" * 100_000 + " ValueError: fin").endswith("fin"))

    def test_whoever_writes_and_errors_too(self):
        try:
            raise ValueError("Key (email)=(lou@example.org)")
        except ValueError:
            logging.getLogger("somewhere").exception("for %s", "noe@example.org")
        written = self.written.getvalue()
        self.assertIn("Traceback", written)
        self.assertNotIn("@example.org", written)

    def test_server(self):
        token = hash_sign(self.env, "test", [12, "x"], expiration_hours=1)
        for path in (f"/avis/{token}", f"/web/reset_password?token={token}", "/?q=lou@example.org"):
            self.url_open(path)
        credential = {"login": "lou@example.org", "password": "non", "type": "password"}
        with self.assertRaises(AccessDenied):
            self.env["res.users"]._login(credential, {})
        written = self.written.getvalue()
        self.assertIn("/web/reset_password?***", written)
        self.assertIn("Login failed for login:***", written)
        self.assertNotIn(token[:20], written)
        self.assertNotIn("@example.org", written)
