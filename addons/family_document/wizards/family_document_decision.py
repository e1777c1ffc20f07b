from odoo import api, fields, models


class FamilyDocumentDecision(models.TransientModel):
    """A paper in hand: the day written on it, or why it is refused."""

    _name = "family.document.decision"
    _description = "Check of a paper"

    document_id = fields.Many2one("family.document", "Paper", required=True, readonly=True)
    date_end = fields.Date("Valid until")
    reason = fields.Text("Refused because", help="The parent reads it.")

    @api.constrains("document_id")
    def _check_document_id(self):
        self.document_id.sudo(False).check_access("read")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        document = self.env["family.document"].browse(values.get("document_id"))
        if document:
            document.check_access("read")
            values["date_end"] = document.date_end
        return values

    def action_accept(self):
        self.ensure_one()
        self.document_id._accept(self.date_end)

    def action_refuse(self):
        self.ensure_one()
        self.document_id._refuse(self.reason)
