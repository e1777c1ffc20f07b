from odoo import fields, models


class ProcedureDocumentLine(models.Model):
    _inherit = "procedure.document.line"

    erased_on = fields.Date(related="document_id.erased_on", groups="base.group_user")
