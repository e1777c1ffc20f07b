from odoo import api, fields, models


class TerritoryOpening(models.Model):
    """When a service is open."""

    _name = "territory.opening"
    _inherit = "territory.opening.mixin"
    _description = "Opening hours"
    _order = "service_id, date_start, weekday, hour_from, id"

    service_id = fields.Many2one("territory.service", required=True, index=True, ondelete="cascade")

    @api.model_create_multi
    def create(self, vals_list):
        openings = super().create(vals_list)
        self.env["territory.service"]._clear_rule_cache()
        return openings

    def write(self, vals):
        result = super().write(vals)
        self.env["territory.service"]._clear_rule_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["territory.service"]._clear_rule_cache()
        return result
