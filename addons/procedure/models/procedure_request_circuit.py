from typing import NamedTuple

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError

from .. import delays


class Transition(NamedTuple):
    before: tuple
    after: str
    actor: str  # agent: the lead service or a manager; applicant; law: the job of silence


# The only ways from one state to another. Each is one method below.
TRANSITIONS = {
    "take": Transition(("submitted", "to_complete", "waiting_list"), "in_review", "agent"),
    "ask_completion": Transition(("submitted", "in_review"), "to_complete", "agent"),
    "complete": Transition(("to_complete",), "in_review", "applicant"),
    # What was asked came on paper, and the service entered it.
    "receive": Transition(("to_complete",), "in_review", "agent"),
    "waiting_list": Transition(("submitted", "in_review"), "waiting_list", "agent"),
    "accept": Transition(("submitted", "in_review", "waiting_list"), "accepted", "agent"),
    "accept_conditionally": Transition(
        ("submitted", "in_review", "waiting_list"), "accepted_conditionally", "agent"
    ),
    "refuse": Transition(("submitted", "in_review", "waiting_list"), "refused", "agent"),
    "drop": Transition(
        ("submitted", "in_review", "to_complete", "waiting_list"), "dropped", "agent"
    ),
    "cancel": Transition(
        ("submitted", "in_review", "to_complete", "waiting_list"), "cancelled", "applicant"
    ),
    "close": Transition(
        ("accepted", "accepted_conditionally", "refused", "dropped", "cancelled"),
        "closed",
        "agent",
    ),
    "reopen": Transition(
        ("accepted", "accepted_conditionally", "refused", "dropped", "closed"),
        "in_review",
        "agent",
    ),
    # Silence goes on once the time given to the applicant has passed: from “to complete” too.
    "silence_accepts": Transition(
        ("submitted", "in_review", "to_complete", "waiting_list"), "accepted", "law"
    ),
    "silence_refuses": Transition(
        ("submitted", "in_review", "to_complete", "waiting_list"), "refused", "law"
    ),
}
# Signed by those who take them.
SIGNED = {"accept", "accept_conditionally", "refuse", "drop"}


class ProcedureRequestCircuit(models.AbstractModel):
    """The circuit: who may change the state, from what to what, and what is told to whom."""

    _name = "procedure.request.circuit"
    _description = "Circuit of a request"

    def action_take(self):
        """Start the review; the agent who takes it is in charge."""
        for request in self:
            if request.sudo().user_id:
                request._transition("take")
                continue
            if request.state == "in_review":
                request._take_untaken()
                continue
            # One line for one act: the change of agent is not told again.
            quiet = request.with_context(mail_notrack=True)
            note = self.env._("Agent: %(name)s", name=self.env.user.name)
            quiet._transition("take", note=note).user_id = self.env.user

    def _take_untaken(self):
        """What was asked has come, and nobody was in charge: its review goes on with this agent."""
        self._check_actor("agent")
        request_sudo = self.sudo()
        request_sudo._lock()
        request_sudo.invalidate_recordset(["user_id"])
        if request_sudo.user_id or request_sudo.state != "in_review":
            raise UserError(request_sudo._get_too_late_sentence())
        request_sudo.user_id = self.env.user

    def action_accept(self, reasons="", conditions=""):
        name = "accept_conditionally" if (conditions or "").strip() else "accept"
        for request in self:
            request_sudo = request._transition(name, note=reasons)
            request_sudo._decide(request_sudo.state, reasons=reasons, conditions=conditions)
            request_sudo._tell_applicant(
                f"procedure.mail_{request_sudo.state}", reasons=reasons, conditions=conditions
            )
            request_sudo._on_accepted()

    def action_refuse(self, reasons):
        self._check_reasons(reasons)
        for request in self:
            request_sudo = request._transition("refuse", note=reasons)
            request_sudo._decide("refused", reasons=reasons)
            request_sudo._tell_applicant("procedure.mail_refused", reasons=reasons)
            request_sudo._on_refused()

    def action_drop(self, reasons):
        """Close without decision: duplicate, need withdrawn, no answer from the applicant."""
        self._check_reasons(reasons)
        for request in self:
            request_sudo = request._transition("drop", note=reasons)
            request_sudo._decide("dropped", reasons=reasons)
            request_sudo._tell_applicant("procedure.mail_dropped", reasons=reasons)

    def action_waiting_list(self, reasons=""):
        for request in self:
            request_sudo = request._transition("waiting_list", note=reasons)
            request_sudo._tell_applicant("procedure.mail_waiting_list", reasons=reasons)

    def action_cancel(self):
        """The applicant withdraws her request."""
        for request in self:
            request._cancel(by=self.env.user.partner_id)

    def _cancel(self, by=None):
        """`by` is empty for a visitor who showed number and code."""
        self._transition("cancel", by=by)._tell_applicant("procedure.mail_cancelled")

    def action_close(self):
        for request in self:
            request._transition("close")

    def action_reopen(self, reason):
        """The former decision is kept, and no longer in force."""
        self._check_reasons(reason)
        for request in self:
            request_sudo = request._transition("reopen", note=reason)
            request_sudo._supersede_decision()
            request_sudo._restart_clock()
            request_sudo._tell_applicant("procedure.mail_reopened", reasons=reason)

    def _on_decided(self, decision):
        """Extended by what keeps a letter of it. In superuser mode, after each decision and
        before its mail leaves."""

    def _on_accepted(self):
        """Extended by the trades: what an accepted request does."""

    def _on_refused(self):
        """Extended by the trades."""

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    def _transition(self, name, by=None, note=""):
        """Check who and whence under a lock, change the state, write it down.

        :return: the request in superuser mode: the check is done
        """
        self.ensure_one()
        transition = TRANSITIONS[name]
        self._check_actor(transition.actor, by)
        if name in SIGNED:
            self._check_author()
        request_sudo = self.sudo()
        request_sudo._lock()
        if request_sudo.state not in transition.before:
            raise UserError(request_sudo._get_too_late_sentence())
        request_sudo._check_transition(name)
        before = request_sudo.state
        request_sudo.write(
            {
                "state": transition.after,
                "state_date": fields.Datetime.now(),
                "state_user_id": transition.actor != "law" and self.env.uid,
            }
        )
        if before == "to_complete":
            request_sudo._stop_asking()
            request_sudo._resume_clock()
        request_sudo._log_transition(before, note)
        return request_sudo

    def _check_transition(self, name):
        """Extended by what forbids it today: a sentence is raised. In superuser mode, locked."""

    def _log_transition(self, before, note=""):
        """A note in the history: who, when, from what to what, why."""
        states = dict(self._fields["state"]._description_selection(self.env))
        body = Markup("%s → %s") % (states[before], states[self.state])
        if (note or "").strip():
            body += Markup("<br/>%s") % note
        self._message_log(body=body, **self._get_log_author())

    def _get_log_author(self):
        """Who has no account is the author of what she does: no visitor's account, no robot."""
        if not self.env.user._is_public():
            return {}
        return {"author_id": False, "email_from": self._get_sender(self.applicant_name)}

    def _lock(self):
        """Two persons acting at once: one goes on, the other is told."""
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else is handling this request at this very moment. "
                    "Open it again in a few seconds."
                )
            ) from error
        self.invalidate_recordset(["state", "state_user_id", "date_silence"])

    def _check_actor(self, actor, by=None):
        self.ensure_one()
        user = self.env.user
        if user._is_superuser():
            return
        if actor == "law":
            raise AccessError(self.env._("The law decides this, nobody else."))
        if actor == "agent":
            if not self._is_handled_by(user):
                raise AccessError(
                    self.env._("Only the service in charge of this request does this.")
                )
        elif self.sudo().applicant_id or not self.env.su or by:
            if by is not None and user._is_portal() and by != user.partner_id:
                raise AccessError(self.env._("You act in your own name only."))
            if not self._is_applicant(by):
                raise AccessError(self.env._("Only the applicant does this."))

    def _get_too_late_sentence(self):
        self.ensure_one()
        states = dict(self._fields["state"]._description_selection(self.env))
        # No page names an agent to an applicant.
        handler_sudo = self.env.user._is_internal() and self.sudo().state_user_id
        if not handler_sudo:
            return self.env._(
                "Request %(number)s is now “%(state)s”.",
                number=self.number,
                state=states[self.state],
            )
        return self.env._(
            "Request %(number)s has just been handled by %(user)s: it is now “%(state)s”.",
            number=self.number,
            user=handler_sudo.name,
            state=states[self.state],
        )

    @api.model
    def _check_author(self):
        """A decision bears the name and the title of its author (CRPA L212-1)."""
        problem = self._get_author_problem(self.env.user)
        if problem:
            raise UserError(problem)

    @api.model
    def _get_author_problem(self, user):
        """Why this user cannot sign a decision, and who mends it; empty when she can."""
        if user._is_superuser() or (user.sudo().partner_id.function or "").strip():
            return ""
        return self.env._(
            "Your title is missing: by law, a decision says the name and the title of its "
            "author (CRPA, article L212-1). Your manager writes it in E-Territoire > "
            "Configuration > Agents; nothing was sent meanwhile."
        )

    @api.model
    def _check_reasons(self, reasons):
        if not (reasons or "").strip():
            raise UserError(self.env._("Write the reason: the applicant reads it."))

    def _decide(self, kind, author=None, **vals):
        self.ensure_one()
        author = self.env.user if author is None else author
        decision = self.env["procedure.decision"].create(
            {"request_id": self.id, "kind": kind, "author_id": author.id, **vals}
        )
        self._on_decided(decision)
        return decision

    def _supersede_decision(self):
        former = self.decision_ids.filtered("active")
        former.write({"active": False, "superseded_on": fields.Datetime.now()})
        former.flush_recordset()

    # ------------------------------------------------------------
    # Words
    # ------------------------------------------------------------

    def _status_sentence(self):
        """Where the request stands, for the applicant.

        Context `is_due_said`: beside it stands a sentence that holds the day of the answer.
        """
        self.ensure_one()
        service_sudo = self.sudo().service_id
        service = service_sudo._get_name_said(is_first=True)
        texts = {
            "draft": self.env._("You have not sent it yet."),
            "submitted": self.env._(
                "%(service)s received your request and will read it.", service=service
            ),
            "in_review": self.env._("%(service)s is looking at your request.", service=service),
            "to_complete": self.env._("Your request waits for something from you."),
            "waiting_list": self.env._("Your request is on the waiting list."),
            "accepted": self.env._("Your request is accepted."),
            "accepted_conditionally": self.env._("Your request is accepted, with conditions."),
            "refused": self.env._("Your request is refused."),
            "dropped": self.env._("Your request was closed without a decision."),
            "cancelled": self.env._("You withdrew this request."),
            "closed": self.env._("This request is finished."),
        }
        sentence = texts[self.state]
        is_waited = self.state in ("submitted", "in_review") and self.date_due
        if is_waited and not self.env.context.get("is_due_said"):
            sentence += " " + self._get_due_sentence()
        return sentence

    def _get_due_sentence(self):
        """Nothing is promised for a day that has passed: a letter may be entered late."""
        day = self._get_due_day()
        if not day or day < delays.local_day(fields.Datetime.now()):
            return ""
        return self.env._("Answer expected by %(date)s.", date=day.strftime("%d/%m/%Y"))

    def _get_due_day(self):
        """As it is promised: a day on which the service works."""
        if not self.date_due:
            return None
        day = delays.last_working_day(self.date_due)
        return day if day >= delays.local_day(fields.Datetime.now()) else self.date_due
