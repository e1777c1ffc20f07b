from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.territory_base import clock

from ..tools.cutoff import to_time
from ..tools.opening import NEVER, Period
from .family_activity import LEADING


class FamilySite(models.Model):
    """An activity at a place, led by the intercommunality or by a town hall."""

    _name = "family.site"
    _inherit = ["family.preview.mixin", "family.followed.mixin", "territory.owner.mixin"]
    _description = "Site"
    _order = "activity_id, name, id"
    _followed_fields = frozenset({"service_id", "date_start", "date_end", "active", "season_ids"})

    name = fields.Char(required=True)
    code = fields.Char(copy=False, help="Its key in the files that load it. Empty: it is in none.")
    active = fields.Boolean(default=True)
    activity_id = fields.Many2one("family.activity", required=True, index=True, ondelete="restrict")
    kind = fields.Selection(related="activity_id.kind")
    service_id = fields.Many2one(
        "territory.service",
        "Led by",
        required=True,
        index=True,
        ondelete="restrict",
        compute="_compute_service_id",
        store=True,
        readonly=False,
        precompute=True,
        domain=LEADING,
    )
    commune_id = fields.Many2one("territory.commune", index=True, ondelete="restrict")
    street = fields.Char("Address")
    phone = fields.Char()
    school_ids = fields.Many2many(
        "territory.service",
        "family_site_school_rel",
        "site_id",
        "school_id",
        "Schools served",
        domain=[("kind", "=", "school")],
        help="Empty: all.",
    )
    capacity = fields.Integer(
        "Places",
        required=True,
        aggregator=None,
        help="Of each slot that does not say its own number.",
    )
    days_min = fields.Integer(
        "Days at least", aggregator=None, help="0: as the activity says, or none."
    )
    instructions = fields.Text("To know", help="Beside what the activity says.")
    date_start = fields.Date("Open from")
    date_end = fields.Date("Open until", help="Empty: without end.")
    suspension_ids = fields.One2many("family.site.suspension", "site_id", "Suspensions")
    state = fields.Selection(
        [("open", "Open"), ("suspended", "Suspended"), ("closed", "Not open")],
        "Today",
        compute="_compute_state",
    )
    slot_ids = fields.One2many("family.slot", "site_id", "Slots")
    menu_ids = fields.One2many("family.menu", "site_id", "Menus")
    rule_ids = fields.One2many(
        "family.rule", "site_id", "Own rules", help="In the place of those of the activity."
    )
    season_ids = fields.Many2many(
        "family.season", "family_season_site_rel", "site_id", "season_id", "Seasons"
    )

    _code_uniq = models.Constraint("UNIQUE(code)", "This code is already used.")
    _capacity_valid = models.Constraint("CHECK(capacity >= 0)", "Places are counted from 0.")
    _days_valid = models.Constraint("CHECK(days_min BETWEEN 0 AND 7)", "A week has seven days.")
    _dates_valid = models.Constraint(
        "CHECK(date_start IS NULL OR date_end IS NULL OR date_end >= date_start)",
        "A site cannot end before it starts.",
    )

    @api.depends("activity_id")
    def _compute_service_id(self):
        """The user's own, or the one that leads the activity."""
        own_sudo = self.env["family.activity"]._find_own_service_sudo()
        for site in self:
            site.service_id = site.service_id or own_sudo.id or site.activity_id.service_id

    @api.depends("date_start", "date_end", "suspension_ids.date_start", "suspension_ids.date_end")
    def _compute_state(self):
        today = clock.today()
        for site in self:
            if not site._get_period().holds(today):
                site.state = "closed"
            elif any(period.holds(today) for period in site._get_suspensions()):
                site.state = "suspended"
            else:
                site.state = "open"

    @api.depends(
        "activity_id.rule_ids",
        "activity_id.rule_ids.sentence",
        "slot_ids.day",
        "slot_ids.hour_from",
    )
    def _compute_preview(self):
        return super()._compute_preview()

    def _find_preview_start(self, day):
        """That of its first slot of this day: nothing is booked later."""
        calendar = self.env["territory.calendar"]._read_days(day, day, self.service_id)[day]
        due = self.slot_ids.filtered(lambda slot: slot.day and slot._get_pattern().is_due(calendar))
        hours = due.mapped("hour_from")
        return clock.at(day, to_time(min(hours))) if hours else None

    def write(self, vals):
        if "activity_id" in vals:
            self.filtered(
                lambda site: site.activity_id.id != vals["activity_id"]
            )._check_received_nobody()
        return super().write(vals)

    def _check_received_nobody(self):
        """A year of canteen does not become one of care: what was remains what it was."""
        past = Domain("site_id", "in", self.ids) & Domain("date", "<", clock.today())
        session_sudo = self.env["family.session"].sudo().search(past, limit=1)
        if session_sudo:
            raise ValidationError(
                self.env._(
                    "%(name)s has had sessions: it keeps its activity. Close it, and enter another "
                    "site for the other activity.",
                    name=session_sudo.site_id.name,
                )
            )

    def action_open_sessions(self):
        """Those of this site, from today on."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "family_activity.family_session_action"
        )
        return {
            **action,
            "context": {"search_default_site_id": self.id, "search_default_to_come": 1},
        }

    def _get_sessions_domain(self):
        return Domain("site_id", "in", self.ids)

    def _get_period(self):
        """When it is open; never, once it was put aside."""
        return Period(self.date_start or None, self.date_end or None) if self.active else NEVER

    def _get_suspensions(self):
        return tuple(
            Period(row.date_start, row.date_end or None, row.reason)
            for row in self.suspension_ids
            if row.date_start
        )

    def _get_effective_rules(self):
        """{site: {purpose: rule}}: its own rules, else those of its activity."""
        return {
            site: {rule.purpose: rule for rule in [*site.activity_id.rule_ids, *site.rule_ids]}
            for site in self
        }

    def _get_days_min(self):
        self.ensure_one()
        return self.days_min or self.activity_id.days_min
