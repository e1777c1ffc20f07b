from odoo import api, fields, models

from odoo.addons.territory_base import clock


class ResPartner(models.Model):
    _inherit = "res.partner"

    family_confirmed_on = fields.Date(
        "Family file said exact on", readonly=True, copy=False, groups="base.group_user"
    )

    def _confirm_family(self):
        """A parent read what she said about her children, and nothing has changed."""
        self.ensure_one()
        if self != self.env.user.partner_id:
            self._check_file_read_by_user()
        self.sudo().family_confirmed_on = clock.today()

    def action_open_family_sheet(self):
        """What she says at the counter, by phone, on paper: a window to type it."""
        self.ensure_one()
        return self.env["family.sheet"]._open_for(self)

    @api.model
    def _list_held_once(self):
        return [
            *super()._list_held_once(),
            ("family.custody", "parent_id", "child_id", None),
            ("family.quotient", "person_id", None, None),
        ]

    def _join_child(self, child):
        """What each parent said stays hers, about the common sheet. Of what one parent said of
        both sheets, what she said last stands."""
        self._join_weeks(child)
        contacts = self.env["family.contact"].search([("child_id", "=", self.id)])
        contacts.child_id = child
        return super()._join_child(child)

    def _join_weeks(self, child):
        rows = self.env["family.custody"].search([("child_id", "in", (self | child).ids)])
        for said in rows.filtered(lambda row: not row.date_end).grouped("parent_id").values():
            last, *others = said.sorted(lambda row: (row.date_start, row.id), reverse=True)
            for other in others:
                eve = fields.Date.subtract(last.date_start, days=1)
                if other.date_start > eve:
                    rows -= other
                    other.unlink()
                else:
                    other.date_end = eve
        # PostgreSQL compares with the rows that it has.
        rows.flush_recordset(["date_end"])
        rows.child_id = child
