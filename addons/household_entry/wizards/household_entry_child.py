from odoo import api, fields, models


class HouseholdEntryChild(models.TransientModel):
    """A child of the family that is entered."""

    _name = "household.entry.child"
    _description = "Child of a family that the staff enters"
    _inherit = ["household.entry.person"]

    parents = fields.Selection(
        [
            ("all", "The two adults"),
            ("first", "The first adult only"),
            ("second", "The second adult only"),
        ],
        "Parental authority",
        help="Of the adults above, in their order.",
    )
    shared_custody = fields.Boolean(help="The child also lives in another household, in turn.")

    def _is_blank(self):
        return super()._is_blank() and not (self.parents or self.shared_custody)

    @api.model
    def _is_minor_expected(self):
        return True
