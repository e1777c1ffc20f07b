from datetime import date, datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, email_normalize

from odoo.addons.procedure.circuit import Transition
from odoo.addons.procedure_desk.models.procedure_request_desk import STAFF
from odoo.addons.territory_base import clock
from odoo.addons.territory_base.tools import normalize

UNDO_DAYS = 30
BACK = "duplicate_back_"
# Of an item that waited for the applicant, and goes when nothing is asked any more.
ITEM = ("field_key", "label", "state", "asked", "is_answer", "reason", "date_due")


class ProcedureRequestJoining(models.AbstractModel):
    """A request is joined to another one, which goes on: it is closed without decision, and both
    say it. Nothing of it is erased; for thirty days it is separated as it was."""

    _name = "procedure.request.joining"
    _description = "Request joined to another one"

    duplicate_of_id = fields.Many2one(
        "procedure.request",
        "Joined to",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=STAFF,
    )
    duplicate_ids = fields.One2many(
        "procedure.request", "duplicate_of_id", "Requests joined to it", readonly=True, groups=STAFF
    )
    date_joined = fields.Date("Joined on", readonly=True, copy=False, groups=STAFF)
    joined_before = fields.Json(readonly=True, copy=False, groups=fields.NO_ACCESS)
    joined_label = fields.Char(compute="_compute_can_separate", groups=STAFF)
    can_separate = fields.Boolean(compute="_compute_can_separate", groups=STAFF)

    @api.depends("duplicate_of_id", "date_joined", "state")
    @api.depends_context("uid", "lang")
    def _compute_can_separate(self):
        limit = clock.today() - timedelta(days=UNDO_DAYS)
        for request in self:
            request_sudo = request.sudo()
            kept = request.duplicate_of_id._filtered_access("read")
            request.joined_label = request_sudo.duplicate_of_id and self.env._(
                "%(number)s, on %(day)s",
                number=kept.number or self.env._("a request of another service"),
                day=request_sudo.date_joined.strftime("%d/%m/%Y"),
            )
            request.can_separate = (
                bool(request_sudo.duplicate_of_id and request_sudo.joined_before)
                and request_sudo.date_joined >= limit
                and request.state in ("dropped", "closed")
                and request.can_handle
                and request_sudo.duplicate_of_id._is_handled_by(self.env.user)
            )

    @api.depends("similar_request_id", "duplicate_of_id")
    def _compute_desk_bands(self):
        return super()._compute_desk_bands()

    def _get_desk_bands(self):
        bands = super()._get_desk_bands()
        if self.similar_request_id:
            bands["similar"] = 50
        if self.duplicate_of_id:
            bands["joined"] = 60
        return bands

    # ------------------------------------------------------------
    # Joined
    # ------------------------------------------------------------

    def action_open_joining(self):
        """The request that goes on is the one that somebody works on, else the older one."""
        self.ensure_one()
        pair = self | self.similar_request_id
        if len(pair) != 2:
            raise UserError(self.env._("No open request looks like this one any more."))
        kept, joined = pair.sorted(
            lambda each: (not each.user_id, each.state == "submitted", each.date_submitted, each.id)
        )
        return joined._open_wizard(
            "procedure.duplicate.wizard",
            self.env._("One request, two numbers"),
            default_kept_id=kept.id,
            default_opened_id=self.id,
            dialog_size="extra-large",
        )

    def action_open_similar(self):
        return self._open_requests(self.duplicate_of_id or self.similar_request_id)

    def action_open_joined(self):
        return self._open_requests(self.duplicate_ids)

    def _open_requests(self, requests):
        self.ensure_one()
        self.check_access("read")
        action = {"type": "ir.actions.act_window", "res_model": self._name}
        if len(requests) == 1:
            return {**action, "res_id": requests.id, "view_mode": "form"}
        return {
            **action,
            "name": self.env._("Requests joined to %(number)s", number=self.number),
            "view_mode": "list,form",
            "domain": [("id", "in", requests.ids)],
        }

    def _join_to(self, kept, words=""):
        """By whoever handles both.

        :param words: why it is closed, for an applicant who is not that of the other request:
            nothing of one is told to the other
        :raise UserError: they do not seem to be one, or somebody was there before
        """
        self.ensure_one()
        for request in self | kept:
            request._check_actor("agent")
        (self | kept).sudo()._lock_both()
        if kept not in self._find_similar().get(self, ()):
            raise UserError(self._get_no_longer_sentence(kept))
        request_sudo, kept_sudo = self.sudo(), kept.sudo()
        is_same = request_sudo._has_applicant_of(kept_sudo)
        before = request_sudo._remember()
        given = settling = self.env["procedure.document.line"]
        moved = {}
        if is_same:
            given = request_sudo._give_documents(kept_sudo)
            moved = kept_sudo._take_older_day(request_sudo)
        note = kept_sudo._log_joined(request_sudo, given, is_same)
        if is_same:
            settling = kept_sudo._settle_asked(given)
        request_sudo.write(
            {
                "duplicate_of_id": kept.id,
                "date_joined": clock.today(),
                "joined_note_id": note.id,
                # What answered the service stays where it was asked.
                "joined_before": {**before, "given": (given - settling).ids, "kept": moved},
            }
        )
        lang = self.with_context(lang=self._get_mail_lang())
        reasons = lang.env._(
            "Duplicate of %(number)s: both requests are handled as one, under this number.",
            number=kept.number,
        )
        self._run_transition("drop", reasons=reasons if is_same else words)
        if is_same:
            kept_sudo._tell_applicant(
                "procedure_duplicate.mail_joined", joined_number=request_sudo.number
            )

    def _lock_both(self):
        """Two agents at once: the second one waits, then reads what the first one did. Rows that
        are written, even as they were, make PostgreSQL refuse who read them before."""
        self.sorted("id")._lock()
        query = SQL("UPDATE procedure_request SET state = state WHERE id IN %s", tuple(self.ids))
        self.env.cr.execute(query, log_exceptions=False)
        self.invalidate_recordset()

    def _get_no_longer_sentence(self, kept):
        for request in self | kept:
            if not request.is_open:
                return request.sudo(False)._get_too_late_sentence()
        return self.env._(
            "%(one)s and %(two)s do not seem to be one: another applicant, child, dwelling or "
            "procedure, or more than sixty days between them.",
            one=self.number,
            two=kept.number,
        )

    def _has_applicant_of(self, other):
        """Whether the words to one are read by the other one and by nobody else. In superuser
        mode."""
        mine, theirs = self._get_applicants(), other._get_applicants()
        if mine or theirs:
            if mine == theirs:
                return True
            if mine and theirs:
                return False

        def tell(request):
            person = request.applicant_id
            names = (
                person.firstname or request.contact_firstname,
                person.lastname or request.contact_lastname,
            )
            digits = "".join(filter(str.isdigit, request.applicant_phone or ""))
            reach = email_normalize(request.applicant_email or "") or digits
            return [reach, *map(normalize, names)]

        return all(tell(self)) and tell(self) == tell(other) and not self.acting_for_id

    def _get_documents_lacking_in(self, kept):
        """What this request has and the other one lacks: lines. In superuser mode."""
        there = kept.document_line_ids.filtered(
            lambda line: line.document_id and line.state not in ("refused", "expired")
        )
        return self.document_line_ids.filtered(
            lambda line: (
                line.document_id
                and line.state not in ("refused", "expired")
                and line.document_id not in there.document_id
                and not (line.field_key and line.field_key in there.mapped("field_key"))
            )
        )

    def _give_documents(self, kept):
        """One line more for each, in the request that goes on; they stay in this one too."""
        return self.env["procedure.document.line"].create(
            [
                {
                    "request_id": kept.id,
                    "field_key": line.field_key,
                    "label": line.label,
                    "document_id": line.document_id.id,
                    "given_again_on": line._get_given_on(),
                }
                for line in self._get_documents_lacking_in(kept)
            ]
        )

    def _get_said(self):
        """What was said between its applicant and the service by hand. In superuser mode."""
        return self._get_messages_for_applicant().filtered(
            lambda message: message.message_type in ("comment", "email")
        )

    def _log_joined(self, request, given, is_same):
        """A note for the staff: what the other one said, unless somebody else said it. In
        superuser mode."""
        body = self.env["ir.qweb"]._render(
            "procedure_duplicate.joined_note",
            {"joined": request, "messages": is_same and request._get_said(), "given": given},
        )
        return self._message_log(body=body)

    def _take_older_day(self, request):
        """:return: {field: [before, after]} of the clock, as JSON"""
        if request.date_submitted >= self.date_submitted:
            return {}
        names = self._get_clock_fields()
        before = self._to_json(names)
        self._count_from(request)
        after = self._to_json(names)
        return {name: [before[name], after[name]] for name in names if before[name] != after[name]}

    def _remember(self):
        """All that closing it changes. In superuser mode."""
        names = {*self._get_clock_fields(), "state_date", "written_on"}
        asked = self.document_line_ids.filtered("asked")
        return {
            "state": self.state,
            "values": self._to_json(names),
            "asked": asked.ids,
            "items": [
                {name: to_json(line[name]) for name in ITEM}
                for line in asked
                if line.state == "to_provide" and not line.document_id
            ],
        }

    def _to_json(self, names):
        return {name: to_json(self[name]) for name in names}

    def _get_handled_under(self):
        """Nothing is said of the request of somebody else."""
        kept = self.duplicate_of_id
        is_hers = kept and self._has_applicant_of(kept)
        return kept if is_hers else super()._get_handled_under()

    def _get_mail_template(self, name):
        """Told once, of both: by the one that goes on."""
        if name == "drop" and self._get_handled_under():
            return ""
        return super()._get_mail_template(name)

    # ------------------------------------------------------------
    # Separated
    # ------------------------------------------------------------

    @api.model
    def _get_transitions(self):
        """One way back to each state in which it may have waited."""
        back = {
            f"{BACK}{state}": Transition(
                ("dropped", "closed"),
                state,
                "agent",
                effect="_on_duplicate_separated",
                mail="procedure_duplicate.mail_separated",
            )
            for state in self._get_open_states()
        }
        return {**super()._get_transitions(), **back}

    def action_separate(self):
        """Within thirty days, by whoever handles both: it goes on where it was."""
        self.ensure_one()
        request_sudo = self.sudo()
        for request in self | request_sudo.duplicate_of_id.sudo(self.env.su):
            request._check_actor("agent")
        if not self.can_separate:
            raise UserError(self.env._("These requests can no longer be separated."))
        kept_sudo = request_sudo.duplicate_of_id
        (request_sudo | kept_sudo)._lock_both()
        if kept_sudo.duplicate_of_id:
            raise UserError(
                self.env._(
                    "%(number)s was joined to another one since: separate that one first.",
                    number=kept_sudo.number,
                )
            )
        self._run_transition(BACK + request_sudo.joined_before["state"])

    def _on_duplicate_separated(self):
        """As a reopening, which undoes what closing it had set off; then, as it was."""
        before = self.joined_before
        self._on_reopened()
        lines = self.document_line_ids
        lines.filtered(lambda line: line.id in before["asked"]).asked = True
        self.env[lines._name].create([{**item, "request_id": self.id} for item in before["items"]])
        was = before["values"]
        now = self._to_json(was)
        self.write({name: was[name] for name in was if now[name] != was[name]})

    def _on_reopened(self):
        """By whatever way: it is no longer the other one's."""
        if self.duplicate_of_id:
            self._leave_kept()
        return super()._on_reopened()

    def _leave_kept(self):
        """The request that went on gives back what it took, unless it is decided."""
        kept, before = self.duplicate_of_id, self.joined_before or {}
        if kept.is_open and before:
            given = self.env["procedure.document.line"].browse(before["given"]).exists()
            # Refused since, and asked again: it says what is waited for.
            given.filtered(lambda line: not line.asked).unlink()
            moved, now = before["kept"], kept._to_json(before["kept"])
            back = {name: was for name, (was, after) in moved.items() if now[name] == after}
            kept.write(back)
            if len(back) < len(moved):
                kept._ask_to_check_dates()
        self.joined_note_id.unlink()
        kept._message_log(
            body=self.env._("%(number)s is a request of its own again.", number=self.number)
        )
        self.write({"duplicate_of_id": False, "date_joined": False, "joined_before": False})


def to_json(value):
    """Of a date, a moment or a word."""
    if isinstance(value, datetime):
        return fields.Datetime.to_string(value)
    return fields.Date.to_string(value) if isinstance(value, date) else value or False
