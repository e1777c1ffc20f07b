from odoo import api, models

from ..change_types import OWN_TYPES


class HouseholdChangeTypes(models.AbstractModel):
    """The ways in which a file changes, in this database: what an addon that is not installed here
    brings is not among them, even when the process has loaded it."""

    _name = "household.change.types"
    _description = "Types of changes"

    @api.model
    def _get_types(self):
        """Each type of change: dict code -> instance of `ChangeType`, in the order of reading.

        Extended, with `super()`, by the addon that brings a type.
        """
        return dict(OWN_TYPES)
