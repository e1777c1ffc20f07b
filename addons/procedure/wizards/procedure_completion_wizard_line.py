from odoo import api, fields, models
from odoo.exceptions import UserError


class ProcedureCompletionWizardLine(models.TransientModel):
    _name = "procedure.completion.wizard.line"
    _description = "Item to ask the applicant for"

    wizard_id = fields.Many2one(
        "procedure.completion.wizard", required=True, index=True, ondelete="cascade"
    )
    request_id = fields.Many2one(related="wizard_id.request_id")
    version_id = fields.Many2one(related="wizard_id.version_id")
    document_line_id = fields.Many2one(
        "procedure.document.line", string="Document received", ondelete="cascade"
    )
    field_id = fields.Many2one("procedure.field", string="Question of the form", ondelete="cascade")
    label = fields.Char(string="Other document")
    reason = fields.Char(string="What is wrong or missing")

    @api.constrains("wizard_id", "document_line_id")
    def _check_document_line(self):
        for line in self:
            document_line = line.document_line_id
            if document_line and document_line.request_id != line.wizard_id.request_id:
                raise UserError(self.env._("This document belongs to another request."))

    def _to_item(self):
        self.ensure_one()
        item = {"reason": self.reason}
        if self.document_line_id:
            item["line_id"] = self.document_line_id.id
        elif self.field_id:
            item["field_key"] = self.field_id.key
        else:
            item["label"] = self.label
        return item
