from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError


class IrFilters(models.Model):
    _inherit = "ir.filters"

    @api.constrains("is_default", "user_ids")
    def _check_default_for_others(self):
        """Core lets any member of the staff choose what all her colleagues see of a list when they
        open it: requests would be hidden from those who answer them."""
        if self.env.uid == SUPERUSER_ID or self._may_choose_for_others():
            return
        user = self.env.user
        if any(each.is_default and each.user_ids != user for each in self):
            raise AccessError(
                self.env._("A filter is a default for oneself only, unless a manager shares it.")
            )

    def _may_choose_for_others(self):
        """Hook: whether the user may give a filter to other people as their default."""
        return self.env.user.has_group("base.group_system")
