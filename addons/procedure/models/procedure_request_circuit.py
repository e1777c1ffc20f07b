from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.locks import lock_or_tell

from .. import delays
from ..circuit import State, Transition


class ProcedureRequestCircuit(models.AbstractModel):
    """The circuit: who may change the state, from what to what, and what is told to whom."""

    _name = "procedure.request.circuit"
    _description = "Circuit of a request"

    is_open = fields.Boolean("In progress", compute="_compute_is_open", search="_search_is_open")

    @api.depends("state")
    def _compute_is_open(self):
        open_states = self._get_open_states()
        underway = self.filtered(lambda request: request.state in open_states)
        underway.is_open, (self - underway).is_open = True, False

    def _search_is_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "in" if True in value else "not in", self._get_open_states())

    # ------------------------------------------------------------
    # States and transitions
    # ------------------------------------------------------------

    @api.model
    def _get_states(self):
        """Hook: what is known of each state. Without rights; no database is read.

        A service addon adds its own to the field `state`, and here: `super()` and yours. The names
        of all services are in one dict: begin yours with a word of the addon, or it overwrites
        that of another one.

        :return: dict: value of `state` → `State`
        """
        return {
            "draft": State(),
            "submitted": State("service", is_column=True),
            "in_review": State("service", is_column=True),
            "to_complete": State("applicant", is_column=True),
            "waiting_list": State("service", is_column=True),
            "accepted": State(),
            "accepted_conditionally": State(),
            "refused": State(),
            "dropped": State(),
            "cancelled": State(),
            "closed": State(),
        }

    @api.model
    def _get_open_states(self):
        """Those in which the request waits for somebody."""
        return tuple(name for name, state in self._get_states().items() if state.waits_for)

    @api.model
    def _get_states_waiting_for(self, whom):
        """:param whom: "service" or "applicant" """
        return tuple(name for name, state in self._get_states().items() if state.waits_for == whom)

    @api.model
    def _get_transitions(self):
        """Hook: the only ways from one state to another, and what comes with each.

        A service addon adds its own, with `kinds`, or changes one (`also_from`, `_replace`):
        `super()` and yours; it runs them by `_run_transition`. No database is read. As with
        states, their names (and those of their effects) begin with a word of the addon.

        :return: dict: name → `Transition`
        """
        asked = ("submitted", "in_review")
        undecided = (*asked, "waiting_list")
        still_open = ("submitted", "in_review", "to_complete", "waiting_list")
        decided = ("accepted", "accepted_conditionally", "refused", "dropped")
        return {
            "take": Transition(
                ("submitted", "to_complete", "waiting_list"),
                "in_review",
                "agent",
                effect="_on_taken",
            ),
            "ask_completion": Transition(
                asked,
                "to_complete",
                "agent",
                effect="_on_completion_asked",
                mail="procedure.mail_completion_asked",
                is_answer=True,
            ),
            "complete": Transition(
                ("to_complete",),
                "in_review",
                "applicant",
                effect="_on_completed",
                mail="procedure.mail_completed",
            ),
            # What was asked came on paper, and the service entered it.
            "receive": Transition(
                ("to_complete",),
                "in_review",
                "agent",
                effect="_on_completed",
                mail="procedure.mail_completed",
            ),
            "waiting_list": Transition(
                asked,
                "waiting_list",
                "agent",
                effect="_on_waiting_list",
                mail="procedure.mail_waiting_list",
                is_answer=True,
            ),
            "accept": Transition(
                undecided,
                "accepted",
                "agent",
                decision="accepted",
                effect="_on_accepted",
                mail="procedure.mail_accepted",
                is_answer=True,
            ),
            "accept_conditionally": Transition(
                undecided,
                "accepted_conditionally",
                "agent",
                decision="accepted_conditionally",
                effect="_on_accepted",
                mail="procedure.mail_accepted_conditionally",
                is_answer=True,
            ),
            "refuse": Transition(
                undecided,
                "refused",
                "agent",
                decision="refused",
                effect="_on_refused",
                mail="procedure.mail_refused",
                needs_reasons=True,
                is_answer=True,
            ),
            # Without decision: duplicate, need withdrawn, no answer from the applicant.
            "drop": Transition(
                still_open,
                "dropped",
                "agent",
                decision="dropped",
                effect="_on_dropped",
                mail="procedure.mail_dropped",
                needs_reasons=True,
                is_answer=True,
            ),
            "cancel": Transition(
                still_open,
                "cancelled",
                "applicant",
                effect="_on_cancelled",
                mail="procedure.mail_cancelled",
            ),
            "close": Transition(
                (*decided, "cancelled"), "closed", "agent", effect="_on_closed", is_answer=True
            ),
            "reopen": Transition(
                (*decided, "closed"),
                "in_review",
                "agent",
                effect="_on_reopened",
                mail="procedure.mail_reopened",
                needs_reasons=True,
                is_answer=True,
            ),
        }

    # ------------------------------------------------------------
    # Acts
    # ------------------------------------------------------------

    def action_take(self):
        """Start the review; the agent who takes it is in charge."""
        for request in self:
            if request.sudo().user_id:
                request._run_transition("take")
                continue
            if request.state == "in_review":
                request._take_untaken()
                continue
            # One line for one act: the change of agent is not told again.
            quiet = request.with_context(mail_notrack=True)
            note = self.env._("Agent: %(name)s", name=self.env.user.name)
            request_sudo = quiet._transition("take", note=note)
            request_sudo.user_id = self.env.user
            request_sudo._follow_transition("take")

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
        """Accept, with or without conditions.

        :raise UserError: the state, the title of the author or a service addon forbids it
        :raise AccessError: not by the service in charge
        """
        name = self._get_act_transition("accept", conditions)
        self._run_transition(name, reasons=reasons, conditions=conditions)

    @api.model
    def _get_act_transition(self, act, conditions=""):
        """The transition of what an agent does: an acceptance with conditions is another one."""
        if act == "accept" and (conditions or "").strip():
            return "accept_conditionally"
        return act

    def action_refuse(self, reasons):
        """:raise: as `action_accept`, and without reasons"""
        self._run_transition("refuse", reasons=reasons)

    def action_drop(self, reasons):
        """Close without decision: duplicate, need withdrawn, no answer from the applicant."""
        self._run_transition("drop", reasons=reasons)

    def action_waiting_list(self, reasons=""):
        self._run_transition("waiting_list", reasons=reasons)

    def action_cancel(self):
        """The applicant withdraws her request."""
        self._cancel(by=self.env.user.partner_id)

    def _cancel(self, by=None):
        """`by` is empty for a visitor who showed number and code."""
        self._run_transition("cancel", by=by)

    def action_close(self):
        self._run_transition("close")

    def action_reopen(self, reason):
        """The previous decision is kept, and no longer in force."""
        self._run_transition("reopen", reasons=reason)

    # ------------------------------------------------------------
    # One transition, from its checks to its words
    # ------------------------------------------------------------

    def _run_transition(self, name, by=None, reasons="", **words):
        """Do a transition whole on each request: checks, state, decision, effects, then words.

        This is how the methods of a service addon run its own transitions; not open to RPC.

        :param by: the applicant who acts; empty for a visitor who showed number and code
        :param reasons: written in the history, the decision, the mail
        :param words: other values of the mail template and of the decision (`conditions`)
        :raise AccessError: not by this person
        :raise UserError: not from this state, not for this kind, without its reasons, or refused by
            `_check_transition`
        """
        if self._get_transitions()[name].needs_reasons:
            self._check_reasons(reasons)
        for request in self:
            request_sudo = request._transition(name, by=by, note=reasons)
            request_sudo._follow_transition(name, reasons=reasons, **words)

    def _follow_transition(self, name, **words):
        """Once the state has changed: the decision, its effects, then what is said of them.

        In superuser mode, after the checks of `_transition`.
        """
        self.ensure_one()
        transition = self._get_transitions()[name]
        decision = self.env["procedure.decision"]
        if transition.decision:
            decision = self._decide(transition.decision, **self._prepare_decision(name, **words))
        self._run_effect(name)
        if decision:
            self._on_decided(decision)
        self._tell_transition(name, **words)

    def _prepare_decision(self, name, reasons="", conditions="", **_words):
        """Hook: values of the decision that this transition writes. In superuser mode.

        :return: dict; `author_id` is who acts, where an agent does
        """
        transition = self._get_transitions()[name]
        return {
            "reasons": reasons,
            "conditions": conditions,
            "author_id": transition.actor == "agent" and self.env.uid,
        }

    def _run_effect(self, name):
        """What the transition does (`_on_…`). In superuser mode, before any word of it is drawn."""
        effect = self._get_transitions()[name].effect
        if effect:
            getattr(self, effect)()

    def _tell_transition(self, name, **words):
        """Hook: tell the applicant, after the effects. In superuser mode.

        :param words: values of the mail template
        """
        template = self._get_mail_template(name)
        if template:
            self._tell_applicant(template, **words)

    def _get_mail_template(self, name):
        """Hook: which mail says this transition to the applicant, by kind and transition.

        In superuser mode, on one request, after the effects.

        :return: XML id of a `mail.template` of `procedure.request`; empty: no mail leaves
        """
        self.ensure_one()
        return self._get_transitions()[name].mail

    # Hooks: what a service addon does then, `super()` always. All run in superuser mode, on one
    # request whose state has changed, before its mail and its letter are drawn, so that they can
    # name what was given. A UserError undoes the transition.

    def _on_taken(self):
        """Hook: an agent started its review."""

    def _on_completion_asked(self):
        """Hook: the applicant is asked for something, which is on `document_line_ids`."""

    def _on_completed(self):
        """Hook: all that was asked has come, from the applicant or entered by the service."""

    def _on_waiting_list(self):
        """Hook: it waits for a place."""

    def _on_accepted(self):
        """Hook: it is accepted, with conditions or by the law too. After the law, a UserError
        undoes only what the hook did: a task asks the service to do it."""

    def _on_refused(self):
        """Hook: it is refused, by the law too."""

    def _on_dropped(self):
        """Hook: it is closed without a decision."""

    def _on_cancelled(self):
        """Hook: the applicant withdrew it."""

    def _on_closed(self):
        """Hook: it is filed away."""

    def _on_reopened(self):
        """Hook: the previous decision no longer counts; undo what it had set off."""

    def _on_decided(self, decision):
        """Hook for addons that store a letter of the decision. In superuser mode, after its
        effects and before its mail."""

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    def _transition(self, name, by=None, note=""):
        """Check who and whence under a lock, change the state, write it down.

        :return: the request in superuser mode: the check is done
        """
        self.ensure_one()
        transition = self._get_transitions()[name]
        self._check_actor(transition.actor, by)
        if transition.is_signed:
            self._check_author()
        request_sudo = self.sudo()
        request_sudo._lock()
        if transition.kinds and request_sudo.kind not in transition.kinds:
            raise UserError(self.env._("%s: this is not done in its procedure.", self.number))
        if request_sudo.state not in transition.before:
            raise UserError(request_sudo._get_too_late_sentence())
        request_sudo._check_transition(name)
        before = request_sudo.state
        request_sudo.write(
            {
                "state": transition.after,
                "state_date": fields.Datetime.now(),
                "state_user_id": transition.actor not in ("law", "system") and self.env.uid,
            }
        )
        if before == "to_complete":
            request_sudo._stop_asking()
            request_sudo._resume_clock()
        request_sudo._log_transition(before, note)
        open_states = self._get_open_states()
        if before not in open_states and transition.after in open_states:
            request_sudo._supersede_decision()
            request_sudo._restart_clock()
        return request_sudo

    def _check_transition(self, name):
        """Hook: what forbids it today. In superuser mode, locked, before anything is written.

        :raise UserError: with a message for the one who acts
        """

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
        lock_or_tell(
            self,
            self.env._(
                "Somebody else is handling this request at this very moment. "
                "Open it again in a few seconds."
            ),
        )
        self.invalidate_recordset(["state", "state_user_id"])

    def _check_actor(self, actor, by=None):
        self.ensure_one()
        user = self.env.user
        if user._is_superuser():
            return
        if actor == "law":
            raise AccessError(self.env._("The law decides this, nobody else."))
        if actor == "system":
            raise AccessError(self.env._("This happens by itself: nobody does it."))
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

    def _decide(self, kind, **vals):
        """Write down the decision; what is said of it comes after its effects."""
        self.ensure_one()
        return self.env["procedure.decision"].create({"request_id": self.id, "kind": kind, **vals})

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
        settled = self._get_settled_sentences()
        if settled and self._is_answered_at_once():
            return " ".join(f"{sentence}." for sentence in settled)
        sentence = self._get_state_sentences(service).get(self.state, "")
        is_waited = self.state in ("submitted", "in_review") and self.date_due
        if is_waited and not self.env.context.get("is_due_said"):
            sentence += " " + self._get_due_sentence()
        return sentence

    def _get_settled_sentences(self):
        """Hook: what is settled as soon as it is sent, an appointment or a receipt: said before
        anything else, on its page, in lists, in its acknowledgment. In superuser mode."""
        self.ensure_one()
        return []

    def _is_answered_at_once(self):
        """Hook: whether what is settled is the answer: then no other one is promised. In superuser
        mode."""
        self.ensure_one()
        return False

    def _get_handled_under(self):
        """Hook: the request of the same applicant that goes on in the place of this one, which is
        closed. In superuser mode."""
        return self.browse()

    def _get_state_sentences(self, service):
        """Hook: what each state means for the applicant.

        :param service: name of the lead service, as a sentence begins with it
        :return: dict: value of `state` → sentence
        """
        return {
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

    def _get_due_sentence(self):
        """Nothing is promised for a day that has passed: a letter may be entered late."""
        day = None if self.sudo()._is_answered_at_once() else self._get_due_day()
        if not day or day < clock.today():
            return ""
        return self.env._("Answer expected by %(date)s.", date=day.strftime("%d/%m/%Y"))

    def _get_due_day(self):
        """As it is promised: a day on which the service works."""
        if not self.date_due:
            return None
        day = delays.last_working_day(self.date_due)
        return day if day >= clock.today() else self.date_due
