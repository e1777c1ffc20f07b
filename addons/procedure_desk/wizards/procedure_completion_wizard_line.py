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
    label = fields.Char(string="What")
    reason = fields.Char(string="What is wrong")

    @api.constrains("wizard_id", "document_line_id")
    def _check_document_line(self):
        for line in self:
            document_line = line.document_line_id
            if document_line and document_line.request_id != line.wizard_id.request_id:
                raise UserError(self.env._("This document belongs to another request."))

    def _get_records(self):
        """(document given, question of the form): one of the two, or none. What is typed as one of
        them is called is that one."""
        self.ensure_one()
        if self.document_line_id or self.field_id:
            return self.document_line_id, self.field_id
        return self.wizard_id._find_item(self.label)

    def _to_item(self):
        """See `action_ask_completion`."""
        document, question = self._get_records()
        item = {"reason": self.reason}
        if document:
            item["line_id"] = document.id
        elif question:
            item["field_key"] = question.key
        else:
            item["label"] = self.label
        return item
