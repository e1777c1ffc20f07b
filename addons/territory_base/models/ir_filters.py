from odoo import models


class IrFilters(models.Model):
    _inherit = "ir.filters"

    def _may_choose_for_others(self):
        return super()._may_choose_for_others() or self.env.user.has_group(
            "territory_base.territory_group_manager"
        )
