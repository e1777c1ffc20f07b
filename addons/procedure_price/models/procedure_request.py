from odoo import api, models

from odoo.addons.procedure_export.tools.request_table import Fixed


class ProcedureRequest(models.Model):
    _name = "procedure.request"
    _inherit = ["procedure.request.payment", "procedure.request.price", "procedure.request"]

    @api.model
    def _get_fixed_export_columns(self):
        return {
            **super()._get_fixed_export_columns(),
            "@price": Fixed(self.env._("Price"), "price_label"),
            "@payment": Fixed(self.env._("Payment"), "payment_state"),
            "@payment_reference": Fixed(self.env._("Reference to pay"), "payment_reference"),
        }
