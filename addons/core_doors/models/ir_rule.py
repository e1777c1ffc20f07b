from odoo import api, models
from odoo.fields import Domain


class IrRule(models.Model):
    _inherit = "ir.rule"

    @api.model
    def _compute_domain(self, model_name, mode="read"):
        """A wizard is its author's only: core says so and no longer does it, while the words of a
        decision are typed in one."""
        domain = super()._compute_domain(model_name, mode)
        if self.env.su or not self.env[model_name].is_transient():
            return domain
        return domain & Domain("create_uid", "=", self.env.uid)

    def _make_access_error(self, operation, records):
        """In debug mode core adds to a refusal the names of the records that it refuses."""
        user = self.env.user
        if user.has_group("base.group_system") or not user.has_group("base.group_no_one"):
            return super()._make_access_error(operation, records)
        error = super()._make_access_error(operation, records.browse())
        records.invalidate_recordset()
        return error
