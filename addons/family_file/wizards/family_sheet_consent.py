from odoo import fields, models


class FamilySheetConsent(models.TransientModel):
    """What the parent of the sheet answers for one child; empty: she was not asked."""

    _name = "family.sheet.consent"
    _description = "Consent that a parent gives"

    sheet_id = fields.Many2one("family.sheet", required=True, ondelete="cascade")
    child_id = fields.Many2one("res.partner", required=True, readonly=True)
    text_id = fields.Many2one("privacy.consent.text", required=True, readonly=True)
    answer = fields.Selection([("yes", "Yes"), ("no", "No")])

    def _list_errors(self):
        """Rules that nobody read yet are an empty line, never a refusal."""
        return [
            self.env._(
                "%(child)s, “%(text)s”: rules are read, or not yet. Leave it empty.",
                child=line.child_id.firstname,
                text=line.text_id.name,
            )
            for line in self
            if line.answer == "no" and line.text_id.kind == "reading"
        ]

    def _say(self):
        for line in self.filtered("answer"):
            sheet = line.sheet_id
            self.env["privacy.consent"]._answer(
                line.text_id, line.child_id, line.answer, sheet.parent_id, sheet.channel
            )
