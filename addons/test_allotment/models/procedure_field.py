from odoo import fields, models


class ProcedureField(models.Model):
    _inherit = "procedure.field"

    prefill = fields.Selection(selection_add=[("allotment_plot", "Plot that is let now")])
