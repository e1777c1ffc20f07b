from odoo import fields, models

from .content_link import PARAMETER


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    content_link_is_on = fields.Boolean(
        string="Look for links that no longer answer", config_parameter=PARAMETER
    )
