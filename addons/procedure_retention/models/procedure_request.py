from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.territory_base import clock


class ProcedureRequest(models.Model):
    """A finished request is anonymised after the months of its procedure, counted from its end."""

    _name = "procedure.request"
    _inherit = ["procedure.request", "privacy.retention.mixin"]

    hold_ids = fields.One2many("procedure.request.hold", "request_id", groups=fields.NO_ACCESS)
    elimination_ids = fields.Many2many(
        "procedure.elimination", "procedure_elimination_request_rel", groups=fields.NO_ACCESS
    )
    is_held = fields.Boolean(
        string="Legal hold",
        compute="_compute_is_held",
        compute_sudo=True,
        groups="base.group_user",
        help="Contested or needed for a dispute: it is not erased, whatever its age.",
    )

    @api.depends("hold_ids.lifted_on")
    def _compute_is_held(self):
        for request in self:
            request.is_held = any(not hold.lifted_on for hold in request.hold_ids)

    def action_open_hold(self):
        self.ensure_one()
        self.check_access("read")
        held = self.is_held
        return self._open_wizard(
            "procedure.hold.wizard",
            self.env._("Remove the hold on %(number)s", number=self.number)
            if held
            else self.env._("Hold the request %(number)s", number=self.number),
            default_request_id=False,
            default_number=self.number,
            default_is_lift=held,
        )

    # ------------------------------------------------------------
    # The rule
    # ------------------------------------------------------------

    @api.model
    def _get_retention_domain(self, rule, day=None):
        finished = Domain("state", "not in", ["draft", *self._get_open_states()]) & Domain(
            "date_anonymised", "=", False
        )
        if day is None:
            return finished & Domain("procedure_id.retention_months", ">", 0)
        procedures = self.env["procedure.procedure"].with_context(active_test=False)
        groups = procedures._read_group(
            [("retention_months", ">", 0)], ["retention_months"], ["id:array_agg"]
        )
        return finished & Domain.OR(
            Domain("procedure_id", "in", ids)
            & (
                # In Paris, a day more at most: the exact day is that of `_get_retention_dues`.
                Domain(
                    "state_date",
                    "<",
                    fields.Date.to_string(day - relativedelta(months=months, days=-2)),
                )
                | Domain("state_date", "=", False)
            )
            for months, ids in groups
        )

    def _get_retention_start(self):
        """The day of its end: in no other state since."""
        self.ensure_one()
        return clock.local_day(self.state_date or self.write_date)

    def _get_retention_dues(self, rule):
        open_states = ("draft", *self._get_open_states())
        return {
            request: request._get_retention_start()
            + relativedelta(months=request.procedure_id.retention_months)
            for request in self
            if request.state not in open_states
            and request.procedure_id.retention_months
            and not request.date_anonymised
        }

    def _get_retention_kept(self, rule):
        kept = super()._get_retention_kept(rule)
        contested = self.env["parental.authority"].search(
            [("child_id", "in", self.subject_ids.ids), ("state", "=", "contested")]
        )
        unfinished = self._filter_unfinished()
        for request in self:
            if request.is_held:
                kept[request] = self.env._("legal hold")
            elif request.written_on:
                kept[request] = self.env._("a message of the applicant has no answer")
            elif request.subject_ids & contested.child_id:
                kept[request] = self.env._("the authority over the child is contested")
            elif request in unfinished:
                kept[request] = self.env._("work is left to do")
        return kept

    def _get_retention_kind(self):
        self.ensure_one()
        return self.procedure_id.name

    def _get_retention_delay(self, rule):
        return rule._get_delay_text(self.procedure_id.retention_months)

    def _get_retention_label(self):
        self.ensure_one()
        return self.number

    @api.model
    def _get_retention_url(self):
        return f"{super()._get_retention_url()}/action-procedure_desk.procedure_request_action"

    def _get_retention_service(self):
        return self.service_id

    def _prepare_retention_mail(self, rule, rank, day):
        """In the layout of all mails about it, so that it is known and trusted."""
        self.ensure_one()
        lang = self._get_mail_lang()
        request = self.with_context(lang=lang)
        partners = request._get_applicants() or request.acting_for_id or request.applicant_id
        # Whoever closed her account is told at her address; nobody writes to the dead.
        partners = partners.filtered(lambda partner: partner.email and not partner.date_death)
        email = not request.applicant_id and request.contact_email
        if not partners and not email:
            return {}
        date = format_date(request.env, day, date_format="dd/MM/yyyy")
        body = request.env["ir.qweb"]._render(
            "procedure_retention.mail_warning",
            {
                "kept": request.env._(
                    "Your request “%(procedure)s” has been finished since %(day)s. We keep it "
                    "%(delay)s, as the form says.",
                    procedure=request.procedure_id.name,
                    day=format_date(
                        request.env, request._get_retention_start(), date_format="dd/MM/yyyy"
                    ),
                    delay=request._get_retention_delay(rule),
                ),
                "erased": request.env._(
                    "On %(date)s, your answers, your documents and our messages are erased for "
                    "good.",
                    date=date,
                ),
                "is_last": rank == 2,
            },
            lang=lang,
        )
        subject = request.env._(
            "%(number)s: your request is erased on %(date)s", number=request.number, date=date
        )
        return {
            "subject": subject,
            "body_html": request._render_mail(body, subject=subject),
            "email_from": request._get_sender(),
            "recipient_ids": [Command.set(partners.ids)],
            "email_to": email,
            "procedure_request_id": request.id,
        }

    def _filter_retention_allowed(self, rule):
        """Public archives wait for the visa (code du patrimoine, L212-2)."""
        allowed = super()._filter_retention_allowed(rule)
        archives = allowed.filtered(lambda request: request.procedure_id.needs_visa)
        agreed = self.env["procedure.elimination"].search(
            [("request_ids", "in", archives.ids), ("confirmed_on", "!=", False)]
        )
        return allowed - (archives - agreed.request_ids)

    def _end_retention(self, rule):
        self._anonymise()

    @api.model
    def _get_retention_others(self, rule):
        """Undecided ones, never touched, and procedures whose delay nobody has decided."""
        Request = self.with_context(active_test=False)
        rows = super()._get_retention_others(rule)
        alive = Domain("date_anonymised", "=", False)
        still_open = alive & Domain("state", "in", self._get_open_states())
        for procedure, count in Request._read_group(still_open, ["procedure_id"], ["__count"]):
            words = self.env._("not decided yet: never touched")
            rows.append((procedure.name, "kept", count, words))
        endless = (
            alive
            & Domain("state", "not in", ["draft", *self._get_open_states()])
            & Domain("procedure_id.retention_months", "=", 0)
        )
        for procedure, count in Request._read_group(endless, ["procedure_id"], ["__count"]):
            words = self.env._("nobody decided the delay: to be set on the procedure")
            rows.append((procedure.name, "endless", count, words))
        return rows

    # ------------------------------------------------------------
    # Anonymised
    # ------------------------------------------------------------

    def _anonymise(self):
        for request in self:
            if request.is_held:
                raise UserError(
                    self.env._("%(number)s is under a legal hold.", number=request.number)
                )
        result = super()._anonymise()
        # That it was held is in the journal; why may name somebody.
        self.hold_ids.sudo().unlink()
        return result
