from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    administrative_court = fields.Char(related="company_id.administrative_court", readonly=False)
