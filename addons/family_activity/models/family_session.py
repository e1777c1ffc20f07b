from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.dates import show_day

from ..tools.cutoff import to_time
from ..tools.opening import CALENDAR, HAND, SEASON, SITE, SLOT
from .family_rule import PURPOSES
from .family_slot import TAKEN

# What whoever leads the site writes; the rest follows the slot and the calendar.
BY_HAND = {*TAKEN, "decision", "decision_note"}


class FamilySession(models.Model):
    """A slot on a date: what children are booked in.

    Its row holds its places: bookings lock it, in the order of `id`.
    """

    _name = "family.session"
    _description = "Session"
    _order = "date, site_id, hour_from, id"

    slot_id = fields.Many2one(
        "family.slot", required=True, index=True, readonly=True, ondelete="restrict"
    )
    season_id = fields.Many2one(
        "family.season", required=True, index=True, readonly=True, ondelete="restrict"
    )
    site_id = fields.Many2one(
        "family.site", compute="_compute_site_id", store=True, precompute=True, index=True
    )
    activity_id = fields.Many2one(related="site_id.activity_id")
    service_id = fields.Many2one(related="site_id.service_id")
    date = fields.Date("Day", required=True, index=True, readonly=True)
    hour_from = fields.Float("From", required=True, aggregator=None)
    hour_to = fields.Float("To", required=True, aggregator=None)
    capacity = fields.Integer("Places", required=True)
    is_adjusted = fields.Boolean(
        "Changed by hand",
        readonly=True,
        help="Its hours or its places are no more those of its slot.",
    )
    decision = fields.Selection(
        [("closed", "Closed"), ("open", "Open in any case")],
        "Decided for this day",
        help="Empty: as the calendar, the site and the slot say.",
    )
    decision_note = fields.Char("Why", help="Told to the families when it is closed.")
    closed_cause = fields.Selection(
        [
            (HAND, "Decided for this day"),
            (SLOT, "No longer a slot"),
            (SITE, "Site not open"),
            (CALENDAR, "Calendar"),
            (SEASON, "Season"),
        ],
        "Closed by",
        readonly=True,
    )
    closed_note = fields.Char("Closed for", readonly=True)
    closed_reason = fields.Char("Why it is closed", compute="_compute_closed_reason")
    is_closed = fields.Boolean(
        "Closed", compute="_compute_is_closed", store=True, precompute=True, index=True
    )

    _slot_date_uniq = models.Constraint(
        "UNIQUE(slot_id, date)", "This slot has a session on this day already."
    )
    _capacity_valid = models.Constraint("CHECK(capacity >= 0)", "Places are counted from 0.")
    _hours_valid = models.Constraint(
        "CHECK(hour_from >= 0 AND hour_to <= 24 AND hour_from < hour_to)",
        "Write an hour of opening, then a later hour of closing.",
    )
    _site_date_idx = models.Index("(site_id, date)")

    @api.depends("slot_id.site_id")
    def _compute_site_id(self):
        """A slot that changes site takes what is to come there, never what was."""
        today = clock.today()
        for session in self:
            is_past = session.date and session.date < today
            session.site_id = (is_past and session.site_id) or session.slot_id.site_id

    @api.depends("closed_cause")
    def _compute_is_closed(self):
        for session in self:
            session.is_closed = bool(session.closed_cause)

    @api.depends("closed_cause", "closed_note")
    def _compute_closed_reason(self):
        words = {
            HAND: self.env._("Closed on this day."),
            SLOT: self.env._("No longer proposed."),
            SITE: self.env._("This site is not open on this day."),
            CALENDAR: self.env._("A day of school."),
            SEASON: self.env._("No longer in the season."),
        }
        for session in self:
            session.closed_reason = session.closed_note or words.get(session.closed_cause)

    @api.depends("slot_id.name", "site_id.name", "date")
    def _compute_display_name(self):
        for session in self:
            day = show_day(session.date) if session.date else ""
            session.display_name = ", ".join(
                filter(None, (session.site_id.name, session.slot_id.name, day))
            )

    def write(self, vals):
        if not self.env.su and vals.keys() - BY_HAND:
            raise AccessError(self.env._("A session keeps its slot, its day and its season."))
        if not self.env.su and vals.keys() & set(TAKEN):
            vals = {**vals, "is_adjusted": True}
        result = super().write(vals)
        if "decision" in vals or "decision_note" in vals:
            self.sudo()._follow()
        return result

    # ------------------------------------------------------------
    # Open or closed
    # ------------------------------------------------------------

    def _filtered_to_come(self):
        """The past stays as it was."""
        today = clock.today()
        return self.filtered(lambda session: session.date >= today)

    def _follow(self):
        """Close, and give back, as the calendar, the site and the slot say now. In superuser mode:
        who closes all services does not lead this one."""
        found, closed, reopened = defaultdict(list), [], []
        for service, sessions in self._filtered_to_come().grouped("service_id").items():
            dates = sessions.mapped("date")
            days = self.env["territory.calendar"]._read_days(min(dates), max(dates), service)
            patterns = {slot: slot._get_pattern() for slot in sessions.slot_id}
            for session in sessions:
                cause, note = session._find_closing(patterns[session.slot_id], days[session.date])
                if (session.closed_cause or None, session.closed_note or "") != (cause, note):
                    found[cause, note].append(session.id)
                    if bool(cause) != session.is_closed:
                        (closed if cause else reopened).append(session.id)
        for (cause, note), ids in found.items():
            self.browse(ids).write({"closed_cause": cause, "closed_note": note or False})
        if closed:
            self.browse(closed)._on_closed()
        if reopened:
            self.browse(reopened)._on_reopened()

    def _find_closing(self, pattern, day):
        """(cause, note) of why it is closed; (None, "")"""
        self.ensure_one()
        if self.decision == "closed":
            return HAND, self.decision_note or ""
        if self.decision == "open":
            return None, ""
        if not self.season_id._holds(self.site_id, self.date):
            return SEASON, ""
        return pattern.find_closing(day)

    def _on_closed(self):
        """Hook: these sessions were open and have just been closed. In superuser mode."""

    def _on_reopened(self):
        """Hook: these sessions were closed and have just been given back. In superuser mode."""

    # ------------------------------------------------------------
    # Until when
    # ------------------------------------------------------------

    def _find_limits(self, purpose):
        """{session: the last moment, aware}: that of the rule, at the latest when it begins.

        :param purpose: of `family.rule`: book, cancel, absence
        """
        return {session: found[purpose] for session, found in self._find_all_limits().items()}

    def _find_all_limits(self):
        """{session: {purpose: the last moment, aware}}"""
        limits = {}
        rules = self.site_id._get_effective_rules()
        for service, sessions in self.grouped("service_id").items():
            dates = sessions.mapped("date")
            is_working = self.env["family.rule"]._get_working_days(min(dates), max(dates), service)
            for session in sessions:
                limits[session] = {
                    purpose: session._find_limit(rules[session.site_id].get(purpose), is_working)
                    for purpose, _label in PURPOSES
                }
        return limits

    def _find_limit(self, rule, is_working):
        self.ensure_one()
        start = self._get_start()
        return min(start, rule._get_cutoff().find_limit(self.date, is_working)) if rule else start

    def _get_start(self):
        """When it begins, as an aware moment."""
        self.ensure_one()
        return clock.at(self.date, to_time(self.hour_from))
