from odoo import models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """The application of the families is for the services that read their file."""
        hidden = self._list_hidden_unless("reads_family_file", "family_file.family_menu_root")
        return [*super()._load_menus_blacklist(), *hidden]
