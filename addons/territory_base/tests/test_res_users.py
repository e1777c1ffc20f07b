from ast import literal_eval
from unittest.mock import patch

from passlib.hash import pbkdf2_sha512

from odoo.exceptions import AccessDenied, AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TerritoryCase

PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    b"gg=="
)


@tagged("post_install", "-at_install")
class TestResUsers(TerritoryCase):
    def test_the_staff_does_not_see_the_accounts_of_residents(self):
        for user in self.agent | self.staff_without_right():
            Users = self.env["res.users"].with_user(user)
            with self.subTest(user=user.login):
                self.assertFalse(Users.search([("login", "=", "resident.un")]))
                self.assertFalse(Users.name_search("resident.un"))
                self.assertTrue(Users.search([("login", "=", "agent.un")]))
                with self.assertRaises(AccessError):
                    self.resident.with_user(user).read(["login"])

    def test_the_manager_sees_the_accounts_of_residents(self):
        self.assertEqual(self.resident.with_user(self.manager).login, "resident.un")

    def test_a_resident_sees_her_own_account_only(self):
        Users = self.env["res.users"].with_user(self.resident)
        self.assertEqual(Users.search([]), self.resident)
        self.assertEqual(Users.search([("login", "like", "resident")]), self.resident)

    def test_a_resident_does_not_change_who_she_is_by_a_call(self):
        me = self.resident.with_user(self.resident)
        for name, value in {
            "name": "Quelqu'un d'autre",
            "email": "autre@example.org",
            "phone": "0611111111",
            "login": "autre",
            "partner_id": self.other_person.id,
            "group_ids": self.env.ref("base.group_user").ids,
            "image_1920": PIXEL,
            "territory_service_ids": self.service.ids,
        }.items():
            with self.subTest(field=name), self.assertRaises(AccessError):
                me.write({name: value})
        me.write({"lang": "fr_FR"})

    def test_the_title_of_decisions_is_written_by_manager_and_administrator(self):
        """CRPA L212-1: decisions say it, so nobody gives it to herself."""
        action = self.env.ref("territory_base.res_partner_action_agent")
        menu = self.env.ref("territory_base.res_partner_menu_agent")
        agents = self.env["res.partner"].with_user(self.manager).search(literal_eval(action.domain))
        self.assertIn(self.agent.partner_id, agents)
        self.assertNotIn(self.person, agents)
        agents.filtered(lambda agent: agent.id == self.agent.partner_id.id).function = "Cheffe"
        self.assertEqual(self.agent.function, "Cheffe")
        self.agent.with_user(self.technician).function = "Responsable du service"
        self.assertEqual(self.agent.function, "Responsable du service")
        visible = self.env["ir.ui.menu"].with_user(self.manager)._visible_menu_ids()
        self.assertIn(menu.id, visible)
        for user in self.agent | self.staff_without_right() | self.resident:
            with self.subTest(user=user.login):
                for record in (user, user.partner_id, self.agent.partner_id):
                    with self.assertRaises(AccessError):
                        record.with_user(user).function = "Présidente"
                if user._is_internal():
                    visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
                    self.assertNotIn(menu.id, visible)
        self.assertEqual(self.agent.function, "Responsable du service")

    def test_the_staff_may_have_a_portrait(self):
        me = self.agent.with_user(self.agent)
        me.write({"image_1920": PIXEL})
        self.assertTrue(me.image_1920)

    def test_french_first(self):
        self.assertEqual(self.env["ir.default"]._get("res.partner", "lang"), "fr_FR")
        self.assertEqual(self.env["res.partner"].create({"name": "Neuve"}).lang, "fr_FR")
        self.assertTrue(self.env["res.lang"]._lang_get("fr_FR"))

    def test_an_agent_who_leaves_the_staff_becomes_a_person(self):
        self.agent.group_ids = self.env.ref("base.group_portal")
        self.assertEqual(self.agent.partner_id.kind, "person")

    @mute_logger("odoo.addons.base.models.res_users")
    def test_a_wrong_log_in_takes_the_same_work_whoever_has_an_account(self):
        self.other_resident.password = ""
        archived = self._new_resident("resident.parti", "Sacha Parti")
        archived.active = False
        compute, work = pbkdf2_sha512._calc_checksum, []

        def count(handler, secret):
            work.append(secret)
            return compute(handler, secret)

        def log_in(login):
            credential = {"login": login, "password": "pas le bon", "type": "password"}
            with self.assertRaises(AccessDenied):
                self.env["res.users"]._login(credential, {})

        logins = ["resident.un", "inconnu", "resident.deux", "resident.parti", "agent.un"]
        log_in("inconnu")
        with patch.object(pbkdf2_sha512, "_calc_checksum", count):
            for login in logins:
                work.clear()
                log_in(login)
                self.assertEqual(len(work), 1, login)
