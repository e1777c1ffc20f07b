from lxml import etree

from odoo.modules.module import get_module_path
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestSettings(TransactionCase):
    def test_our_settings_are_on_one_page(self):
        """Lost among those of the platform, nobody found them."""
        Settings = self.env["res.config.settings"]
        view = etree.fromstring(Settings.get_view(view_type="form")["arch"])
        here = get_module_path("territory_base").rpartition("/")[0]
        ours = {
            name
            for name, field in Settings._fields.items()
            if field._modules
            and all(get_module_path(module).startswith(here) for module in field._modules)
        }
        shown = {name for name in ours if view.xpath(f"//field[@name='{name}']")}
        self.assertGreaterEqual(len(shown), 5)
        lost = {
            name
            for name in shown
            if not view.xpath(f"//app[@name='territory_base']//field[@name='{name}']")
        }
        self.assertFalse(lost)
