from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.territory_base.tools import normalize

from .household_change import DECIDABLE
from .procedure_procedure import EVENT, HOUSEHOLD, REPORTS

STAFF = "base.group_user"
# What answers a report, or takes it back.
DECISIONS = ("accept", "accept_conditionally", "refuse", "drop", "cancel")


class ProcedureRequest(models.Model):
    _name = "procedure.request"
    _inherit = ["procedure.request.linking", "procedure.request"]

    change_id = fields.Many2one(
        "household.change",
        "Reported change",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=STAFF,
    )
    change_line_ids = fields.Many2many(
        "household.change.line",
        string="What is reported",
        compute="_compute_change_line_ids",
        groups=STAFF,
        help="For those who read the file that it would change.",
    )

    @api.depends("change_id")
    @api.depends_context("uid")
    def _compute_change_line_ids(self):
        changes_sudo = self.sudo().change_id
        lines = self.env["household.change.line"].search([("change_id", "in", changes_sudo.ids)])
        by_change = lines.grouped("change_id")
        for request in self:
            request.change_line_ids = by_change.get(request.sudo().change_id, lines.browse())

    # ------------------------------------------------------------
    # Filing
    # ------------------------------------------------------------

    def _get_event(self):
        self.ensure_one()
        code = (self.answers or {}).get(EVENT)
        return self.env["situation.events"]._find(self.procedure_id.kind, code)

    def _get_change_subject(self):
        """Whose file it is about: the organisation, or the household where she lives today."""
        self.ensure_one()
        known = self.change_id.subject_id
        if self.procedure_id.kind == HOUSEHOLD:
            return self.applicant_id._current_household() if self.applicant_id else known
        return self.acting_for_id or known

    def _get_change_requester(self):
        """Who says it; of an organisation for which somebody without account calls, the
        organisation itself, as the staff chose it. Nobody: no file was found yet."""
        self.ensure_one()
        return self.applicant_id or self.change_id.requester_id or self.acting_for_id

    def _check_filing(self):
        errors = super()._check_filing()
        requester = self._get_change_requester()
        # Without account an agent reads it and finds the file.
        if errors or self.procedure_id.kind not in REPORTS or not requester:
            return errors
        is_typed = self.channel != "web"
        subject, event = self._get_change_subject(), self._get_event()
        if event and event.is_by_staff and not is_typed:
            return {EVENT: event.get_own_sentence(self.env)}
        if not subject:
            return {} if is_typed else {AnswersInvalid.FORM: self._get_no_subject_sentence()}
        if not event or not event.proposes:
            return errors
        if is_typed and self._lacks_answers(event):
            return errors
        errors = event.get_errors(self.env, self.answers)
        # Who passes on what she was told, and does not read the file, learns nothing of it.
        if errors or (is_typed and not subject.sudo(False)._is_file_read_by_user()):
            return errors
        if errors := event.get_applicant_errors(requester.sudo(), self.answers):
            return errors
        values = event.get_changes(self.answers, requester)
        changes = self.env["household.change"].with_context(only_one_value=not is_typed)
        found = changes._get_problems(subject, requester, values)
        return {AnswersInvalid.FORM: " ".join(dict.fromkeys(found))} if found else {}

    def _check_entered_service(self):
        """It is passed on to the service that decides, whoever was told of it (CRPA L114-2)."""
        if self.procedure_id.kind in REPORTS:
            return {}
        return super()._check_entered_service()

    @api.model
    def _get_other_service_problem(self, channel, procedure):
        if procedure.sudo().kind in REPORTS:
            return ""
        return super()._get_other_service_problem(channel, procedure)

    def _lacks_answers(self, event):
        """A paper that does not say all: it is taken as it came, and the rest is asked for."""
        asked = self.version_id.field_ids.filtered(lambda field: field.required)
        return any(field.key in event.keys and field.key not in self.answers for field in asked)

    def _get_no_subject_sentence(self):
        if self.procedure_id.kind == HOUSEHOLD:
            return self.env._("We do not know where you live yet: say it first, in “My household”.")
        return self.env._("Say for which organisation you report this.")

    def _on_submitted(self):
        for request in self.filtered(lambda each: each.procedure_id.kind in REPORTS):
            request._propose_change()
        return super()._on_submitted()

    def _propose_change(self):
        """The lines of what was reported, to be decided. None where an agent only reads it, or
        finds the file."""
        requester, event = self._get_change_requester(), self._get_event()
        subject = self._get_change_subject()
        if not requester or not subject or not event or not event.proposes:
            return
        values = event.get_changes(self.answers, requester)
        changes = self.env["household.change"]
        if self.channel != "web" and changes._get_problems(subject, requester, values):
            # Entered as it came: it is proposed once all of it is there.
            return
        changes._propose(
            subject,
            requester,
            values,
            typed_by_id=self.entered_by_id.id,
            request_ids=[fields.Command.link(self.id)],
        )

    def _on_completed(self):
        """What was corrected is what is decided on."""
        requester = self._get_change_requester()
        event = requester and self._get_event()
        if self.procedure_id.kind in REPORTS and event and event.proposes:
            if self.change_id:
                values = event.get_changes(self._get_reported_answers(), requester)
                self.change_id._propose_again(values)
            elif self._get_change_subject():
                self._propose_change()
        return super()._on_completed()

    # ------------------------------------------------------------
    # What it is about, in a few words
    # ------------------------------------------------------------

    @api.depends("change_id")
    def _compute_who(self):
        return super()._compute_who()

    def _get_short_name(self):
        """Who reads the request, and not the file, is told the event only; so is everybody of one
        without account, which has no file yet."""
        if self.procedure_id.sudo().kind not in REPORTS:
            return super()._get_short_name()
        lines_sudo = self.sudo().change_id.line_ids
        told = self._describe_lines(lines_sudo, self.change_line_ids) or self._get_event_words()
        return told or super()._get_short_name()

    def _get_event_words(self):
        """The event in the words of its form; empty when nobody chose one."""
        request_sudo = self.sudo()
        code = (request_sudo.answers or {}).get(EVENT)
        asked = request_sudo.version_id.field_ids.filtered(lambda field: field.key == EVENT)
        return asked._format_answer(code) if asked and code else ""

    def _describe_lines(self, lines_sudo, named):
        """“Death (Jean Durand)”, once each.

        :param named: lines of which the name is shown too
        """
        said = dict.fromkeys(
            self.env._("%(event)s (%(name)s)", event=line_sudo._get_title(), name=name)
            if (name := line_sudo.id in named.ids and line_sudo._get_named())
            else line_sudo._get_title()
            for line_sudo in lines_sudo
        )
        return ", ".join(said)

    def _get_matter(self):
        """What happened, and to whom."""
        if self.procedure_id.kind not in REPORTS:
            return super()._get_matter()
        lines = self.change_id.line_ids
        if lines:
            return {(line.type, normalize(line._get_named())) for line in lines}
        answers = self.answers or {}
        names = [
            normalize(str(answers[key]))
            for part in ("_firstname", "_lastname")
            for key in sorted(answers)
            if key.endswith(part)
        ]
        return {(answers.get(EVENT), " ".join(names))}

    # ------------------------------------------------------------
    # Decision: that of the request and those of its lines are one
    # ------------------------------------------------------------

    def _check_transition(self, name):
        if self.change_id and name in DECISIONS:
            self._check_lines(name)
        return super()._check_transition(name)

    def _check_lines(self, name):
        if name != "cancel" and not self.env.user._is_superuser():
            self.change_id.sudo(False)._check_file_decider()
        lines = self.change_id.line_ids
        waiting = lines.filtered(lambda line: line.state == "proposed")
        if name in ("accept", "accept_conditionally"):
            stale = waiting.filtered(lambda line: line._is_stale())
            if stale:
                raise UserError(
                    self.env._(
                        "%(lines)s: this changed since it was reported. Decide line by line.",
                        lines=", ".join(stale.mapped("label")),
                    )
                )
        elif "accepted" not in lines.mapped("state"):
            return
        elif name == "cancel":
            raise UserError(
                self.env._("Part of what you reported is done already: call us to change it.")
            )
        elif waiting:
            raise UserError(
                self.env._("Some lines are accepted already: decide on the others one by one.")
            )
        else:
            raise UserError(
                self.env._("What was reported is done already: accept it again, or close it.")
            )

    def _decide_lines(self, method, *args):
        waiting = self.change_id.line_ids.filtered(lambda line: line.state == "proposed")
        getattr(waiting, method)(*args)

    def _get_decision_reasons(self):
        return self.decision_ids.filtered("active")[:1].reasons

    def _on_accepted(self):
        self._decide_lines("action_accept")
        return super()._on_accepted()

    def _on_refused(self):
        self._decide_lines("action_refuse", self._get_decision_reasons())
        return super()._on_refused()

    def _on_dropped(self):
        self._decide_lines("action_refuse", self._get_decision_reasons())
        return super()._on_dropped()

    def _on_cancelled(self):
        self.change_id._withdraw()
        return super()._on_cancelled()

    def _on_reopened(self):
        self.change_id._reopen()
        return super()._on_reopened()

    def _on_change_decided(self):
        """Its last line was decided: that is the answer. In superuser mode."""
        if self.state not in DECIDABLE:
            return
        lines = self.change_id.line_ids
        # Once each: of several children, whose number is told to nobody either.
        reasons = "\n".join(
            dict.fromkeys(
                self.env._("%(label)s: %(reason)s", label=line.label, reason=reason)
                for line in lines
                if (reason := line._get_undone_reason())
            )
        )
        states = set(lines.mapped("state"))
        is_done = "accepted" in states
        if is_done and reasons:
            reasons = self.env._("This was not changed:") + "\n" + reasons
        # A sheet that had changed in between refuses nothing to anybody.
        undone = "refuse" if "refused" in states else "drop"
        self._run_transition("accept" if is_done else undone, reasons=reasons)

    def _get_decided_facts(self, kind=None):
        """What happened, then each line in the words of the mail: those that are done, or would
        be; of a refusal, those that were asked."""
        facts = super()._get_decided_facts(kind)
        if self.kind not in REPORTS:
            return facts
        gives = self.env["procedure.decision"]._get_facts(kind).gives
        states = ("accepted", "proposed") if gives else ("accepted", "proposed", "refused", "stale")
        lines = self._get_told_lines().filtered(lambda line: line.state in states)
        question = self.version_id.field_ids.filtered(lambda field: field.key == EVENT)
        event = (self.answers or {}).get(EVENT)
        own = [
            (self.env._("What you reported"), question and question._format_answer(event)),
            *((line.label, line._get_told() or self.env._("Yes")) for line in lines),
        ]
        return [*facts, *((label, text) for label, text in own if text)]

    def _get_todo_sentences(self, kind=None):
        """Who still has to answer, once it is done."""
        sentences = super()._get_todo_sentences(kind)
        lines_sudo = self.sudo().change_id.line_ids if kind else self.env["household.change.line"]
        coming = [line_sudo._get_next_sentence() for line_sudo in lines_sudo]
        return [*sentences, *filter(None, coming)]

    def _tell_transition(self, name, **words):
        """Who acts no longer for the organisation, by what she reported herself, is told too."""
        if name in ("accept", "accept_conditionally"):
            lines = self._get_told_lines().with_context(lang=self._get_mail_lang())
            done = lines._get_done_sentences()
            told = [*done, words.get("reasons")]
            words["reasons"] = "\n".join(filter(None, told))
        result = super()._tell_transition(name, **words)
        change = self.change_id
        if change and name in DECISIONS and self.applicant_id not in self._get_applicants():
            # Whom the others took off meanwhile is told nothing of it.
            if change._speaks_still():
                change._tell_requester()
        return result

    def _warn_nobody_reached(self):
        """Nobody acts for it any more, as was reported."""
        if self.change_id and self.applicant_id.active and not self._get_applicants():
            return None
        return super()._warn_nobody_reached()

    def _get_other_parent_sentence(self, parent):
        """What one parent reports is told to the other in no way, not even that it exists."""
        self.ensure_one()
        if self.sudo().procedure_id.kind in REPORTS:
            return ""
        return super()._get_other_parent_sentence(parent)

    @api.model
    def _get_personal_fields(self):
        return [*super()._get_personal_fields(), "change_id"]

    def _forget(self):
        """What it proposed names people: it goes with the request."""
        self.change_id.unlink()
        return super()._forget()
