from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# The clock of the service runs in these states; nothing is late elsewhere.
RUNNING_STATES = ("submitted", "in_review", "waiting_list")


class ProcedureRequestClock(models.AbstractModel):
    """Dates: stored when the state changes, compared with today when read. No nightly write."""

    _name = "procedure.request.clock"
    _description = "Delays of a request"

    date_complete = fields.Datetime(
        string="Complete since", readonly=True, copy=False, help="Everything asked was received."
    )
    date_paused = fields.Datetime(readonly=True, copy=False)
    date_due = fields.Date(string="Answer due on", readonly=True, index=True, copy=False)
    date_orange = fields.Date(readonly=True, copy=False)
    date_red = fields.Date(readonly=True, copy=False)
    date_silence = fields.Date(
        readonly=True,
        copy=False,
        help="Without an answer, the request is accepted or refused by law on this day.",
    )
    late = fields.Selection(
        [("none", "In time"), ("orange", "Soon due"), ("red", "Late")],
        compute="_compute_late",
        search="_search_late",
    )
    age_days = fields.Integer(
        string="Age (days)", compute="_compute_age_days", search="_search_age_days"
    )

    @api.depends("state", "date_orange", "date_red")
    def _compute_late(self):
        today = fields.Date.context_today(self)
        for request in self:
            request.late = "none"
            if request.state in RUNNING_STATES:
                if request.date_red and request.date_red <= today:
                    request.late = "red"
                elif request.date_orange and request.date_orange <= today:
                    request.late = "orange"

    def _search_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        running = Domain("state", "in", RUNNING_STATES)
        red = running & Domain("date_red", "<=", today)
        orange = running & Domain("date_orange", "<=", today)
        domains = {"red": red, "orange": orange & ~red, "none": ~orange & ~red}
        return Domain.OR(domain for late, domain in domains.items() if late in value)

    def _field_to_sql(self, alias, field_expr, query=None):
        """Let lists and kanban columns be counted by lateness."""
        if field_expr != "late":
            return super()._field_to_sql(alias, field_expr, query)
        today = fields.Date.context_today(self)
        state = super()._field_to_sql(alias, "state", query)
        return SQL(
            """
            CASE
                WHEN %(state)s NOT IN %(running)s THEN 'none'
                WHEN %(red)s <= %(today)s THEN 'red'
                WHEN %(orange)s <= %(today)s THEN 'orange'
                ELSE 'none'
            END
            """,
            state=state,
            running=RUNNING_STATES,
            red=super()._field_to_sql(alias, "date_red", query),
            orange=super()._field_to_sql(alias, "date_orange", query),
            today=today,
        )

    @api.depends("date_submitted")
    def _compute_age_days(self):
        now = fields.Datetime.now()
        for request in self:
            filed = request.date_submitted
            request.age_days = (now - filed).days if filed else 0

    def _search_age_days(self, operator, value):
        if operator not in ("<", "<=", ">", ">="):
            return NotImplemented
        # Whole days: above 10 means 11 days at least.
        days = int(value) + (operator in (">", "<="))
        limit = fields.Datetime.now() - timedelta(days=days)
        return Domain("date_submitted", "<=" if operator in (">", ">=") else ">", limit)

    def _start_clock(self):
        """At filing. Runs in superuser mode, as all that follows."""
        now = fields.Datetime.now()
        for request in self:
            request.write(
                {"date_submitted": now, "date_complete": now, **request._get_due_dates(now)}
            )

    def _pause_clock(self):
        """The applicant is asked for something: this time is not the service's."""
        self.write({"date_paused": fields.Datetime.now(), "date_complete": False})

    def _resume_clock(self):
        """Where silence means acceptance, the delay starts once the file is complete; elsewhere
        it goes on from where it stopped (CRPA L114-5)."""
        now = fields.Datetime.now()
        for request in self.filtered("date_paused"):
            procedure = request.procedure_id
            if procedure.regime == "sva" or procedure.clock_start == "complete":
                dates = request._get_due_dates(now)
            else:
                pause = now.date() - request.date_paused.date()
                names = ("date_due", "date_orange", "date_red", "date_silence")
                dates = {name: request[name] and request[name] + pause for name in names}
            request.write({"date_paused": False, "date_complete": now, **dates})

    def _get_due_dates(self, start):
        """Silence has no date until somebody has validated the regime of the procedure."""
        self.ensure_one()
        procedure = self.procedure_id
        start = fields.Datetime.context_timestamp(self, start).date()
        due = start + timedelta(days=procedure.handling_days)
        silence = procedure._get_silence_date(start)
        if silence:
            due = min(due, silence)
        # Red without a margin: the day after the due date.
        red = due - timedelta(days=procedure.alert_red_days or -1)
        orange = due - timedelta(days=procedure.alert_orange_days)
        return {
            "date_due": due,
            "date_orange": orange,
            "date_red": red,
            "date_silence": silence,
        }
