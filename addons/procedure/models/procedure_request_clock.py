from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.territory_base import clock


class ProcedureRequestClock(models.AbstractModel):
    """Dates: stored when the state changes, compared with today when read. No nightly write.

    The clock runs while the request waits for the service; nothing is late elsewhere."""

    _name = "procedure.request.clock"
    _description = "Delays of a request"

    date_complete = fields.Datetime(
        string="Complete since", readonly=True, copy=False, help="Everything asked was received."
    )
    date_paused = fields.Datetime(readonly=True, copy=False)
    date_due = fields.Date(string="Answer due on", readonly=True, index=True, copy=False)
    date_orange = fields.Date(readonly=True, copy=False, groups="base.group_user")
    date_red = fields.Date(readonly=True, copy=False, groups="base.group_user")
    date_completion_due = fields.Date(string="Expected from the applicant", readonly=True)
    late = fields.Selection(
        [("none", "In time"), ("orange", "Soon due"), ("red", "Late")],
        compute="_compute_late",
        search="_search_late",
    )
    age_days = fields.Integer(
        string="Age (days)", compute="_compute_age_days", search="_search_age_days"
    )

    @api.depends_context("uid")
    @api.depends("state", "date_orange", "date_red")
    def _compute_late(self):
        """The delays that the service sets itself are not told to applicants. (Not by `groups`: the
        lists are coloured by it, which views then refuse.)"""
        if not self.env.user._is_internal():
            self.late = False
            return
        today = clock.today()
        running = self._get_states_waiting_for("service")
        for request in self:
            request.late = "none"
            if request.state in running:
                if request.date_red and request.date_red <= today:
                    request.late = "red"
                elif request.date_orange and request.date_orange <= today:
                    request.late = "orange"

    def _search_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = clock.today()
        running = Domain("state", "in", self._get_states_waiting_for("service"))
        red = running & Domain("date_red", "<=", today)
        orange = running & Domain("date_orange", "<=", today)
        domains = {"red": red, "orange": orange & ~red, "none": ~orange & ~red}
        return Domain.OR(domain for late, domain in domains.items() if late in value)

    def _field_to_sql(self, alias, field_expr, query=None):
        """Let lists and kanban columns be counted by lateness."""
        if field_expr != "late":
            return super()._field_to_sql(alias, field_expr, query)
        today = clock.today()
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
            running=self._get_states_waiting_for("service"),
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

    # Hooks: what an addon counts with the clock, `super()` always. All run in superuser mode.

    def _start_clock(self, day):
        """Hook: at filing, from the day of reception."""
        now = fields.Datetime.now()
        # Of another day, nobody knows the hour.
        moment = now if day == clock.local_day(now) else clock.midday(day)
        for request in self:
            request.write(
                {
                    "date_submitted": moment,
                    "date_complete": moment,
                    **request._get_due_dates(request._get_aim(day)),
                }
            )

    def _restart_clock(self):
        """Hook: after a reopening, the service has its days again."""
        today = clock.today()
        for request in self:
            request.write(request._get_due_dates(request._get_aim(today)))

    def _get_completion_due(self):
        """Hook: the day proposed to this applicant to send what is missing."""
        self.ensure_one()
        return self.procedure_id._get_completion_due()

    def _check_completion_due(self, due):
        """The day given to the applicant, never one that has passed."""
        self.ensure_one()
        if not due:
            return self._get_completion_due()
        if due <= clock.today():
            raise UserError(
                self.env._("Nobody can send it before that day is over: choose a later one.")
            )
        return self.procedure_id._move_to_working_day(due)

    def _pause_clock(self, due):
        """Hook: the applicant is asked for something until `due`: this time is not the
        service's."""
        now = fields.Datetime.now()
        for request in self:
            request.write({"date_paused": now, "date_complete": False, "date_completion_due": due})

    def _resume_clock(self):
        """Hook: what was asked has come, or is waited for no longer. Before `super()`,
        `date_paused` and `date_completion_due` still say what the pause was."""
        now = fields.Datetime.now()
        today = clock.local_day(now)
        for request in self.filtered("date_paused"):
            request.write(
                {
                    "date_paused": False,
                    "date_completion_due": False,
                    "date_complete": now,
                    **request._get_due_dates(request._get_resumed_due(today)),
                }
            )

    def _get_resumed_due(self, today):
        """Hook: the day of the answer once a pause ends: what the applicant took is given back."""
        self.ensure_one()
        return self.date_due + (today - clock.local_day(self.date_paused))

    def _count_from(self, older):
        """Hook: it stands for this other request too, which was received before: that day
        counts."""
        self.ensure_one()
        aim = self._get_aim(clock.local_day(older.date_submitted))
        due = min(filter(None, (self.date_due, aim)))
        self.write({"date_submitted": older.date_submitted, **self._get_due_dates(due)})

    @api.model
    def _get_clock_fields(self):
        """Hook: what the clock keeps."""
        return {
            "date_submitted",
            "date_complete",
            "date_paused",
            "date_due",
            "date_orange",
            "date_red",
            "date_completion_due",
        }

    def _get_due_limit(self):
        """Hook: a day after which the service may promise no answer; empty: none."""
        return False

    def _get_aim(self, start):
        """The service's own aim, from this day."""
        self.ensure_one()
        return start + timedelta(days=self.procedure_id.handling_days)

    def _get_due_dates(self, due):
        """This day of the answer, or the limit when it comes before; and when the agent is
        warned."""
        self.ensure_one()
        limit = self._get_due_limit()
        if limit:
            due = min(due, limit)
        procedure = self.procedure_id
        return {
            "date_due": due,
            "date_orange": due - timedelta(days=procedure.alert_orange_days),
            # Red without a margin: the day after the due date.
            "date_red": due - timedelta(days=procedure.alert_red_days or -1),
        }
