import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date, formataddr

from odoo.addons.procedure.jobs import do_alone
from odoo.addons.territory_base import clock
from odoo.addons.territory_base.links import find_row, sign_row
from odoo.addons.territory_base.locks import lock_or_tell

LINK = "procedure.opinion"
LINK_DAYS = 30
# After the due date, the link still opens for those who are late.
LINK_DAYS_AFTER_DUE = 15
REMIND_DAYS = 3
GIVEN_STATES = ("favourable", "unfavourable")


class ProcedureOpinion(models.Model):
    """What a consulted service, or somebody by a link, thinks of a request. It decides nothing."""

    _name = "procedure.opinion"
    _description = "Opinion of a consulted service"
    _order = "request_id, id"

    request_id = fields.Many2one(
        "procedure.request", required=True, readonly=True, index=True, ondelete="cascade"
    )
    service_id = fields.Many2one("territory.service", readonly=True, ondelete="restrict")
    contact_name = fields.Char(string="Person consulted", readonly=True)
    contact_email = fields.Char(string="Link sent to", readonly=True)
    question = fields.Text(readonly=True)
    shown_field_ids = fields.Many2many(
        "procedure.field",
        "procedure_opinion_shown_rel",
        string="Answers shown by the link",
        readonly=True,
        help="Nothing else of the request is shown to the person who opens the link.",
    )
    asked_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    date_due = fields.Date(string="Expected before", readonly=True)
    date_reminded = fields.Date(readonly=True)
    link_nonce = fields.Char(groups=fields.NO_ACCESS, copy=False)
    state = fields.Selection(
        [
            ("asked", "Asked"),
            ("favourable", "Favourable"),
            ("unfavourable", "Unfavourable"),
            ("withdrawn", "No longer asked"),
        ],
        default="asked",
        required=True,
        readonly=True,
    )
    text = fields.Text(readonly=True)
    author_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    author_name = fields.Char(string="Given by", readonly=True)
    date = fields.Datetime(string="Given on", readonly=True)
    is_late = fields.Boolean(compute="_compute_is_late")
    can_give = fields.Boolean(compute="_compute_can_give")

    _someone = models.Constraint(
        "CHECK(service_id IS NOT NULL OR contact_email IS NOT NULL)",
        "Say who is consulted.",
    )
    _service_uniq = models.UniqueIndex(
        "(request_id, service_id) WHERE state = 'asked'",
        "This service is already consulted on this request.",
    )
    _contact_uniq = models.UniqueIndex(
        "(request_id, contact_email) WHERE state = 'asked' AND service_id IS NULL",
        "This person is already consulted on this request.",
    )

    @api.depends("service_id", "contact_name", "contact_email")
    def _compute_display_name(self):
        for opinion in self:
            opinion.display_name = opinion._get_consulted_name()

    @api.depends("state", "date_due")
    def _compute_is_late(self):
        today = clock.today()
        for opinion in self:
            late = opinion.date_due and opinion.date_due < today
            opinion.is_late = opinion.state == "asked" and late

    @api.depends_context("uid")
    @api.depends("service_id", "state")
    def _compute_can_give(self):
        mine = self.env.user.territory_service_ids
        for opinion in self:
            opinion.can_give = opinion.service_id in mine and opinion.state == "asked"

    def _get_consulted_name(self):
        self.ensure_one()
        return self.service_id.name or self.contact_name or self.contact_email or ""

    # ------------------------------------------------------------
    # In the back office
    # ------------------------------------------------------------

    def action_give_favourable(self, text=""):
        self._give_as_service("favourable", text)

    def action_give_unfavourable(self, text=""):
        self._give_as_service("unfavourable", text)

    def action_open_opinion(self):
        """The window where it is written; from the request too, for its service."""
        self.ensure_one()
        self.check_access("read")
        return self.request_id._open_wizard(
            "procedure.reason.wizard",
            self.env._("Your opinion"),
            default_action=self.env.context.get("reason_action"),
            default_opinion_id=self.id,
        )

    def action_send_link_again(self):
        """A new link: the former one no longer opens anything."""
        self.check_access("read")
        for opinion in self:
            opinion.request_id._check_actor("agent")
            opinion_sudo = opinion.sudo()
            opinion_sudo._lock()
            opinion_sudo._check_asked()
            if not opinion_sudo.contact_email:
                raise UserError(
                    self.env._("%(name)s has no e-mail address.", name=opinion.display_name)
                )
            opinion_sudo._send_link()

    def action_withdraw(self):
        """Asked by mistake, or no longer needed: the link is dead, the service reads no more."""
        self.check_access("read")
        for opinion in self:
            opinion.request_id._check_actor("agent")
            opinion_sudo = opinion.sudo()
            opinion_sudo._lock()
            opinion_sudo._check_asked()
            opinion_sudo.state = "withdrawn"
            opinion_sudo.request_id._forget_consulted(opinion_sudo.service_id)
            opinion_sudo.request_id._message_log(
                body=self.env._(
                    "The opinion of %(name)s is no longer asked.", name=opinion_sudo.display_name
                )
            )

    def _give_as_service(self, state, text):
        self.check_access("read")
        for opinion in self:
            if opinion.service_id not in self.env.user.territory_service_ids:
                raise AccessError(
                    self.env._("Only %(service)s gives this opinion.", service=opinion.display_name)
                )
            opinion.sudo()._give(
                state, text, author_id=self.env.uid, author_name=self.env.user.name
            )

    def _give(self, state, text, **author):
        """One effect, whoever gives it and by whatever way. In superuser mode."""
        self.ensure_one()
        if state not in GIVEN_STATES:
            raise UserError(self.env._("Choose: favourable or unfavourable."))
        text = (text or "").strip()
        if state == "unfavourable" and not text:
            raise UserError(self.env._("Say why the opinion is unfavourable."))
        self._lock()
        self._check_asked()
        self.write({"state": state, "text": text, "date": fields.Datetime.now(), **author})
        states = dict(self._fields["state"]._description_selection(self.env))
        self.request_id._message_log(
            body=self.env._(
                "Opinion of %(name)s: %(state)s.", name=self.display_name, state=states[state]
            ),
            **self._get_log_author(),
        )
        self.request_id._remind_agent(
            self.env._("%(name)s gave its opinion.", name=self.display_name)
        )

    def _get_log_author(self):
        """By the link, nobody is logged in: who was consulted signs, not the visitor's account."""
        if not self.env.user._is_public():
            return {}
        name = self.contact_name or self.author_name or self._get_consulted_name()
        return {"author_id": False, "email_from": formataddr((name, self.contact_email or ""))}

    def _lock(self):
        lock_or_tell(
            self,
            self.env._(
                "Somebody else is giving this opinion at this very moment. "
                "Open the page again in a few seconds."
            ),
        )
        self.invalidate_recordset(["state"])

    def _check_asked(self):
        problem = self._get_link_problem()
        if problem:
            raise UserError(problem)

    # ------------------------------------------------------------
    # By a link
    # ------------------------------------------------------------

    def _issue_link(self):
        """Path of the page that gives this opinion, once. Any former link is dead."""
        self.ensure_one()
        self.sudo().link_nonce = secrets.token_urlsafe(16)
        return self._get_link()

    def _get_link(self):
        self.ensure_one()
        last = clock.today() + timedelta(days=LINK_DAYS)
        if self.date_due:
            last = max(self.date_due + timedelta(days=LINK_DAYS_AFTER_DUE), last)
        end = clock.end_of_day(last)
        token = sign_row(self.sudo(), LINK, nonce="link_nonce", expiration=end)
        return f"/avis/{token}"

    @api.model
    def _find_by_token(self, token):
        """The opinion that this link names, in superuser mode: the signature is the check.

        Also once it was given or withdrawn: `_get_link_problem` says so. Empty: the link was
        never issued, was replaced or has expired.
        """
        return find_row(self.sudo(), LINK, token, nonce="link_nonce")[0]

    def _get_link_problem(self):
        """Why this opinion can no longer be given, in a sentence; empty when it can."""
        self.ensure_one()
        if self.state in GIVEN_STATES:
            return self.env._(
                "This opinion was already given, on %(date)s. It is not changed.",
                date=format_date(self.env, clock.local_day(self.date)),
            )
        if self.state == "withdrawn":
            return self.env._("This opinion is no longer asked. You have nothing to do.")
        if self.request_id.state not in self.request_id._get_open_states():
            return self.env._("This request is already decided. You have nothing to do.")
        return ""

    def _get_link_content(self):
        """What the page may show: the question, what was asked, and the answers that the agent
        chose to show. Neither the applicant nor any other person is named by the page itself."""
        self.ensure_one()
        request_sudo = self.sudo().request_id
        shown = set(self.sudo().shown_field_ids.mapped("key"))
        return {
            "number": request_sudo.number,
            "procedure": request_sudo.procedure_id.name,
            "service": request_sudo.service_id.name,
            "question": self.question or "",
            "date_due": self.date_due,
            "answers": [
                (label, value)
                for _section, rows in request_sudo._get_answer_sections()
                for label, value, key in rows
                if key.partition(".")[0] in shown
            ],
        }

    @api.model
    def _give_by_link(self, token, state, text, author_name):
        """Give the opinion that the link names. Sent again, it has no second effect.

        :raise UserError: a sentence for the person who opened the page
        """
        opinion_sudo = self._find_by_token(token)
        if not opinion_sudo:
            raise UserError(
                self.env._("This link is no longer valid. Ask the service for a new one.")
            )
        author_name = (author_name or "").strip()
        if not author_name:
            raise UserError(self.env._("Write your name."))
        opinion_sudo._give(state, text, author_name=author_name[:200])
        return opinion_sudo

    # ------------------------------------------------------------
    # Mail
    # ------------------------------------------------------------

    def _send_link(self):
        self._send_mail("procedure_opinion.mail_opinion_asked", self._issue_link())

    def _send_mail(self, template, link):
        """The link goes by mail only: the history of the request does not hold it."""
        self.ensure_one()
        request_sudo = self.request_id
        template = self.env.ref(template)
        lang = request_sudo._get_mail_lang()
        rendered = {
            name: template._render_field(
                name, self.ids, set_lang=lang, add_context={"link": self.get_base_url() + link}
            )[self.id]
            for name in ("subject", "body_html")
        }
        Mail = self.env["mail.mail"]
        Mail.create(
            {
                "subject": rendered["subject"],
                "body_html": Mail._render_look(
                    rendered["body_html"],
                    lang=lang,
                    title=rendered["subject"],
                    greeting=self.contact_name
                    and self.with_context(lang=lang).env._(
                        "Hello %(name)s,", name=self.contact_name
                    ),
                    service=request_sudo.service_id,
                ),
                "email_from": request_sudo._get_sender(),
                "reply_to": request_sudo._get_sender(),
                "email_to": self.contact_email,
                "procedure_request_id": request_sudo.id,
                "auto_delete": True,
            }
        ).mail_message_id.is_internal = True
        request_sudo._trigger_mails()

    @api.model
    def _cron_remind(self):
        """Once, a few days before the due date."""
        today = clock.today()
        domain = [
            ("state", "=", "asked"),
            ("date_reminded", "=", False),
            ("date_due", ">=", today),
            ("date_due", "<=", today + timedelta(days=REMIND_DAYS)),
            ("request_id.state", "in", self.env["procedure.request"]._get_open_states()),
        ]
        opinions = self.search(domain)
        self.env["ir.cron"]._commit_progress(remaining=len(opinions))
        for opinion in opinions:
            opinion = opinion.try_lock_for_update().filtered_domain(domain)
            if opinion:
                do_alone(opinion, "_remind")
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _remind(self):
        self.ensure_one()
        self.date_reminded = clock.today()
        if self.contact_email:
            self._send_mail("procedure_opinion.mail_opinion_reminder", self._get_link())
        summary = self.env._("Give the opinion of %(name)s", name=self.display_name)
        self.request_id._add_tasks(self.service_id.user_ids, summary, self.date_due)
