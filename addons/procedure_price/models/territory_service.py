from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .procedure_procedure import PAYFIP_NUMBER


class TerritoryService(models.Model):
    _inherit = "territory.service"

    payfip_number = fields.Char(
        string="PayFiP client number",
        groups="base.group_user",
        help="Five or six figures, given by the Treasury.",
    )

    @api.constrains("payfip_number")
    def _check_payfip_number(self):
        for service in self:
            service._check_payfip(service.payfip_number)

    @api.model
    def _check_payfip(self, number):
        if number and not PAYFIP_NUMBER.fullmatch(number):
            raise ValidationError(
                self.env._(
                    "“%(number)s” is not a PayFiP client number: it has five or six figures, as "
                    "the Treasury gave it.",
                    number=number,
                )
            )
