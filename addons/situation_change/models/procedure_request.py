from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.procedure.exceptions import AnswersInvalid

from .household_change import DECIDABLE
from .procedure_procedure import EVENT, HOUSEHOLD, REPORTS

STAFF = "base.group_user"
# What answers a report, or takes it back.
DECISIONS = ("accept", "accept_conditionally", "refuse", "drop", "cancel")


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

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
        if self.procedure_id.kind == HOUSEHOLD:
            return (
                self.applicant_id._current_household() if self.applicant_id else self.applicant_id
            )
        return self.acting_for_id

    def _check_filing(self):
        errors = super()._check_filing()
        # Without account an agent reads it and finds the file.
        if errors or self.procedure_id.kind not in REPORTS or not self.applicant_id:
            return errors
        subject, event = self._get_change_subject(), self._get_event()
        if not subject:
            return {AnswersInvalid.FORM: self._get_no_subject_sentence()}
        if not event or not event.proposes:
            return errors
        if self.channel != "web" and self._lacks_answers(event):
            return errors
        errors = event.get_errors(self.env, self.answers)
        if errors:
            return errors
        values = event.get_changes(self.answers, self.applicant_id)
        changes = self.env["household.change"]
        found = changes._get_problems(subject, self.applicant_id, values)
        return {AnswersInvalid.FORM: " ".join(dict.fromkeys(found))} if found else {}

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
        """The lines of what was reported, to be decided. None where an agent only reads it."""
        event = self.applicant_id and self._get_event()
        if not event or not event.proposes:
            return
        subject = self._get_change_subject()
        values = event.get_changes(self.answers, self.applicant_id)
        changes = self.env["household.change"]
        if self.channel != "web" and changes._get_problems(subject, self.applicant_id, values):
            # Entered as it came: it is proposed once all of it is there.
            return
        changes._propose(
            subject,
            self.applicant_id,
            values,
            typed_by_id=self.entered_by_id.id,
            request_ids=[fields.Command.link(self.id)],
        )

    def _on_completed(self):
        """What was corrected is what is decided on."""
        event = self.applicant_id and self._get_event()
        if self.procedure_id.kind in REPORTS and event and event.proposes:
            if self.change_id:
                values = event.get_changes(self.answers, self.applicant_id)
                self.change_id._propose_again(values)
            elif self._get_change_subject():
                self._propose_change()
        return super()._on_completed()

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
        reasons = "\n".join(
            self.env._("%(label)s: %(reason)s", label=line.label, reason=reason)
            for line in lines
            if (reason := line._get_undone_reason())
        )
        is_done = "accepted" in lines.mapped("state")
        if is_done and reasons:
            reasons = self.env._("This was not changed:") + "\n" + reasons
        self._run_transition("accept" if is_done else "refuse", reasons=reasons)

    def _tell_transition(self, name, **words):
        """Who acts no longer for the organisation, by what she reported herself, is told too."""
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
