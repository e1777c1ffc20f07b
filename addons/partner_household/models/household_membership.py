from odoo import api, fields, models


class HouseholdMembership(models.Model):
    _name = "household.membership"
    _description = "Household membership"
    _inherit = ["period.mixin"]
    _order = "household_id, date_start desc, id"

    household_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("kind", "=", "household")],
    )
    person_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("kind", "=", "person")],
    )
    role = fields.Selection(
        [("adult", "Adult"), ("child", "Child"), ("other", "Other")], required=True, default="adult"
    )
    shared_custody = fields.Boolean()

    _open_uniq = models.UniqueIndex(
        "(household_id, person_id) WHERE date_end IS NULL",
        "This person already belongs to this household.",
    )

    @api.depends("person_id", "household_id")
    def _compute_display_name(self):
        for membership in self:
            membership.display_name = membership.person_id.display_name
