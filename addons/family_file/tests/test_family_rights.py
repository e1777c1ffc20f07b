from odoo.tests import tagged

from .common import FamilyCase


@tagged("post_install", "-at_install")
class TestFamilyRights(FamilyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rows = [
            cls.say_weeks(cls.camille, rhythm="even"),
            cls.name(cls.camille),
            cls.tell(cls.camille, quotient=780),
        ]

    def test_a_parent_reads_her_own_and_the_other_reads_nothing_of_it(self):
        for row in self.rows:
            self.assertReads(self.camille, row)
            for user in (self.sacha, self.stranger, self.agent, self.family_agent):
                self.assertReadsNot(user, row)

    def test_who_reads_the_file_reads_them(self):
        self._open_file_to(self.service)
        self._open_file_to(self.other_service)
        for row in self.rows:
            self.assertReads(self.family_agent, row)
            self.assertReads(self.manager, row)
            self.assertReadsNot(self.agent, row)
            self.assertFalse(row.with_user(self.communication).has_access("read"))
            self.assertFalse(row.with_user(self.env.ref("base.public_user")).has_access("read"))

    def test_nobody_writes_them_by_hand(self):
        admin = self.env.ref("base.user_admin")
        for user in (self.camille, self.family_agent, self.manager, admin):
            for row in self.rows:
                for operation in ("write", "create", "unlink"):
                    with self.subTest(user.login, row=row, operation=operation):
                        self.assertFalse(row.with_user(user).has_access(operation))

    def test_who_lost_authority_reads_what_she_said_no_longer(self):
        self.authority.kind = "withdrawn"
        custody, contact, quotient = self.rows
        self.assertReadsNot(self.camille, custody)
        self.assertReadsNot(self.camille, contact)
        self.assertReads(self.camille, quotient)

    def test_the_application_is_for_the_services_that_read_the_file(self):
        root = self.env.ref("family_file.family_menu_root")
        for user, sees in (
            (self.family_agent, True),
            (self.agent, False),
            (self.secretary, False),
            (self.manager, True),
            (self.communication, False),
        ):
            Menu = self.env["ir.ui.menu"].with_user(user)
            self.assertEqual(root.id in Menu.load_menus(False), sees, user.login)
            shown = {menu["id"] for menu in Menu.load_menus_root()["children"]}
            self.assertEqual(root.id in shown, sees, f"{user.login}, on the site")
