from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .procedure_digest import DEFAULT_HOUR


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    procedure_digest_hour = fields.Integer(
        string="Daily mail to the services, from (hour)",
        config_parameter="procedure_digest.hour",
        default=DEFAULT_HOUR,
    )

    @api.constrains("procedure_digest_hour")
    def _check_procedure_digest_hour(self):
        for settings in self:
            if not 1 <= settings.procedure_digest_hour <= 23:
                raise ValidationError(self.env._("The hour of the daily mail is from 1 to 23."))
