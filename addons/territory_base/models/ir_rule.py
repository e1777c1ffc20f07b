from odoo import models


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        """In debug mode core adds to a refusal the names of the records that it refuses."""
        user = self.env.user
        if user.has_group("base.group_system") or not user.has_group("base.group_no_one"):
            return super()._make_access_error(operation, records)
        error = super()._make_access_error(operation, records.browse())
        records.invalidate_recordset()
        return error
