from odoo import fields, models

TYPED = ("name", "link", "phone", "may_fetch", "call_rank", "date_end")


class FamilySheetContact(models.TransientModel):
    """Somebody around the children of the sheet: once, whichever children she fetches."""

    _name = "family.sheet.contact"
    _description = "Person that a parent names"
    _order = "call_rank, id"

    sheet_id = fields.Many2one("family.sheet", required=True, ondelete="cascade")
    name = fields.Char()
    link = fields.Char("Who she is", help="Grandmother, neighbour…")
    phone = fields.Char()
    may_fetch = fields.Boolean("May fetch the child")
    call_rank = fields.Integer("Called", help="1: called first, after the parents. 0: not called.")
    date_end = fields.Date("Until", help="Empty: until it is said otherwise.")
    child_ids = fields.Many2many("res.partner", string="For whom", help="Empty: all of them.")
    known_ids = fields.Many2many("family.contact", "family_sheet_contact_known_rel", readonly=True)
    # What the window said, to know whom it no longer names.
    said_ids = fields.Many2many("family.contact", "family_sheet_contact_said_rel", readonly=True)

    def _read(self):
        return {name: self[name] for name in TYPED}

    def _is_blank(self):
        return not any(self._read().values())

    def _list_errors(self):
        return [
            f"{line.name or self.env._('Somebody')}\N{NO-BREAK SPACE}: {sentence}"
            for line in self.filtered(lambda line: not line._is_blank())
            for sentence in self.env["family.contact"]._read_typed(line._read())[1].values()
        ]

    def _say(self):
        for line in self.filtered(lambda line: not line._is_blank()):
            parent = line.sheet_id.parent_id
            children = line.child_ids or line.sheet_id.child_ids.child_id
            line.said_ids = line.known_ids._say_for(children, parent, line._read())
