from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    refuses_nudges = fields.Boolean(
        groups=fields.NO_ACCESS,
        help="She asked for no reminder of the requests that she begins and does not send.",
    )
