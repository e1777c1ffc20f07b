from odoo import fields, models


class HouseholdMembership(models.Model):
    _inherit = "household.membership"

    can_be_claimed = fields.Boolean(
        related="person_id.can_be_claimed", related_sudo=False, groups="base.group_user"
    )

    def action_give_claim(self):
        """From the household, where the members are listed."""
        return self.person_id.action_give_claim()
