from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .. import delays


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
    date_silence = fields.Date(
        readonly=True,
        index="btree_not_null",
        copy=False,
        help="Without an answer, the request is accepted or refused by law at the end of this day.",
    )
    silence_rule = fields.Json(
        readonly=True, copy=False, help="The rule of the day it was filed: it stays the same."
    )
    is_silence_to_check = fields.Boolean(
        string="Silence date to check",
        readonly=True,
        copy=False,
        help="It had passed, or cannot be told for sure, when the regime was validated: silence "
        "then decides nothing by itself.",
    )
    silence_effect = fields.Selection(
        [("accepted", "Accepts"), ("refused", "Refuses")],
        string="Silence",
        compute="_compute_silence_effect",
    )
    date_completion_due = fields.Date(string="Expected from the applicant", readonly=True)
    late = fields.Selection(
        [("none", "In time"), ("orange", "Soon due"), ("red", "Late")],
        compute="_compute_late",
        search="_search_late",
    )
    age_days = fields.Integer(
        string="Age (days)", compute="_compute_age_days", search="_search_age_days"
    )

    @api.depends("silence_rule")
    def _compute_silence_effect(self):
        for request in self:
            request.silence_effect = (request.silence_rule or {}).get("effect")

    @api.depends_context("uid")
    @api.depends("state", "date_orange", "date_red")
    def _compute_late(self):
        """The delays that the service sets itself are not told to applicants. (Not by `groups`: the
        lists are coloured by it, which views then refuse.)"""
        if not self.env.user._is_internal():
            self.late = False
            return
        today = fields.Date.context_today(self)
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
        today = fields.Date.context_today(self)
        running = Domain("state", "in", self._get_states_waiting_for("service"))
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

    def _start_clock(self, day):
        """At filing, from the day of reception. Runs in superuser mode, as all that follows."""
        now = fields.Datetime.now()
        # Of another day, nobody knows the hour.
        moment = now if day == delays.local_day(now) else delays.midday(day)
        for request in self:
            rule = request.procedure_id._get_silence_rule()
            silence = delays.silence_date(rule, day) if rule else False
            request.write(
                {
                    "date_submitted": moment,
                    "date_complete": moment,
                    # Frozen: the acknowledgment tells the applicant this date.
                    "silence_rule": rule and rule._asdict(),
                    "date_silence": silence,
                    **request._get_due_dates(day, silence),
                }
            )

    def _find_silence(self, rule):
        """Of a request that was open before anybody answered for its regime: the law counted.

        :return: (date or none, whether somebody has to look at it)
        """
        self.ensure_one()
        received = delays.local_day(self.date_submitted)
        is_complete = self.date_complete
        if rule.from_complete:
            if not is_complete:
                return None, False
            silence = delays.silence_date(rule, delays.local_day(is_complete))
        else:
            silence = delays.silence_date(rule, received)
            if self.date_paused and self.date_completion_due:
                asked_on = delays.local_day(self.date_paused)
                silence = delays.paused(rule, silence, asked_on, self.date_completion_due)
        # How long an earlier pause lasted is not known.
        was_paused = not is_complete or delays.local_day(is_complete) != received
        is_unsure = was_paused and not rule.from_complete and not self.date_paused
        return silence, is_unsure or silence < delays.local_day(fields.Datetime.now())

    def _recall_silence(self):
        """Their regime has just been validated: it was the law before."""
        for request in self:
            rule = request.procedure_id._get_silence_rule()
            silence, is_to_check = request._find_silence(rule)
            dates = {}
            if silence and not is_to_check and request.date_due:
                dates = request._get_alert_dates(request.date_due, silence)
            request.write(
                {
                    "silence_rule": rule._asdict(),
                    "date_silence": silence,
                    "is_silence_to_check": is_to_check,
                    **dates,
                }
            )
            request._message_log(body=request._get_recalled_sentence())

    def _get_recalled_sentence(self):
        """For the history, which the staff reads."""
        self.ensure_one()
        start = self.env._(
            "The regime of silence was validated by %(user)s: it was already the law.",
            user=self.env.user.name,
        )
        if not self.date_silence:
            end = self.env._("The delay starts once the file is complete.")
        elif self.is_silence_to_check:
            end = self.env._(
                "Counted from the receipt, the day of silence is %(date)s: to check. Nothing is "
                "decided by itself.",
                date=self.date_silence.strftime("%d/%m/%Y"),
            )
        else:
            end = self.env._(
                "Counted from the receipt, the day of silence is %(date)s. The acknowledgment did "
                "not say it.",
                date=self.date_silence.strftime("%d/%m/%Y"),
            )
        return f"{start} {end}"

    def _restart_clock(self):
        """After a reopening: the service has its days again. Somebody answered once already, so
        that silence says nothing more."""
        today = delays.local_day(fields.Datetime.now())
        for request in self:
            request.write(
                {
                    "date_silence": False,
                    "is_silence_to_check": False,
                    **request._get_due_dates(today, False),
                }
            )

    def _check_completion_due(self, due):
        """The day given to the applicant, never one that has passed."""
        self.ensure_one()
        if not due:
            return self.procedure_id._get_completion_due()
        if due <= delays.local_day(fields.Datetime.now()):
            raise UserError(
                self.env._("Nobody can send it before that day is over: choose a later one.")
            )
        return self.procedure_id._move_to_working_day(due)

    def _pause_clock(self, due):
        """The applicant is asked for something until `due`: this time is not the service's."""
        now = fields.Datetime.now()
        for request in self:
            silence = request.date_silence
            if silence:
                silence = delays.paused(
                    request._get_silence_rule(), silence, delays.local_day(now), due
                )
            request.write(
                {
                    "date_paused": now,
                    "date_complete": False,
                    "date_completion_due": due,
                    "date_silence": silence,
                }
            )

    def _resume_clock(self):
        now = fields.Datetime.now()
        today = delays.local_day(now)
        for request in self.filtered("date_paused"):
            rule = request._get_silence_rule()
            silence = request.date_silence
            # None after a reopening: silence says nothing more.
            if rule and (silence or rule.from_complete and not request._was_decided()):
                silence = delays.resumed(rule, silence, request.date_completion_due, today)
            if rule and rule.from_complete:
                dates = request._get_due_dates(today, silence)
            else:
                pause = today - delays.local_day(request.date_paused)
                dates = request._get_alert_dates(request.date_due + pause, silence)
            request.write(
                {
                    "date_paused": False,
                    "date_completion_due": False,
                    "date_complete": now,
                    "date_silence": silence,
                    **dates,
                }
            )

    def _get_silence_rule(self):
        self.ensure_one()
        return self.silence_rule and delays.Rule(**self.silence_rule)

    def _was_decided(self):
        self.ensure_one()
        return bool(self.with_context(active_test=False).decision_ids)

    def _get_due_dates(self, start, silence):
        """The service's own aim, from this day."""
        self.ensure_one()
        due = start + timedelta(days=self.procedure_id.handling_days)
        return self._get_alert_dates(due, silence)

    def _get_alert_dates(self, due, silence):
        """Never after the day when silence answers."""
        self.ensure_one()
        if silence:
            due = min(due, silence)
        procedure = self.procedure_id
        return {
            "date_due": due,
            "date_orange": due - timedelta(days=procedure.alert_orange_days),
            # Red without a margin: the day after the due date.
            "date_red": due - timedelta(days=procedure.alert_red_days or -1),
        }
