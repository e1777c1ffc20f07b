from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.territory_base.locks import lock_or_tell

from ..tools.opening import HOLIDAY
from .family_activity import LEADING
from .family_slot import TAKEN

# Who may book from when: each of them has its own moment, or waits for everybody's.
AUDIENCES = ("known", "resident")


class Plan(NamedTuple):
    """What the slots would make of a season; nothing is written."""

    # Values of the sessions that are not there.
    missing: list
    # {what its slot says now, as pairs: sessions that say something else}
    changed: dict
    # Sessions that were changed by hand, and say something else than their slot.
    kept: object
    # Days whose school holidays are not published.
    unknown: list
    # The sessions that are there.
    known: object
    # Those of them that another season held, and holds no more.
    left: object


class FamilySeason(models.Model):
    """A school year, or holidays: the days for which children are enrolled together."""

    _name = "family.season"
    _inherit = ["family.followed.mixin", "territory.owner.mixin"]
    _description = "Season"
    _order = "date_start desc, id desc"
    _followed_fields = frozenset({"date_start", "date_end", "active", "site_ids"})

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [("school", "School year"), ("holiday", "School holidays")],
        required=True,
        default="school",
        help="A school year has the slots of the days of the week, holidays those of the holidays.",
    )
    service_id = fields.Many2one(
        "territory.service",
        "Led by",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env["family.activity"]._default_service_id(),
        domain=LEADING,
    )
    date_start = fields.Date("First day", required=True)
    date_end = fields.Date("Last day", required=True)
    opens_known = fields.Datetime(
        "Families already there", help="Who had a child enrolled in the season before."
    )
    opens_resident = fields.Datetime("Residents")
    opens_all = fields.Datetime("Everybody", help="Empty: enrolment is not open yet.")
    site_ids = fields.Many2many(
        "family.site", "family_season_site_rel", "season_id", "site_id", "Sites"
    )
    session_count = fields.Integer("Sessions", compute="_compute_session_count")

    _dates_valid = models.Constraint(
        "CHECK(date_start <= date_end AND date_end - date_start < 400)",
        "The last day comes after the first, within a year.",
    )
    _openings_valid = models.Constraint(
        "CHECK((opens_known IS NULL OR opens_all IS NULL OR opens_known <= opens_all) "
        "AND (opens_resident IS NULL OR opens_all IS NULL OR opens_resident <= opens_all))",
        "Nobody waits longer than everybody.",
    )

    def _compute_session_count(self):
        counts = dict(
            self.env["family.session"]._read_group(
                [("season_id", "in", self.ids)], ["season_id"], ["__count"]
            )
        )
        for season in self:
            season.session_count = counts.get(season._origin, 0)

    def action_open_sessions(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "family_activity.family_session_action"
        )
        return {**action, "context": {"search_default_season_id": self.id}}

    def action_plan(self):
        """What the button would make, told before it does."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "family_activity.family_session_plan_action"
        )
        return {**action, "context": {"default_season_id": self.id}}

    def _find_opening(self, audiences=()):
        """When it opens for somebody who is of these audiences: a naive datetime in UTC, or False
        when nobody has said.

        :param audiences: of AUDIENCES
        """
        self.ensure_one()
        moments = [self.opens_all, *(self[f"opens_{audience}"] for audience in audiences)]
        return min(filter(None, moments), default=False)

    # ------------------------------------------------------------
    # Its sessions
    # ------------------------------------------------------------

    def _get_sessions_domain(self):
        return Domain("season_id", "in", self.ids)

    def _holds(self, site, day):
        """Whether this site receives children on this day in this season; never, once it was put
        aside."""
        self.ensure_one()
        sites = self.with_context(active_test=False).site_ids
        return self.active and self.date_start <= day <= self.date_end and site in sites

    def _get_own_sites(self):
        """Those of its sites that the user leads; none, once it was put aside."""
        self.ensure_one()
        sites = self.site_ids if self.active else self.site_ids.browse()
        return sites.filtered("active")._filtered_access("write")

    def _make_sessions(self, *, with_adjusted=False):
        """The sessions of the sites that the user leads, as their slots say; again as often as
        wished.

        :param with_adjusted: those that somebody changed by hand too
        :return: the `Plan` that was followed
        """
        sites = self._get_own_sites()
        lock_or_tell(sites)
        plan = self._plan_sessions(sites, with_adjusted=with_adjusted)
        sessions_sudo = self.env["family.session"].sudo()
        for pairs, sessions in plan.changed.items():
            sessions.sudo().write(dict(pairs))
        plan.left.sudo().season_id = self
        plan.known.sudo()._follow()
        sessions_sudo.create(plan.missing)
        return plan

    @api.model
    def _read_known_sessions(self, slots, first, last):
        domain = Domain("slot_id", "in", slots.ids) & Domain("date", ">=", first)
        return self.env["family.session"].search_fetch(
            domain & Domain("date", "<=", last),
            ["slot_id", "date", "decision", "is_adjusted", *TAKEN],
        )

    def _plan_sessions(self, sites, *, with_adjusted=False):
        """:return: a `Plan` for these sites; queries by service, not by site nor by day"""
        self.ensure_one()
        slots = sites.slot_ids.filtered(
            lambda slot: (slot.day == HOLIDAY) == (self.kind == "holiday")
        )
        sessions = self._read_known_sessions(slots, self.date_start, self.date_end)
        known = {(session.slot_id.id, session.date): session for session in sessions}
        missing, unknown = [], set()
        for service, of_service in slots.grouped(lambda slot: slot.site_id.service_id).items():
            days = self.env["territory.calendar"]._read_days(
                self.date_start, self.date_end, service
            )
            for slot in of_service:
                pattern, taken = slot._get_pattern(), slot._get_taken()
                for day in days.values():
                    is_due = pattern.is_due(day)
                    if is_due is None:
                        unknown.add(day.date)
                    elif is_due and (slot.id, day.date) not in known:
                        cause, note = pattern.find_closing(day)
                        missing.append(
                            {
                                **taken,
                                "slot_id": slot.id,
                                "season_id": self.id,
                                "date": day.date,
                                "closed_cause": cause,
                                "closed_note": note,
                            }
                        )
        changed, kept = self._compare_sessions(sessions, with_adjusted)
        left = sessions._filtered_to_come().filtered(
            lambda session: (
                session.season_id != self
                and not session.season_id._holds(session.site_id, session.date)
            )
        )
        return Plan(missing, changed, kept, sorted(unknown), sessions, left)

    def _compare_sessions(self, sessions, with_adjusted):
        """(those that are changed, those that are kept) of what is to come."""
        changed, kept = defaultdict(list), []
        taken = {slot: slot._get_taken() for slot in sessions.slot_id}
        for session in sessions._filtered_to_come():
            values = taken[session.slot_id]
            differs = any(session[name] != value for name, value in values.items())
            by_hand = session.is_adjusted or session.decision
            if by_hand and not with_adjusted:
                kept += session.ids if differs or session.decision else []
            elif differs or by_hand:
                if by_hand:
                    values = {**values, "decision": False, "decision_note": False}
                changed[(*values.items(), ("is_adjusted", False))].append(session.id)
        found = {pairs: sessions.browse(ids) for pairs, ids in changed.items()}
        return found, sessions.browse(kept)
