from odoo import models

# What a school does not do.
OF_THE_OFFICE = ("school_registration_menu", "school_climb_menu", "school_forecast_menu")


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """A school finds its pupils in the application of the families, and nothing else there."""
        hidden = super()._load_menus_blacklist()
        root = self.env.ref("family_file.family_menu_root")
        schools_sudo = self.env.user.sudo().territory_service_ids.filtered(
            lambda service: service.kind == "school"
        )
        if root.id not in hidden or not schools_sudo:
            return hidden
        kept = self.env.ref("family_school.school_menu")
        others_sudo = self.sudo().search([("parent_id", "=", root.id), ("id", "!=", kept.id)])
        others_sudo |= others_sudo.union(
            *(self.env.ref(f"family_school.{name}") for name in OF_THE_OFFICE)
        )
        return [each for each in hidden if each != root.id] + others_sudo.ids
