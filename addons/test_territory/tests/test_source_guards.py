"""What reads sources is seen red on bad ones, as `tests/test_guards.py` does elsewhere."""

from odoo.tests import BaseCase, tagged

from . import mail_senders, outgoing
from .public_methods import find_public_methods

ASKS = (
    "import requests\ndef ask():\n    requests.get('x')",
    "import requests as r\ndef ask():\n    r.post('x')",
    "from requests import get as fetch\ndef ask():\n    fetch('x')",
    "import requests\ndef ask():\n    with requests.Session() as a:\n        a.get('x', timeout=1)",
    "import socket\ndef ask():\n    socket.socket().connect(('x', 1))",
    "def ask(sock):\n    sock.connect(('x', 1))",
    "class A:\n    def ask(self):\n        self.socket.connect_ex(('x', 1))",
    "from socket import create_connection as c\ndef ask():\n    c(('x', 1))",
    "import subprocess\ndef ask():\n    subprocess.run(['curl'])",
    "from subprocess import check_output\ndef ask():\n    check_output(['curl'])",
    "def ask():\n    import os\n    os.system('curl')",
    "import urllib.request\nasync def ask():\n    urllib.request.urlopen('x')",
    "import urllib3\ndef ask():\n    urllib3.PoolManager().request('GET', 'x')",
    "import http.client\ndef ask():\n    http.client.HTTPSConnection('x')",
    "from http import client\ndef ask():\n    client.HTTPConnection('x')",
    "import asyncio\nasync def ask():\n    await asyncio.open_connection('x', 1)",
)
ASKS_NOTHING = (
    "def ask(request):\n    request.session.get('x')",
    "import socket\ndef ask():\n    return socket.gethostname()",
    "import requests\ndef ask():\n    raise requests.exceptions.Timeout()",
    "import psycopg2\ndef ask(signal):\n    signal.connect(1)",
    "def ask(self):\n    self.env['x'].search([]).get('y')",
)
SENDS = (
    "def send(self):\n    self.env['mail.mail'].create({})",
    'def send(self):\n    self.env["mail.mail"].sudo().with_context(a=1).create({})',
    "def send(self):\n    Mail = self.env['mail.mail']\n    Mail.create({})",
    "def send(self):\n    mails_sudo = self.env['mail.mail'].sudo()\n    mails_sudo.create({})",
    "MODEL = 'mail.mail'\ndef send(self):\n    self.env[MODEL].create({})",
    "def send(self):\n    (Mail := self.env['mail.mail'])\n    Mail.create({})",
    "class A(X):\n    _inherit = 'mail.mail'\n    def send(self):\n        self.sudo().create({})",
    "class A(X):\n    _inherit = ['mail.mail']\n    def send(self):\n        self.copy({})",
    "def send(self):\n    self.template_id.send_mail(self.id)",
    "def send(self):\n    self.template_id.sudo().send_mail_batch(self.ids)",
    "def send(self):\n    self.message_mail_with_source('x')",
    "def send(self):\n    self.env['ir.mail_server'].send_email(1)",
)
SENDS_NOTHING = (
    "def send(self):\n    self.env['mail.mail'].search([])",
    "def send(self):\n    self.env['x'].create({'mail': self.env['mail.mail'].browse(1)})",
    "def send(self):\n    return super().send_email(1)",
    "class A(X):\n    _inherit = 'x'\n    def send(self):\n        self.create({})",
)


class _First:
    _name = "first"

    def push(self, **kwargs):
        """Hides what it passes on."""

    def close(self):
        """Names nothing."""

    @classmethod
    def sort(cls, partner_ids):
        """A remote call reaches it too."""


class _Second(_First):
    _name = "second"

    def push(self, attachment_ids=None, **kwargs):
        """Says what the first one hid."""

    def tell(self, res_ids):
        """By numbers of records."""

    def message_all(self):
        """By its name."""

    def shut(self, message_id):
        """Closed to remote calls."""

    shut._api_private = True

    def _own(self, message_id):
        """Closed to remote calls."""


@tagged("post_install", "-at_install")
class TestSourceGuards(BaseCase):
    def test_a_place_that_asks_outside_is_found(self):
        for source in ASKS:
            with self.subTest(source):
                self.assertEqual(
                    {place.split(".")[-1] for place in outgoing.find_in_source(source)}, {"ask"}
                )
        for source in ASKS_NOTHING:
            with self.subTest(source):
                self.assertEqual(outgoing.find_in_source(source), set())

    def test_a_place_that_makes_a_mail_is_found(self):
        for source in SENDS:
            with self.subTest(source):
                self.assertEqual(mail_senders.find_in_source(source), {"send"})
        for source in SENDS_NOTHING:
            with self.subTest(source):
                self.assertEqual(mail_senders.find_in_source(source), set())

    def test_a_method_that_names_something_is_found(self):
        found = find_public_methods({"second": _Second})
        self.assertEqual(
            set(found),
            {("first", "push"), ("first", "sort"), ("second", "tell"), ("second", "message_all")},
        )
