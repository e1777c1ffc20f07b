from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError


class IrFilters(models.Model):
    _inherit = "ir.filters"

    @api.constrains("is_default", "user_ids")
    def _check_default_for_others(self):
        """Core lets any member of the staff choose what all her colleagues see of a list when they
        open it: requests would be hidden from those who answer them."""
        user = self.env.user
        if self.env.uid == SUPERUSER_ID or user.has_groups(
            "territory_base.territory_group_manager,base.group_system"
        ):
            return
        if any(each.is_default and each.user_ids != user for each in self):
            raise AccessError(
                self.env._("A filter is a default for oneself only, unless a manager shares it.")
            )
