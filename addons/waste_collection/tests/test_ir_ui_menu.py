from odoo.tests import tagged

from odoo.addons.procedure.tests.common import ProcedureCommon


@tagged("post_install", "-at_install")
class TestMenu(ProcedureCommon):
    def test_the_rounds_are_for_who_answers_for_the_bins(self):
        self.waste.reads_dwelling = True
        root = self.env.ref("waste_collection.waste_collection_menu_root")
        for user, sees in (
            (self.agent, True),
            (self.manager, True),
            (self.school_agent, False),
            (self.secretary, False),
        ):
            menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
            self.assertEqual(root.id in menus, sees, user.login)
