from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from odoo.addons.territory_base import clock

from .procedure_opinion import GIVEN_STATES


class ProcedureRequest(models.Model):
    """Whom the lead service consults, at filing or later."""

    _inherit = "procedure.request"

    opinion_ids = fields.One2many(
        "procedure.opinion", "request_id", readonly=True, groups="base.group_user"
    )
    my_opinion_id = fields.Many2one(
        "procedure.opinion",
        string="Opinion that I am asked for",
        compute="_compute_my_opinion",
        search="_search_my_opinion_id",
        groups="base.group_user",
    )
    my_opinion_question = fields.Text(
        string="Question that I am asked", compute="_compute_my_opinion", groups="base.group_user"
    )

    @api.depends_context("uid")
    @api.depends("opinion_ids.state", "opinion_ids.service_id")
    def _compute_my_opinion(self):
        """One query for a whole kanban: every reader of the request reads its opinions."""
        asked_sudo = self.env["procedure.opinion"].sudo()
        services = self.env.user.territory_service_ids
        if services:
            domain = self._get_my_opinion_domain() & Domain("request_id", "in", self.ids)
            asked_sudo = asked_sudo.search_fetch(domain, ["request_id", "question"])
        by_request = {opinion.request_id.id: opinion for opinion in asked_sudo}
        for request in self:
            mine_sudo = by_request.get(request.id, asked_sudo.browse())
            request.my_opinion_id = mine_sudo.id
            request.my_opinion_question = mine_sudo.question

    def _get_my_opinion_domain(self):
        services = self.env.user.territory_service_ids
        return Domain("state", "=", "asked") & Domain("service_id", "in", services.ids)

    def _search_my_opinion_id(self, operator, value):
        """Only "there is one": what the filter asks."""
        if operator != "not in" or any(value):
            return NotImplemented
        return Domain("opinion_ids", "any", self._get_my_opinion_domain())

    def action_open_my_opinion(self):
        self.ensure_one()
        self.check_access("read")
        return self.my_opinion_id.action_open_opinion()

    def action_consult(
        self,
        question,
        service_id=False,
        contact_name="",
        contact_email="",
        date_due=False,
        shown_field_ids=(),
    ):
        """Ask a service (it then reads the request), or somebody else by a link alone.

        :param shown_field_ids: questions of the form whose answers the link shows: none is a
            good choice when the question says enough
        """
        self.ensure_one()
        self._check_actor("agent")
        request_sudo = self.sudo()
        request_sudo._lock()
        if request_sudo.state not in self._get_open_states():
            raise UserError(request_sudo._get_too_late_sentence())
        vals = request_sudo._prepare_opinion(
            question,
            self.env["territory.service"].browse(service_id).exists(),
            contact_name,
            contact_email,
            fields.Date.to_date(date_due),
            self.env["procedure.field"].browse(shown_field_ids),
        )
        opinion_sudo = self.env["procedure.opinion"].sudo().create(vals)
        if opinion_sudo.service_id:
            request_sudo.consulted_service_ids |= opinion_sudo.service_id
        if opinion_sudo.contact_email:
            opinion_sudo._send_link()
        request_sudo._message_log(
            body=self.env._(
                "Opinion asked of %(name)s: %(question)s",
                name=opinion_sudo.display_name,
                question=opinion_sudo.question,
            )
        )

    def _prepare_opinion(self, question, service, contact_name, contact_email, due, shown):
        self.ensure_one()
        if not (question or "").strip():
            raise UserError(self.env._("Write your question."))
        if due and due < clock.today():
            raise UserError(
                self.env._("The day by which you expect it has passed: choose a later one.")
            )
        if shown.version_id - self.version_id:
            raise UserError(self.env._("This question belongs to another form."))
        if service:
            if service == self.service_id:
                raise UserError(
                    self.env._(
                        "%(service)s is in charge of this request.",
                        service=service._get_name_said(is_first=True),
                    )
                )
            contact_name, contact_email = "", service.email or ""
        elif not email_normalize(contact_email):
            raise UserError(
                self.env._("Choose a service, or write one e-mail address such as nom@exemple.fr.")
            )
        email = email_normalize(contact_email) or False
        if self.opinion_ids.filtered(
            lambda opinion: (
                opinion.state == "asked"
                and opinion.service_id == service
                and (service or opinion.contact_email == email)
            )
        ):
            raise UserError(
                self.env._(
                    "%(name)s was already asked and has not answered yet.",
                    name=service.name or contact_name or contact_email,
                )
            )
        return {
            "request_id": self.id,
            "service_id": service.id,
            "contact_name": (contact_name or "").strip(),
            "contact_email": email,
            "question": question.strip(),
            "date_due": due,
            "shown_field_ids": [fields.Command.set(shown.ids)],
            "asked_by_id": self.env.uid,
        }

    def _ask_usual_opinions(self):
        """At filing: the services that the procedure always consults."""
        self.env["procedure.opinion"].create(
            [
                {
                    "request_id": request.id,
                    "service_id": service.id,
                    "contact_email": email_normalize(service.email) or False,
                }
                for request in self
                for service in request.consulted_service_ids
            ]
        )

    def _forget_consulted(self, service):
        """A service that was not to be consulted reads the request no more."""
        self.ensure_one()
        known = self.opinion_ids.filtered(lambda opinion: opinion.state != "withdrawn").service_id
        if service and service not in known:
            self.consulted_service_ids -= service

    def action_open_consult(self):
        return self._open_wizard("procedure.consult.wizard", self.env._("Ask for an opinion"))

    # ------------------------------------------------------------
    # Where the request is read, decided, erased
    # ------------------------------------------------------------

    def _on_submitted(self):
        self._ask_usual_opinions()
        return super()._on_submitted()

    @api.depends("opinion_ids.state", "opinion_ids.service_id")
    def _compute_desk_bands(self):
        return super()._compute_desk_bands()

    def _get_desk_bands(self):
        """What one is asked comes before what the applicant wrote."""
        bands = super()._get_desk_bands()
        if self.my_opinion_id:
            bands["my_opinion"] = 10
        return bands

    @api.depends("opinion_ids.state")
    def _compute_to_do(self):
        return super()._compute_to_do()

    def _get_next_act(self):
        tone, words = super()._get_next_act()
        if tone == "answer":
            return tone, words
        if self.my_opinion_id:
            return "take", self.env._("Give your opinion")
        if self.state in ("submitted", "in_review") and tone != "take":
            states = set(self.sudo().opinion_ids.mapped("state"))
            if "asked" in states:
                return "plain", self.env._("Opinion expected")
            if states & set(GIVEN_STATES):
                return "plain", self.env._("Opinion received: decide")
        return tone, words

    def _get_pending_warnings(self):
        opinions_sudo = self.sudo().opinion_ids
        return super()._get_pending_warnings() + [
            sentence % ", ".join(found.mapped("display_name"))
            for found, sentence in (
                (
                    opinions_sudo.filtered(lambda opinion: opinion.state == "asked"),
                    self.env._("Opinion still expected: %s."),
                ),
                (
                    opinions_sudo.filtered(lambda opinion: opinion.state == "unfavourable"),
                    self.env._("Unfavourable opinion: %s."),
                ),
            )
            if found
        ]

    def _forget(self):
        self.opinion_ids.unlink()
        return super()._forget()
