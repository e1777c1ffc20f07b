from types import SimpleNamespace
from unittest.mock import patch

from odoo.exceptions import AccessDenied
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..models.res_users import FAILURES_HERE, FAILURES_OF_ACCOUNT, FAILURES_OF_NETWORK, MINUTES

PASSWORD = "une phrase facile a retenir"


@tagged("post_install", "-at_install")
class TestLogin(TransactionCase):
    """Failed log-ins: by account, shared by all workers; many people show one address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner, cls.neighbour = (
            new_test_user(cls.env, login, "base.group_portal", password=PASSWORD)
            for login in ("ana.essai", "zoe.essai")
        )
        cls.guard = cls.env["public.guard"]

    def log_in(self, login, password=PASSWORD, address="192.0.2.1"):
        """The refusal, or nothing: the door opened."""
        web = SimpleNamespace(
            httprequest=SimpleNamespace(remote_addr=address, cookies={}), cookies={}
        )
        credential = {"login": login, "password": password, "type": "password"}
        with (
            patch("odoo.addons.public_guard.models.res_users.request", web),
            mute_logger("odoo.addons.base.models.res_users"),
        ):
            try:
                self.env["res.users"]._login(credential, {"interactive": True})
            except AccessDenied as refused:
                return str(refused)
        return None

    def hit(self, scope, key, limit):
        for _time in range(limit):
            self.guard._hit(scope, key, limit, MINUTES * 60)

    def test_an_account_is_closed_where_it_failed_and_nowhere_else(self):
        self.env.company.phone = "03 29 00 00 00"
        for _time in range(FAILURES_HERE):
            self.assertTrue(self.log_in("ana.essai", "faux"))
        for login in ("ana.essai", "ANA.ESSAI"):
            self.assertRegex(self.log_in(login), "Too many tries.*03 29 00 00 00")
        self.assertFalse(self.log_in("zoe.essai"), "the neighbour, at the same address")
        self.assertFalse(self.log_in("ana.essai", address="192.0.2.2"), "the owner, at home")

    def test_all_the_addresses_of_one_subscriber_are_one(self):
        for number in range(FAILURES_HERE):
            self.assertTrue(self.log_in("ana.essai", "faux", address=f"2001:db8:1:2::{number:x}"))
        self.assertIn("Too many", self.log_in("ana.essai", address="2001:db8:1:2:ffff::9"))
        self.assertFalse(self.log_in("ana.essai", address="2001:db8:1:3::9"))

    def test_only_failures_count(self):
        self.hit("login.here", f"{self.owner.id} 192.0.2.1", FAILURES_HERE - 1)
        for _morning in range(3):
            self.assertFalse(self.log_in("ana.essai"))
        self.assertTrue(self.log_in("ana.essai", "faux"))
        self.assertIn("Too many", self.log_in("ana.essai"))

    def change_password(self, old):
        """As the owner, signed in: the refusal, or nothing."""
        web = SimpleNamespace(httprequest=SimpleNamespace(remote_addr="192.0.2.1", environ={}))
        with (
            patch("odoo.addons.public_guard.models.res_users.request", web),
            mute_logger("odoo.addons.base.models.res_users"),
        ):
            try:
                users = self.env["res.users"].with_user(self.owner)
                users.change_password(old, "une autre phrase bien longue")
            except AccessDenied as refused:
                return str(refused)
        return None

    def test_inside_a_session_too(self):
        """A computer left open: what asks for the password again."""
        for _time in range(FAILURES_HERE):
            self.assertTrue(self.change_password("faux"))
        self.assertIn("Too many", self.change_password(PASSWORD))
        self.assertIn("Too many", self.log_in("ana.essai"), "the log-in is closed with it")
        self.assertFalse(self.log_in("zoe.essai"))

    def test_a_log_in_counts_once(self):
        for _time in range(FAILURES_HERE - 1):
            self.assertTrue(self.log_in("ana.essai", "faux"))
        self.assertFalse(self.log_in("ana.essai"))

    def test_an_account_tried_from_everywhere_is_closed(self):
        self.hit("login.account", str(self.owner.id), FAILURES_OF_ACCOUNT)
        self.assertIn("Too many", self.log_in("ana.essai", address="192.0.2.200"))
        self.assertFalse(self.log_in("zoe.essai", address="192.0.2.200"))

    def test_a_network_that_tries_everybody_is_closed(self):
        self.hit("login.network", "2001:db8:1:2::/64", FAILURES_OF_NETWORK)
        self.assertIn("Too many", self.log_in("zoe.essai", address="2001:db8:1:2:ffff::9"))
        self.assertFalse(self.log_in("zoe.essai", address="2001:db8:1:3::9"))

    def test_an_unknown_login_is_counted_as_a_known_one(self):
        """Else the limit would tell who has an account."""
        answers = {}
        for login in ("ana.essai", "personne.ici"):
            answers[login] = [self.log_in(login, "faux") for _time in range(FAILURES_HERE + 1)]
        self.assertEqual(*answers.values())
        self.assertIn("Too many", self.log_in("PERSONNE.ICI", "faux"))
