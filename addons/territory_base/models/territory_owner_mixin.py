from odoo import models


class TerritoryOwnerMixin(models.AbstractModel):
    """A row that belongs to a service, or to what belongs to one, and is never given away.

    Core checks whose row it was when it is written; this one, whose it becomes.
    """

    _name = "territory.owner.mixin"
    _description = "Row that belongs to a service"
    # The fields that say whose it is.
    _owner_fields = ("service_id",)

    def write(self, vals):
        result = super().write(vals)
        if any(name in vals for name in self._owner_fields):
            self.check_access("write")
        return result
