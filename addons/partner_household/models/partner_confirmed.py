from odoo import fields, models

from odoo.addons.territory_base import clock


class PartnerConfirmed(models.AbstractModel):
    """A sheet of which somebody said, in one press, that it is still exact."""

    _name = "partner.confirmed"
    _description = "Sheet said to be still exact"

    date_confirmed = fields.Date(
        "Said exact on", readonly=True, copy=False, groups="base.group_user"
    )

    def _confirm_sheet(self):
        """Nothing changes but the day on which it was read.

        :raise AccessError: not by somebody who speaks for it today
        """
        self.ensure_one()
        self.env["household.change"]._check_proposer(self, self.env.user.partner_id)
        self.sudo().date_confirmed = clock.today()
