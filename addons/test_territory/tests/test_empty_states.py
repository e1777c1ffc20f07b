"""Somebody who has nothing to do reads why: words of ours, never invented records."""

from lxml import etree

from odoo.tests import tagged

from .common import TerritoryCommon


@tagged("post_install", "-at_install", "-standard", "sweep_routes")
class TestEmptyStates(TerritoryCommon):
    def test_an_empty_list_speaks_and_invents_nothing(self):
        user = self.users["agent"]
        Menu = self.env["ir.ui.menu"].with_user(user)
        root = self.env.ref("territory_base.territory_menu_root")
        visible = Menu._visible_menu_ids()
        # A menu shows when those above it do.
        menus = Menu.browse(visible).filtered(
            lambda menu: (
                menu.parent_path.startswith(root.parent_path)
                and visible.issuperset(map(int, menu.parent_path.split("/")[:-1]))
            )
        )
        actions = [
            menu.action
            for menu in menus.sudo()
            if menu.action and menu.action.type == "ir.actions.act_window"
        ]
        actions = [action for action in actions if action.target != "new"]
        self.assertGreater(len(actions), 5, "her lists are found")
        for action in actions:
            with self.subTest(action=action.name):
                self.assertTrue(action.help, "words for when it is empty")
                for view_id, kind in action.views:
                    if kind in ("list", "kanban"):
                        Model = self.env[action.res_model].with_user(user)
                        arch = etree.fromstring(Model.get_view(view_id, kind)["arch"])
                        # Odoo's sample records are in Latin, and look like work to do.
                        self.assertFalse(arch.get("sample"), kind)
