from odoo import api, models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    @api.model
    def get_user_roots(self):
        """Core hides an application from the menus and not from here: the site, which shows both to
        the staff, then fails on it."""
        hidden = self._load_menus_blacklist()
        return super().get_user_roots().filtered(lambda menu: menu.id not in hidden)

    def _list_hidden_unless(self, mark, name):
        """The menu of that name, for `_load_menus_blacklist`, unless a service of the user has this
        mark, or she manages all.

        :param mark: field of `territory.service`, one of those that clear the cache once changed
        :param name: external identifier of the menu
        """
        user = self.env.user
        if user.has_groups("territory_base.territory_group_manager,base.group_system"):
            return []
        if any(user.sudo().territory_service_ids.mapped(mark)):
            return []
        return [self.env.ref(name).id]
