from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    territory_service_ids = fields.Many2many(
        "territory.service",
        "territory_service_user_rel",
        "user_id",
        "service_id",
        string="Services",
    )
    territory_commune_ids = fields.Many2many(
        "territory.commune",
        "territory_commune_user_rel",
        "user_id",
        "commune_id",
        string="Communes",
        help="The communes that a secretary looks after.",
    )
