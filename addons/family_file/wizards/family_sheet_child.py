from odoo import api, fields, models

from ..models.family_custody import RHYTHM_FIELDS


class FamilySheetChild(models.TransientModel):
    """The weeks of one child with the parent of the sheet."""

    _name = "family.sheet.child"
    _description = "Weeks that a parent says"

    sheet_id = fields.Many2one("family.sheet", required=True, ondelete="cascade")
    child_id = fields.Many2one("res.partner", required=True, readonly=True)
    rhythm = fields.Selection(selection="_list_rhythms", string="Weeks")
    alternates_from = fields.Date(
        "From", help="The first day of one of the weeks that the child spends with this parent."
    )
    holidays = fields.Selection(selection="_list_holidays", string="School holidays")

    @api.model
    def _list_rhythms(self):
        return self.env["family.custody"]._fields["rhythm"]._description_selection(self.env)

    @api.model
    def _list_holidays(self):
        return self.env["family.custody"]._fields["holidays"]._description_selection(self.env)

    def _read(self):
        typed = {name: self[name] for name in RHYTHM_FIELDS}
        return typed | {"holidays": typed["holidays"] or "same"}

    def _is_said(self):
        return bool(self.rhythm or self.alternates_from or self.holidays)

    def _list_errors(self):
        return [
            f"{line.child_id.firstname}\N{NO-BREAK SPACE}: {sentence}"
            for line in self.filtered(lambda line: line._is_said())
            for sentence in self.env["family.custody"]._read_typed(line._read())[1].values()
        ]

    def _say(self):
        for line in self.filtered(lambda line: line._is_said()):
            parent = line.sheet_id.parent_id
            self.env["family.custody"]._say(line.child_id, parent, line._read())
