from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_list

from odoo.addons.procedure.models.procedure_request_answers import NOT_GIVEN
from odoo.addons.procedure_form import engine


def tidy_label(field):
    """As in a list: without the punctuation that ends a question."""
    return (field.label or "").rstrip(" \xa0\u202f?.:")


class ProcedureRequestIncomplete(models.AbstractModel):
    """A request that lacks something is received all the same, entered as it came by the staff or
    sent without what may follow: it is acknowledged, what lacks is asked for with a date, and the
    delay of the law follows (CRPA L114-5)."""

    _name = "procedure.request.incomplete"
    _description = "Request entered as it came"

    entered_incomplete = fields.Boolean(
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="It came in although something was missing: the staff entered it so, or what "
        "was missing may follow.",
    )
    waived_keys = fields.Json(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="What was missing when the agent went on without it: it is not asked again by itself.",
    )
    lacking_label = fields.Char(
        string="Missing", compute="_compute_lacking_label", groups="base.group_user"
    )

    @api.depends("entered_incomplete", "answers", "document_line_ids.state")
    @api.depends_context("lang")
    def _compute_lacking_label(self):
        for request in self:
            labels = [tidy_label(field) for field, _reason in request._get_lacking()]
            request.lacking_label = format_list(self.env, labels) if labels else False

    def _get_lacking(self):
        """The required questions and documents that never came, of a request that came without.

        :return: list of (field, sentence that says what lacks), in the order of the form
        """
        self.ensure_one()
        request_sudo = self.sudo()
        if not request_sudo.entered_incomplete or request_sudo.date_anonymised:
            return []
        form = request_sudo.version_id.field_ids
        form_fields = form._to_engine()
        if not request_sudo.applicant_id:
            form_fields = engine.without_account(form_fields)
        given = request_sudo.document_line_ids.filtered(
            lambda line: line.document_id and line.state not in NOT_GIVEN
        )
        keys = engine.find_missing(
            form_fields, request_sudo.answers or {}, Counter(given.mapped("field_key"))
        )
        lacking = {}
        for key in keys:
            name, _dot, child = key.partition(".")
            lacking.setdefault(name, []).append(child)
        return [
            (field, self._get_lacking_sentence(field, lacking[field.key]))
            for field in form
            if field.key in lacking
        ]

    @api.model
    def _get_lacking_sentence(self, field, children):
        """:param children: of a block, ``<row>.<key>`` of what its rows lack"""
        is_file = field._get_type().holds == "files"
        if field._may_follow():
            if is_file:
                return self.env._("This document may follow: send it as soon as you have it.")
            return self.env._("This answer may follow: send it as soon as you know it.")
        if is_file:
            return self.env._("This document is missing.")
        children = [child for child in children if child]
        if not children:
            return self.env._("This answer is missing.")
        labels = {child.key: child.label for child in field.version_id.field_ids}
        parts = []
        for child in children:
            row, _dot, key = child.partition(".")
            parts.append(
                self.env._("%(label)s (line %(row)s)", label=labels[key], row=int(row) + 1)
            )
        return self.env._("Missing: %(labels)s.", labels=format_list(self.env, parts))

    @api.model
    def _check_incomplete(self, channel, until):
        """Only the staff enters a request as it came: on the site, it is complete or not sent."""
        if until and channel == "web":
            raise UserError(self.env._("On the site, a request is sent once it is complete."))

    def _is_place_awaited(self):
        """The address may be what a letter does not say; on the site it is always asked."""
        is_paper = self.channel != "web"
        awaited = is_paper and self.entered_incomplete and not self.commune_id
        return awaited or super()._is_place_awaited()

    def _on_filed(self, filing):
        result = super()._on_filed(filing)
        if self.entered_incomplete and self._is_lacking_awaited():
            self._ask_lacking(filing.incomplete_until)
        return result

    def _is_lacking_awaited(self):
        """Hook: whether what lacks is asked for by now; where it is not, a service addon asks for
        it when it counts, by `_ask_lacking`. In superuser mode."""
        self.ensure_one()
        return True

    def _get_due_note(self, due):
        """Hook: said beside the day that an agent types, where the applicant reads another one."""
        self.ensure_one()
        procedure_sudo = self.sudo().procedure_id
        day = procedure_sudo._move_to_working_day(due)
        if day == due:
            return ""
        return self.env._(
            "Nobody works on that day: the applicant will read %(day)s.",
            day=day.strftime("%d/%m/%Y"),
        )

    def _ask_lacking(self, until):
        """At filing, in superuser mode: what lacks is asked for by the acknowledgment itself."""
        self.ensure_one()
        lacking = self.with_context(lang=self._get_mail_lang())._get_lacking()
        if not lacking:
            self.entered_incomplete = False
            return
        due = self._check_completion_due(until)
        self._ask_items_of(lacking, due)
        self._pause_clock(due)
        before, self.state = self.state, "to_complete"
        is_sent = self.channel == "web"
        note = self.env._("Sent without what may follow.") if is_sent else ""
        self._log_transition(before, note or self.env._("Entered as it came."))
        self._on_completion_asked()

    def _ask_items_of(self, lacking, due):
        for field, reason in lacking:
            self._ask_item({"field_key": field.key, "reason": reason}, due)

    def _on_taken(self):
        """An agent who takes it as it is waits for nothing more."""
        if self.entered_incomplete and self._is_lacking_awaited():
            self.waived_keys = [field.key for field, _reason in self._get_lacking()]
        return super()._on_taken()

    def _ask_further(self):
        if self.entered_incomplete:
            self._settle_place()
        if self.entered_incomplete and self._is_lacking_awaited():
            self._ask_revealed(self.date_completion_due)
        return super()._ask_further()

    def _ask_revealed(self, due):
        """What an answer has just made necessary, and nobody was asked before."""
        asked = set(self.document_line_ids.filtered("asked").mapped("field_key"))
        lacking = self.with_context(lang=self._get_mail_lang())._get_lacking()
        asked.update(self.waived_keys or ())
        revealed = [(field, reason) for field, reason in lacking if field.key not in asked]
        self._ask_items_of(revealed, due)

    def _settle_place(self):
        """The letter did not say where: the answer decides, as it would have at filing."""
        names = ("procedure_id", "applicant_id", "acting_for_id", "contact_commune_id")
        vals = {name: self[name].id for name in names}
        place = self._prepare_place({**vals, "answers": self.answers or {}})
        place.pop("consulted_service_ids")
        service_id = place.pop("service_id")
        was_nowhere = not self.commune_id
        self.write({name: value for name, value in place.items() if value and not self[name]})
        if was_nowhere and self.commune_id and service_id and service_id != self.service_id.id:
            self.write({"service_id": service_id, "user_id": False})

    def _get_lacking_values(self):
        """An incomplete request says what lacks and by when, and promises no day (CRPA L114-5)."""
        self.ensure_one()
        if self.state != "to_complete" or not self.entered_incomplete:
            return super()._get_lacking_values()
        due = (self.date_completion_due or self._get_completion_due()).strftime("%d/%m/%Y")
        sentence = self.env._(
            "Please send it by %(date)s at the latest, by post or at the counter of the service.",
            date=due,
        )
        if self._is_followed_online():
            sentence = self.env._(
                "Please send it by %(date)s at the latest, on the page of your request, by post or "
                "at the counter of the service.",
                date=due,
            )
        return {
            "due_sentence": "",
            "lacking": self._get_asked_items(),
            "lacking_sentence": sentence,
            "pause_sentence": self._get_pause_sentence(),
        }
