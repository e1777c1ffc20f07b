from odoo import models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """The rounds are for those who answer for the bins; an agent of the school has none."""
        hidden = self._list_hidden_unless(
            "reads_dwelling", "waste_collection.waste_collection_menu_root"
        )
        return [*super()._load_menus_blacklist(), *hidden]
