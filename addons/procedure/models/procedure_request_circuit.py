from collections import Counter
from typing import NamedTuple

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError

from .. import engine
from ..exceptions import AnswersInvalid


class Transition(NamedTuple):
    before: tuple
    after: str
    actor: str  # agent: the lead service or a manager; applicant


# The only ways from one state to another. Each is one method below.
TRANSITIONS = {
    "take": Transition(("submitted", "to_complete", "waiting_list"), "in_review", "agent"),
    "ask_completion": Transition(("submitted", "in_review"), "to_complete", "agent"),
    "complete": Transition(("to_complete",), "in_review", "applicant"),
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
}


class ProcedureRequestCircuit(models.AbstractModel):
    """The circuit: who may change the state, from what to what, and what is told to whom."""

    _name = "procedure.request.circuit"
    _description = "Circuit of a request"

    def action_take(self):
        """Start the review; the agent who takes it is in charge."""
        for request in self:
            request_sudo = request._transition("take")
            request_sudo._stop_asking()
            request_sudo._resume_clock()
            if not request_sudo.user_id:
                request_sudo.user_id = self.env.user

    def action_ask_completion(self, items, message="", due=None):
        """Ask the applicant for these items, and only these.

        :param items: list of dict: `line_id` (a document given) or `field_key` (a question of
            the form) or `label` (another document), and `reason`
        :param due: the day by which they are expected
        """
        self.ensure_one()
        if not items:
            raise UserError(self.env._("Choose what the applicant must correct."))
        if any(not (item.get("reason") or "").strip() for item in items):
            raise UserError(self.env._("Say, for each item, what is wrong with it."))
        request_sudo = self._transition("ask_completion", note=message)
        for item in items:
            request_sudo._ask_item(item, due)
        request_sudo._pause_clock()
        request_sudo._tell_applicant(
            "procedure.mail_completion_asked", message=message, due=due and fields.Date.to_date(due)
        )

    def action_accept(self, reasons="", conditions=""):
        name = "accept_conditionally" if (conditions or "").strip() else "accept"
        for request in self:
            request_sudo = request._transition(name, note=reasons)
            request_sudo._decide(request_sudo.state, reasons, conditions)
            request_sudo._tell_applicant(
                f"procedure.mail_{request_sudo.state}", reasons=reasons, conditions=conditions
            )
            request_sudo._on_accepted()

    def action_refuse(self, reasons):
        self._check_reasons(reasons)
        for request in self:
            request_sudo = request._transition("refuse", note=reasons)
            request_sudo._decide("refused", reasons)
            request_sudo._tell_applicant("procedure.mail_refused", reasons=reasons)
            request_sudo._on_refused()

    def action_drop(self, reasons):
        """Close without decision: duplicate, need withdrawn, no answer from the applicant."""
        self._check_reasons(reasons)
        for request in self:
            request_sudo = request._transition("drop", note=reasons)
            request_sudo._decide("dropped", reasons)
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
        """`by` is empty for who showed the number and the code of a request without account."""
        self._transition("cancel", by=by)._tell_applicant("procedure.mail_cancelled")

    def action_close(self):
        for request in self:
            request._transition("close")

    def action_reopen(self, reason):
        """The former decision is kept, and no longer in force."""
        self._check_reasons(reason)
        for request in self:
            request_sudo = request._transition("reopen", note=reason)
            former = request_sudo.decision_ids.filtered("active")
            former.write({"active": False, "superseded_on": fields.Datetime.now()})
            former.flush_recordset()
            request_sudo._tell_applicant("procedure.mail_reopened", reasons=reason)

    def _on_accepted(self):
        """Extended by the trades: what an accepted request does."""

    def _on_refused(self):
        """Extended by the trades."""

    # ------------------------------------------------------------
    # Completion by the applicant
    # ------------------------------------------------------------

    def _get_asked_items(self):
        """What the applicant is asked for now, one entry per input.

        :return: list of dict(key, label, type, field, lines, reason, date_due)
        """
        self.ensure_one()
        form_fields = {field.key: field for field in self.sudo().version_id.field_ids}
        items = {}
        for line_sudo in self.sudo().document_line_ids.filtered("asked"):
            field = form_fields.get(line_sudo.field_key)
            item = items.setdefault(
                line_sudo.input_key,
                {
                    "key": line_sudo.input_key,
                    "label": line_sudo.label,
                    "type": field.type if line_sudo.is_answer else "file",
                    "field": field,
                    "lines": line_sudo.browse(),
                    "reason": "",
                    "date_due": line_sudo.date_due,
                },
            )
            item["lines"] |= line_sudo
            item["reason"] = " ".join(filter(None, (item["reason"], line_sudo.reason)))
        return list(items.values())

    def _complete(self, *, answers=None, files=None, by=None):
        """Take in what was asked, and nothing else. Sending the same twice has one effect.

        :param by: the applicant; empty for who showed number and code
        :return: True once nothing more is asked
        :raise AnswersInvalid: nothing was changed
        """
        self.ensure_one()
        self._check_actor("applicant", by)
        raw, files = answers or {}, files or {}
        request_sudo = self.sudo()
        request_sudo._lock()
        items = request_sudo._get_asked_items()
        asked = {item["key"] for item in items}
        sent = {name.partition(".")[0] for name in raw} | set(files)
        if not items or (sent and not sent & asked):
            request_sudo._check_already_received(raw, files)
            return not items
        corrected, given = request_sudo._check_completion(items, raw, files)
        if not corrected and not given:
            errors = {
                item["key"]: self.env["procedure.field"]._get_missing_sentence(item["type"])
                for item in items
            }
            raise AnswersInvalid(errors)
        if corrected:
            request_sudo._correct_answers(corrected)
        for item in items:
            if item["key"] in corrected:
                item["lines"].write({"state": "received", "asked": False})
            elif item["key"] in given:
                request_sudo._receive_item(item, given[item["key"]], by)
        if request_sudo.document_line_ids.filtered("asked"):
            return False
        request_sudo._transition("complete", by=by)
        request_sudo._resume_clock()
        request_sudo._tell_applicant("procedure.mail_completed")
        request_sudo._remind_agent(self.env._("The applicant sent what was asked."))
        return True

    def _check_already_received(self, raw, files):
        """What is sent again was received the first time; what is no longer asked is refused
        aloud, so that nobody believes that it arrived."""
        hashes = {upload["sha256"] for uploads in files.values() for upload in uploads}
        keys = {name.partition(".")[0] for name in raw}
        given, _problems = self._validate_alone(keys, raw)
        received = self.answers or {}
        if hashes <= set(self.document_line_ids.document_id.mapped("sha256")) and all(
            received.get(key) == value for key, value in given.items()
        ):
            return
        raise UserError(
            self.env._(
                "This is no longer asked for: the service has gone on with your request. "
                "Send it a message if you have something to add."
            )
        )

    def _correct_answers(self, corrected):
        """A correction may hide questions: their answers no longer count."""
        answers = {**self.answers, **corrected}
        file_counts = Counter(self.document_line_ids.mapped("field_key"))
        form_fields = self.version_id.field_ids._to_engine()
        visible = {*engine.visible_keys(form_fields, answers, file_counts), *corrected}
        self.answers = {key: value for key, value in answers.items() if key in visible}
        self._index_answers()

    def _validate_alone(self, keys, raw):
        """These questions asked by themselves: neither their conditions nor the others matter."""
        return engine.validate(
            [
                engine.unconditional(field)
                for field in self.version_id.field_ids._to_engine()
                if field.key in keys
            ],
            {name: value for name, value in raw.items() if name.partition(".")[0] in keys},
            today=fields.Date.context_today(self),
            find_commune=self._find_commune,
        )

    def _check_completion(self, items, raw, files):
        """(answers, files) of the asked items only."""
        Field = self.env["procedure.field"]
        keys = {item["key"] for item in items if item["type"] != "file"}
        answers, problems = self._validate_alone(keys, raw)
        types = {item["key"]: item["type"] for item in items}
        errors = {
            key: Field._get_error_sentence(types[key], problem)
            for key, problem in problems.items()
            if problem.code != "missing"
        }
        given = {}
        for item in items:
            uploads = files.get(item["key"])
            if item["type"] != "file" or not uploads:
                continue
            maximum = max(item["field"].max_files if item["field"] else 1, len(item["lines"]))
            if len(uploads) > maximum:
                problem = engine.Problem(
                    "too_many_files", (("count", len(uploads)), ("max", maximum))
                )
                errors[item["key"]] = Field._get_error_sentence("file", problem)
            given[item["key"]] = uploads
        if errors:
            raise AnswersInvalid(errors)
        return answers, given

    def _receive_item(self, item, uploads, by):
        """New documents; what was refused stays, with its reason."""
        giver = by or self.applicant_id
        for upload in uploads:
            self._create_line(item["lines"][0].field_key, item["label"], upload, giver)
        empty = item["lines"].filtered(lambda line: not line.document_id)
        empty.unlink()
        (item["lines"] - empty).write({"asked": False})

    def _ask_item(self, item, due):
        Line = self.env["procedure.document.line"]
        vals = {"asked": True, "reason": item["reason"], "date_due": due}
        if item.get("line_id"):
            line = self.document_line_ids.filtered(lambda line: line.id == item["line_id"])
            if not line:
                raise UserError(self.env._("This document belongs to another request."))
            line.write({"state": "refused" if line.document_id else "to_provide", **vals})
            return
        field = self.version_id.field_ids.filtered(lambda field: field.key == item.get("field_key"))
        label = field.label or item.get("label")
        if not label:
            raise UserError(self.env._("Name the document that you ask for."))
        Line.create(
            {
                "request_id": self.id,
                "field_key": field.key,
                "label": label,
                "is_answer": bool(field) and field.type != "file",
                "state": "to_provide",
                **vals,
            }
        )

    def _stop_asking(self):
        """The agent goes on without: nothing more is asked of the applicant."""
        asked = self.document_line_ids.filtered("asked")
        asked.filtered(lambda line: line.state == "to_provide" and not line.document_id).unlink()
        asked.exists().write({"asked": False})

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
        request_sudo = self.sudo()
        request_sudo._lock()
        if request_sudo.state not in transition.before:
            raise UserError(request_sudo._get_too_late_sentence())
        before = request_sudo.state
        request_sudo.write(
            {
                "state": transition.after,
                "state_date": fields.Datetime.now(),
                "state_user_id": self.env.uid,
            }
        )
        request_sudo._log_transition(before, note)
        return request_sudo

    def _log_transition(self, before, note=""):
        """A note in the history: who, when, from what to what, why."""
        states = dict(self._fields["state"]._description_selection(self.env))
        body = Markup("%s → %s") % (states[before], states[self.state])
        if (note or "").strip():
            body += Markup("<br/>%s") % note
        self._message_log(body=body)

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
        self.invalidate_recordset(["state"])

    def _check_actor(self, actor, by=None):
        self.ensure_one()
        user = self.env.user
        if user._is_superuser():
            return
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
        return self.env._(
            "Request %(number)s has just been handled by %(user)s: it is now “%(state)s”.",
            number=self.number,
            user=self.state_user_id.name or self.env._("somebody else"),
            state=states[self.state],
        )

    @api.model
    def _check_reasons(self, reasons):
        if not (reasons or "").strip():
            raise UserError(self.env._("Write the reason: the applicant reads it."))

    def _decide(self, kind, reasons="", conditions=""):
        self.ensure_one()
        self.env["procedure.decision"].create(
            {
                "request_id": self.id,
                "kind": kind,
                "reasons": reasons,
                "conditions": conditions,
                "author_id": self.env.uid,
            }
        )

    # ------------------------------------------------------------
    # Words
    # ------------------------------------------------------------

    def _status_sentence(self):
        """Where the request stands, for the applicant."""
        self.ensure_one()
        service = self.sudo().service_id.name or ""
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
        if self.state in ("submitted", "in_review") and self.date_due:
            sentence += " " + self._get_due_sentence()
        return sentence

    def _get_due_sentence(self):
        if not self.date_due:
            return ""
        return self.env._("Answer expected by %(date)s.", date=self.date_due.strftime("%d/%m/%Y"))
