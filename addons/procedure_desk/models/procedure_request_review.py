from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.sql import escape_psql

from odoo.addons.territory_base import clock

from .procedure_request_incomplete import tidy_label


class ProcedureRequestReview(models.AbstractModel):
    """What helps the agent to decide: what is checked by itself, what nobody looked at yet."""

    _name = "procedure.request.review"
    _description = "Review of a request"

    eligibility_html = fields.Html(
        string="Checks",
        compute="_compute_eligibility_html",
        sanitize=False,
        groups="base.group_user",
    )
    # What the applicant may know of it is said by her page (`_get_waiting_rank`).
    waiting_rank = fields.Integer(
        string="Rank", compute="_compute_waiting_rank", groups="base.group_user"
    )
    waiting_count = fields.Integer(compute="_compute_waiting_rank", groups="base.group_user")

    def _compute_eligibility_html(self):
        for request in self:
            request.eligibility_html = self.env["ir.qweb"]._render(
                "procedure_desk.eligibility", {"checks": request._get_eligibility()}
            )

    @api.depends("state", "date_submitted", "procedure_id", "service_id", "season")
    def _compute_waiting_rank(self):
        waiting = self.filtered(lambda request: request.state == "waiting_list")
        (self - waiting).waiting_rank = (self - waiting).waiting_count = 0
        ranks_sudo = waiting.sudo()._get_waiting_ranks()
        for request in waiting:
            request.waiting_rank, request.waiting_count = ranks_sudo[request]

    # ------------------------------------------------------------
    # Eligibility
    # ------------------------------------------------------------

    def _get_eligibility(self):
        """What the software can check by itself, for the agent. It decides nothing.

        Hook of service addons: `super()` and yours.

        :return: list of dict(label, ok, detail); label: what was found, in words that are true as
            they stand; ok: True, False, None when a person must look
        """
        self.ensure_one()
        return [
            *self._check_commune_eligibility(),
            *self._check_season_eligibility(),
            *self._check_other_request_eligibility(),
        ]

    def _check_commune_eligibility(self):
        communes = self.procedure_id.commune_ids
        if not communes:
            return []
        if not self.commune_id:
            return [{"label": self.env._("The commune is not known"), "ok": None, "detail": ""}]
        is_concerned = self.commune_id in communes
        return [
            {
                "label": self.env._("The commune is concerned by the procedure")
                if is_concerned
                else self.env._("The commune is not concerned by the procedure"),
                "ok": is_concerned,
                "detail": self.commune_id.name,
            }
        ]

    def _check_season_eligibility(self):
        procedure, filed = self.procedure_id, self.date_submitted
        if not filed or not (procedure.date_open or procedure.date_close):
            return []
        day = clock.local_day(filed)
        is_open = not (procedure.date_open and day < procedure.date_open) and not (
            procedure.date_close and day > procedure.date_close
        )
        return [
            {
                "label": self.env._("Filed while the procedure was open")
                if is_open
                else self.env._("Filed while the procedure was closed"),
                "ok": is_open,
                "detail": day.strftime("%d/%m/%Y"),
            }
        ]

    def _check_other_request_eligibility(self):
        """Another request for the same thing: only those that the agent may read are named."""
        others = self.search(self._get_other_request_domain(), limit=5)
        return [
            {
                "label": self._get_other_request_label(bool(others)),
                "ok": None if others else True,
                "detail": ", ".join(others.mapped("number")),
            }
        ]

    def _get_other_request_label(self, is_found):
        """Whose other request was looked for: who is concerned, else who asks and her household."""
        if self.subject_ids:
            return (
                self.env._("Another request is in progress for the same person")
                if is_found
                else self.env._("No other request in progress for the same person")
            )
        return (
            self.env._("Another request is in progress from this applicant or her household")
            if is_found
            else self.env._("No other request in progress from this applicant or her household")
        )

    def _get_other_request_domain(self):
        self.ensure_one()
        person = Domain.FALSE
        if self.applicant_id:
            person |= Domain("applicant_id", "=", self.applicant_id.id)
        if self.contact_email:
            person |= Domain("contact_email", "=ilike", escape_psql(self.contact_email))
        if self.household_id:
            person |= Domain("household_id", "=", self.household_id.id)
        if self.subject_ids:
            # The same child, whoever asks: two parents may each have asked, on two sheets.
            person = Domain("subject_ids", "in", self._get_same_persons().ids)
        return (
            person
            & Domain("id", "!=", self._origin.id)
            & Domain("procedure_id", "=", self.procedure_id.id)
            & Domain("acting_for_id", "=", self.acting_for_id.id)
            & Domain("season", "=", self.season)
            & Domain("state", "in", self._get_open_states())
        )

    def _get_same_persons(self):
        """The persons concerned, and their other sheets: same names, same birth date. In superuser
        mode: only their ids serve, in a search under the rights of the person who asks."""
        return self.env["res.partner"].sudo().union(*self._group_same_persons().values())

    def _group_same_persons(self):
        """:return: {request: as `_get_same_persons`}, for all of them at once"""
        subjects_sudo = self.sudo().subject_ids
        keys = [key for key in subjects_sudo.mapped("identity_key") if key]
        sheets_sudo = subjects_sudo.search([("identity_key", "in", keys)]).grouped("identity_key")
        same = {}
        for request in self:
            own_sudo = request.sudo().subject_ids
            same[request] = own_sudo.union(
                *(sheets_sudo.get(each.identity_key, each) for each in own_sudo)
            )
        return same

    def _get_matter(self):
        """Hook: what it is about, where one procedure is for many things: {a key for each}; two
        requests that share none are two. In superuser mode."""
        self.ensure_one()
        return set()

    def _is_same_matter(self, other):
        one, two = self.sudo()._get_matter(), other.sudo()._get_matter()
        return one == two or bool(one & two)

    # ------------------------------------------------------------
    # Before accepting
    # ------------------------------------------------------------

    def _get_acceptance_warnings(self):
        """Hook: sentences for the agent who is about to accept. She decides: nothing blocks her.

        With her rights; `super()` and yours.
        """
        self.ensure_one()
        return [
            *self._get_pending_warnings(),
            *(
                self.env._("%(check)s: %(detail)s.", check=check["label"], detail=check["detail"])
                for check in self._get_eligibility()
                if check["ok"] is False
            ),
        ]

    def _get_pending_warnings(self):
        """Hook: what was asked and is not settled yet, said before what is checked by itself.

        With the rights of the agent, who is about to accept.

        :return: list of sentences, `super()` and yours
        """
        self.ensure_one()
        lines = self.document_line_ids.filtered(lambda line: not line._is_replaced())
        unchecked = lines.filtered(lambda line: line.document_id and line.state == "received")
        expired = lines.filtered("is_expired")
        refused = lines.filtered(lambda line: line.state == "refused")
        undated = lines.filtered(
            lambda line: line.takes_date and not line.issued_on and line.state != "refused"
        )
        never = [tidy_label(field) for field, _reason in self._get_lacking()]
        return [self.env._("Never received: %s.", ", ".join(never)) for _each in never[:1]] + [
            sentence % ", ".join(found.mapped("label"))
            for found, sentence in (
                (unchecked, self.env._("Not checked yet: %s.")),
                (undated, self.env._("Date not read on the document: %s.")),
                (expired, self.env._("No longer valid: %s.")),
                (refused, self.env._("Refused, and not sent again: %s.")),
            )
            if found
        ]
