from odoo import api, fields, models


class ProcedureDocumentDate(models.TransientModel):
    """The date written on a document whose validity is counted in months."""

    _name = "procedure.document.date"
    _description = "Date of a document"

    request_id = fields.Many2one("procedure.request", required=True, ondelete="cascade")
    line_id = fields.Many2one("procedure.document.line", required=True, ondelete="cascade")
    issued_on = fields.Date("Date on the document", required=True)

    @api.constrains("request_id", "line_id")
    def _check_rights(self):
        for wizard in self:
            wizard.line_id.check_access("read")
            wizard.line_id.request_id._check_actor("agent")

    def action_confirm(self):
        self.ensure_one()
        self.line_id._set_issued_on(self.issued_on)
        return {"type": "ir.actions.act_window_close"}
