from odoo import fields, models


class DwellingOccupancy(models.Model):
    _name = "dwelling.occupancy"
    _description = "Occupancy of a dwelling"
    _inherit = ["period.mixin"]
    _order = "dwelling_id, date_start desc, id"

    dwelling_id = fields.Many2one(
        "territory.dwelling", required=True, index=True, ondelete="restrict"
    )
    occupant_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("kind", "in", ("household", "company", "association", "contributor"))],
    )
    role = fields.Selection(
        [("owner", "Owner"), ("tenant", "Tenant"), ("other", "Other")],
        required=True,
        default="other",
    )
