from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.dates import show_day

from ..models.family_booking import CHANNELS

# Of what cannot be booked, as many lines are told.
TOLD = 10


class FamilyBookingEntry(models.TransientModel):
    """What a family asks by phone, at the counter or on paper: days of one child at one site."""

    _name = "family.booking.entry"
    _description = "Days to book"

    site_id = fields.Many2one("family.site", required=True, ondelete="cascade")
    child_id = fields.Many2one(
        "res.partner",
        required=True,
        ondelete="cascade",
        domain=[("kind", "=", "person"), ("is_minor", "=", True)],
    )
    parent_id = fields.Many2one(
        "res.partner",
        "Asked by",
        required=True,
        ondelete="cascade",
        compute="_compute_parent_id",
        store=True,
        readonly=False,
        domain=[("kind", "=", "person")],
    )
    slot_ids = fields.Many2many(
        "family.slot",
        "family_booking_entry_slot_rel",
        "entry_id",
        "slot_id",
        "Slots",
        required=True,
        domain="[('site_id', '=', site_id)]",
    )
    date_start = fields.Date("From", required=True, default=lambda self: clock.today())
    date_end = fields.Date("Until", required=True, default=lambda self: clock.today())
    channel = fields.Selection(
        CHANNELS,
        "It came by",
        required=True,
        default="counter",
    )
    report = fields.Text("What will be done", compute="_compute_report")

    @api.depends("child_id")
    def _compute_parent_id(self):
        """The first of those who answer for the child, whose file the user reads."""
        for entry in self:
            holders_sudo = entry.child_id.sudo().authority_ids.filtered("grants_access").holder_id
            readable = holders_sudo.sudo(self.env.su)._filtered_access("read")
            if entry.parent_id not in readable:
                entry.parent_id = readable[:1]

    @api.depends("site_id", "child_id", "parent_id", "slot_ids", "date_start", "date_end")
    def _compute_report(self):
        for entry in self:
            if not entry._is_whole():
                entry.report = False
                continue
            if entry._are_dates_wrong():
                entry.report = entry._say_wrong_dates()
                continue
            choices = entry._list_choices()
            free = [each for each in choices if each.can_book and each.free]
            full = [each for each in choices if each.can_book and not each.free]
            lines = [
                self.env._("Days with a place: %s.", len(free)),
                self.env._("Days on the waiting list: %s.", len(full)),
                self.env._("Days already booked: %s.", sum(bool(each.booking) for each in choices)),
            ]
            refused = [each for each in choices if not each.booking and each.book_problem]
            lines += [
                f"{show_day(each.session.date)} : {each.book_problem}" for each in refused[:TOLD]
            ]
            entry.report = "\n".join(lines)

    def action_apply(self):
        """Days that are closed are left out; all the others, or none."""
        self.ensure_one()
        if self._are_dates_wrong():
            raise UserError(self._say_wrong_dates())
        wanted = {each.key: True for each in self._list_choices() if each.can_book}
        if not wanted:
            raise UserError(self.env._("None of these days can be booked."))
        Booking = self.env["family.booking"]
        outcome = Booking._change(self.parent_id, wanted, channel=self.channel)
        if outcome.problems:
            raise UserError("\n".join(dict.fromkeys(outcome.problems.values())))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "family_booking.family_booking_action"
        )
        made = outcome.booked | outcome.waiting
        return {**action, "domain": [("id", "in", made.ids)], "context": {}}

    def _is_whole(self):
        return bool(
            self.child_id and self.parent_id and self.slot_ids and self.date_start and self.date_end
        )

    def _are_dates_wrong(self):
        return not self.date_start <= self.date_end <= fields.Date.add(self.date_start, days=400)

    def _say_wrong_dates(self):
        return self.env._("The last day comes after the first, within a year.")

    def _list_choices(self):
        Booking = self.env["family.booking"]
        child = self.child_id._origin
        Booking._check_may_book(child, self.parent_id._origin)
        Booking._check_leads(self.parent_id._origin, self.site_id._origin)
        sessions_sudo = (
            self.env["family.session"]
            .sudo()
            .search(
                Domain("slot_id", "in", self.slot_ids._origin.ids)
                & Domain("date", ">=", self.date_start)
                & Domain("date", "<=", self.date_end)
                & Domain("is_closed", "=", False)
            )
        )
        keys = [(child, session_sudo) for session_sudo in sessions_sudo]
        return Booking._make_choices(self.parent_id._origin, keys)
