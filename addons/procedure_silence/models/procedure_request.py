from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.procedure.circuit import Transition
from odoo.addons.procedure.jobs import do_alone
from odoo.addons.territory_base import clock

WARNING = "procedure_silence.mail_activity_silence"
# An acceptance gives a right: it is withdrawn only if unlawful, and soon (CRPA L242-1).
WITHDRAWAL_MONTHS = 4
SILENCE = ("silence_accepts", "silence_refuses")
# Once silence has accepted, none of these is possible any more.
AGAINST_ACCEPTANCE = ("refuse", "ask_completion", "drop", "waiting_list")


class ProcedureRequest(models.Model):
    _name = "procedure.request"
    # Before the request's own, whose hooks it extends.
    _inherit = ["procedure.request.silence", "procedure.request"]

    is_silence_warned = fields.Boolean(readonly=True, copy=False)
    is_silence_near = fields.Boolean(compute="_compute_silence_sentence")
    silence_sentence = fields.Char(compute="_compute_silence_sentence")

    @api.depends("state", "date_silence", "silence_rule", "decision_ids.active")
    def _compute_silence_sentence(self):
        today = clock.today()
        for request in self:
            near = today + timedelta(days=request.procedure_id.silence_warning_days)
            request.is_silence_near = bool(
                request.state in self._get_open_states()
                and request.date_silence
                and request.date_silence <= near
            )
            request.silence_sentence = request._get_silence_banner()

    @api.depends("is_silence_near")
    def _compute_desk_bands(self):
        return super()._compute_desk_bands()

    def _get_desk_bands(self):
        """After what asks for an answer."""
        bands = super()._get_desk_bands()
        if self.is_silence_near:
            bands["silence_near"] = 30
        return bands

    def _get_silence_banner(self):
        """What silence does or did, for the agent."""
        self.ensure_one()
        decision = self._get_implicit_decision()
        if decision.kind == "implicit_accepted":
            return self._get_withdrawal_sentence(decision)
        if decision:
            return self.env._(
                "Refused by silence on %(date)s. The applicant may ask for the reasons (CRPA "
                "L232-4). You may reopen the request and accept it.",
                date=self._format_day(clock.local_day(decision.date)),
            )
        if self.state not in self._get_open_states() or not self.date_silence:
            return ""
        date = self._format_day(self.date_silence)
        if self.is_silence_to_check:
            return self.env._(
                "Day of silence to check: %(date)s, counted when the regime was validated. Nothing "
                "is decided by itself: look at what the law says, then answer.",
                date=date,
            )
        if self._is_silence_over():
            return self._get_over_sentence()
        if self.silence_effect == "accepted":
            return self.env._("Without an answer on %(date)s, this request is accepted.", date=date)
        return self.env._("Without an answer on %(date)s, this request is refused.", date=date)

    def _get_over_sentence(self):
        date = self._format_day(self.date_silence)
        if self.silence_effect == "accepted":
            return self.env._(
                "Silence accepted this request on %(date)s: it can no longer be refused, nor put "
                "off. The acceptance is written tonight; you may also accept it now.",
                date=date,
            )
        return self.env._(
            "Silence refused this request on %(date)s; it is written tonight. You may still "
            "answer yourself.",
            date=date,
        )

    def _get_withdrawal_sentence(self, decision):
        day = clock.local_day(decision.date)
        return self.env._(
            "Accepted by silence on %(date)s. The applicant holds a right: it can be withdrawn "
            "only if it is unlawful, until %(end)s, by a decision with its reasons and once she "
            "was heard (CRPA L242-1, L121-1). Only a manager reopens this request, until that "
            "day.",
            date=self._format_day(day),
            end=self._format_day(day + relativedelta(months=WITHDRAWAL_MONTHS)),
        )

    def _format_day(self, day):
        return format_date(self.env, day, date_format="dd/MM/yyyy")

    def _is_silence_over(self):
        self.ensure_one()
        if not self.date_silence or self.is_silence_to_check:
            return False
        return self.date_silence < clock.today()

    def _get_implicit_decision(self):
        return self.decision_ids.filtered(
            lambda decision: (
                decision.active and decision.kind in ("implicit_accepted", "implicit_refused")
            )
        )[:1]

    # ------------------------------------------------------------
    # What silence does, and forbids
    # ------------------------------------------------------------

    @api.model
    def _get_transitions(self):
        """Silence goes on once the time given to the applicant has passed: from “to complete” too.

        A state of a service addon is left to it: its own transitions say how it ends.
        """
        undecided = ("submitted", "in_review", "to_complete", "waiting_list")
        return {
            **super()._get_transitions(),
            "silence_accepts": Transition(
                undecided,
                "accepted",
                "law",
                decision="implicit_accepted",
                effect="_on_accepted",
                mail="procedure_silence.mail_implicit_accepted",
            ),
            "silence_refuses": Transition(
                undecided,
                "refused",
                "law",
                decision="implicit_refused",
                effect="_on_refused",
                mail="procedure_silence.mail_implicit_refused",
            ),
        }

    def _check_transition(self, name):
        result = super()._check_transition(name)
        if name == "reopen":
            self._check_reopening()
        elif name in SILENCE:
            if not self._is_silence_over():
                raise UserError(self.env._("The delay of %s is not over.", self.number))
        elif self._is_against_acceptance(name) and self.silence_effect == "accepted":
            if self._is_silence_over():
                raise UserError(self._get_over_sentence())
        return result

    def _is_against_acceptance(self, name):
        """A transition of a service addon is too, where an agent puts the answer off by it."""
        transition = self._get_transitions()[name]
        is_of_service = transition.kinds and transition.actor == "agent"
        gives = self.env["procedure.decision"]._get_facts(transition.decision).gives
        is_put_off = self.state in self._get_open_states() and not gives
        return name in AGAINST_ACCEPTANCE or bool(is_of_service and is_put_off)

    def _check_reopening(self):
        decision = self._get_implicit_decision()
        if decision.kind != "implicit_accepted":
            return
        user = self.env.user
        last = clock.local_day(decision.date) + relativedelta(months=WITHDRAWAL_MONTHS)
        is_manager = user._is_superuser() or user.has_groups(
            "territory_base.territory_group_manager,base.group_system"
        )
        if not is_manager or clock.today() > last:
            raise UserError(self._get_withdrawal_sentence(decision))

    def _transition(self, name, by=None, note=""):
        request_sudo = super()._transition(name, by=by, note=note)
        if request_sudo.state not in self._get_open_states():
            request_sudo._forget_warning()
        return request_sudo

    def _pause_clock(self, due):
        """The date moves: the service is warned again before the new one."""
        self._forget_warning()
        return super()._pause_clock(due)

    def _resume_clock(self):
        self._forget_warning()
        return super()._resume_clock()

    def _forget_warning(self):
        self.filtered("is_silence_warned").is_silence_warned = False
        self.activity_unlink([WARNING])

    # ------------------------------------------------------------
    # The daily job
    # ------------------------------------------------------------

    @api.model
    def _cron_silence(self):
        """Decide what silence decided yesterday at the latest, then warn of what it will."""
        jobs = [
            (self._get_over_domain(), "_decide_implicitly"),
            *((domain, "_warn_of_silence") for domain in self._get_warning_domains()),
        ]
        todo = [(request, domain, act) for domain, act in jobs for request in self.search(domain)]
        Cron = self.env["ir.cron"]
        Cron._commit_progress(remaining=len(todo))
        for request, domain, act in todo:
            # Left for tomorrow when somebody handles it at this very moment.
            request = request.try_lock_for_update(allow_referencing=True).filtered_domain(domain)
            if request:
                do_alone(request.with_context(lang=request._get_mail_lang()), act)
            if not Cron._commit_progress(1):
                break

    @api.model
    def _get_over_domain(self):
        return (
            Domain("state", "in", self._get_transitions()["silence_accepts"].before)
            & Domain("date_silence", "<", clock.today())
            & Domain("is_silence_to_check", "=", False)
        )

    @api.model
    def _get_warning_domains(self):
        """One per procedure: each says how many days before."""
        today = clock.today()
        running = (
            Domain("state", "in", self._get_open_states())
            & Domain("date_silence", ">=", today)
            & Domain("is_silence_warned", "=", False)
        )
        for (procedure,) in self._read_group(running, ["procedure_id"]):
            last = today + timedelta(days=procedure.silence_warning_days)
            yield (
                running
                & Domain("procedure_id", "=", procedure.id)
                & Domain("date_silence", "<=", last)
            )

    def _warn_of_silence(self):
        """A task for the agent in charge or, when nobody is, for each agent of the service."""
        self.ensure_one()
        self.is_silence_warned = True
        self._add_tasks(
            self._get_agents(), self._get_silence_banner(), self.date_silence, activity_type=WARNING
        )

    def _get_agents(self):
        self.ensure_one()
        return self.user_id or self.service_id.user_ids

    def _decide_implicitly(self):
        """The law has decided: write it down, do what it does, tell the applicant."""
        self.ensure_one()
        name = "silence_accepts" if self.silence_effect == "accepted" else "silence_refuses"
        day = self._format_day(self.date_silence)
        reasons = self.env._("No answer was given before the end of %s.", day)
        self._run_transition(name, reasons=reasons, day=day)

    def _prepare_decision(self, name, **words):
        vals = super()._prepare_decision(name, **words)
        if name in SILENCE:
            vals["date"] = clock.end_of_day(self.date_silence)
        return vals

    def _run_effect(self, name):
        """A service addon that cannot do its part does not undo what the law decided: people do
        it."""
        if name not in SILENCE:
            return super()._run_effect(name)
        problem = ""
        try:
            with self.env.cr.savepoint():
                super()._run_effect(name)
                self.env.flush_all()
        except UserError as error:
            problem = str(error)
        if name == "silence_accepts":
            summary = self.env._("Accepted by silence: do what follows")
        else:
            summary = self.env._("Refused by silence: see whether to answer")
        self._add_tasks(self._get_agents(), f"{summary}. {problem}".strip(), clock.today())
