from odoo import fields, models


class TerritoryService(models.Model):
    _inherit = "territory.service"

    reads_lodgings = fields.Boolean(
        "Reads the lodgings",
        groups="base.group_user",
        help="Tourist tax, tourism: its agents read the register of all communes.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "reads_lodgings" in vals:
            self._clear_rule_cache()
        return result
