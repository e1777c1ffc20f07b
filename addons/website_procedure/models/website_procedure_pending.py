import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain
from odoo.tools import formataddr

from odoo.addons.mail_retry.models.mail_mail import MAX_TRIES
from odoo.addons.public_guard.models.public_guard import CODE_MINUTES
from odoo.addons.territory_base.locks import lock_or_replay

from ..pages.constants import DRAFT_DAYS

REMINDER_DAYS = 14
VISITOR_HOURS = 48


class WebsiteProcedurePending(models.Model):
    """What a person typed and gave before the request exists.

    Nobody has a right on it: the pages reach it in superuser mode after they checked who is
    signed in, or the secret that only the visitor's own form holds.
    """

    _name = "website.procedure.pending"
    _description = "Form not sent yet"
    _inherit = ["website.procedure.pending.nudge"]
    _order = "write_date desc, id desc"

    claim_digest = fields.Char(index="btree_not_null")
    procedure_id = fields.Many2one(
        "procedure.procedure", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one("res.partner", index="btree_not_null", ondelete="cascade")
    version_id = fields.Many2one(
        "procedure.version", ondelete="set null", help="The questions that were shown"
    )
    answers = fields.Json()
    identity = fields.Json()
    origins = fields.Json(help="Input name: day on which the account gave this answer")
    confirmed = fields.Json(help="Question: day on which she said that it is still exact")
    page_key = fields.Char(help="The page of the form where the person stopped")
    acting_for_id = fields.Many2one("res.partner", ondelete="set null")
    kept_by = fields.Char(help="The mark of the page that wrote it last")
    former_request_id = fields.Many2one(
        "procedure.request", ondelete="set null", help="The one whose answers it was filled in from"
    )
    form_token = fields.Char()
    read_stamp = fields.Char(help="What a visitor had read when her code was sent")
    email = fields.Char(help="Where the code of a visitor without account was sent")
    code_mail_id = fields.Many2one(
        "mail.mail", ondelete="set null", help="The last code, until it has left"
    )
    request_id = fields.Many2one("procedure.request", ondelete="cascade")
    file_ids = fields.One2many("website.procedure.pending.file", "pending_id")
    date_expire = fields.Datetime(required=True, index=True)
    date_reminded = fields.Datetime(help="When the reminder was written")
    reminder_mail_id = fields.Many2one("mail.mail", index="btree_not_null", ondelete="set null")
    date_told = fields.Datetime(help="When the reminder left: it is not erased before")

    _one_draft = models.UniqueIndex(
        "(partner_id, procedure_id) WHERE partner_id IS NOT NULL",
        "There is one draft for each person and procedure.",
    )

    @api.model
    def _digest(self, claim):
        return hashlib.sha256(claim.encode()).hexdigest()

    @api.model
    def _find_draft(self, procedure, partner):
        return self.search(
            [
                ("procedure_id", "=", procedure.id),
                ("partner_id", "=", partner.id),
                ("date_expire", ">", fields.Datetime.now()),
            ],
            limit=1,
        )

    @api.model
    def _find_claimed(self, procedure, claim):
        """The form of a visitor: found by its secret, never by its number."""
        if not claim or len(claim) > 100:
            return self.browse()
        return self.search(
            [
                ("claim_digest", "=", self._digest(claim)),
                ("procedure_id", "=", procedure.id),
                ("partner_id", "=", False),
                ("date_expire", ">", fields.Datetime.now()),
            ],
            limit=1,
        )

    @api.model
    def _start(self, procedure, partner=None, claim=None):
        """Return the new record and, for a visitor, the secret that finds it again.

        :param claim: that secret, where the page of the visitor has one of its own
        :raise ConcurrencyError: another request begins this draft; Odoo plays this one again
        """
        values = {"procedure_id": procedure.id, "date_expire": self._expiry(partner)}
        if partner:
            # A draft past its date still holds the only place.
            self._find_only_draft(procedure, partner).unlink()
            return self.create({**values, "partner_id": partner.id}), None
        digest = claim and self._digest(claim)
        if not claim or self._find_only([("claim_digest", "=", digest)], digest):
            # What this page began before was sent, or another page goes on with it.
            claim = secrets.token_urlsafe(32)
        return self.create({**values, "claim_digest": self._digest(claim)}), claim

    def _lock(self):
        """Keep other requests from changing this form, or counting its files, meanwhile."""
        lock_or_replay(self)

    def _find_only_draft(self, procedure, partner):
        domain = [("procedure_id", "=", procedure.id), ("partner_id", "=", partner.id)]
        return self._find_only(domain, f"{procedure.id} {partner.id}")

    def _find_only(self, domain, turn):
        """Two pages that begin at the same moment keep one record.

        :raise ConcurrencyError: begun meanwhile; Odoo plays the request again, which finds it
        """
        found = self.search(domain)
        guard = self.env["public.guard"]
        guard._take_turn("procedure.draft", turn)
        with guard._own_cursor() as cr:
            begun = self.with_env(self.env(cr=cr)).search(domain).ids
        if set(begun) - set(found.ids):
            raise ConcurrencyError
        return found

    @api.model
    def _expiry(self, partner=None):
        delay = timedelta(days=DRAFT_DAYS) if partner else timedelta(hours=VISITOR_HOURS)
        return fields.Datetime.now() + delay

    def _keep(self, **values):
        self.ensure_one()
        self._lock()
        expiry = self._expiry(self.partner_id)
        untold = dict.fromkeys(("date_reminded", "reminder_mail_id", "date_told"), False)
        self.write({**values, "date_expire": expiry, **untold})

    def _give_to(self, partner, draft):
        """What a visitor began becomes her draft once she has signed in, with the files of both."""
        self.ensure_one()
        draft.file_ids.write({"pending_id": self.id})
        draft.unlink()
        self.write(
            {
                "partner_id": partner.id,
                "claim_digest": False,
                "identity": False,
                "date_expire": self._expiry(partner),
            }
        )
        return self

    def _files_by_key(self):
        files = {}
        for file in self.file_ids:
            files.setdefault(file.field_key, self.env[file._name])
            files[file.field_key] |= file
        return files

    def _send_code(self, code):
        """Sent at once, not by the queue: the person waits for it in front of the screen."""
        self.ensure_one()
        body = self.env["ir.qweb"]._render(
            "website_procedure.mail_code",
            {"procedure": self.procedure_id},
        )
        subject = self.env._("%(code)s is your code", code=code)
        now = fields.Datetime.now()
        mail = self._create_mail(
            subject,
            body,
            self.email,
            look={"title": self.env._("Your code"), "plate": code},
            valid_until=now + timedelta(minutes=CODE_MINUTES),
        )
        self.code_mail_id = mail
        if mail._is_server_away():
            # The queue's turn: no visitor holds a worker until the connection is given up.
            mail._trigger_queue()
        else:
            mail.send_after_commit()
            # Should this process end before it is sent.
            mail._trigger_queue(now + timedelta(minutes=1))

    def _get_code_problem(self):
        """What the page says once the code should have left; empty when it did."""
        self.ensure_one()
        mail = self.code_mail_id
        if mail.state == "outgoing" and (mail.retry_count or mail._is_server_away()):
            return self.env._(
                "Our mail server does not answer: your code has not left yet. It leaves as soon as "
                "possible, keep this page open. Nothing after ten minutes? Ask for another code. "
                "You have nothing to type again."
            )
        if mail.state == "exception":
            return self.env._(
                "Our message could not be delivered to this address. Check it by “Correct my "
                "answers”, or ask for another code. It still does not work? Call us."
            )
        return ""

    def _create_mail(self, subject, body, email, look=None, **values):
        """:param look: of `_render_look`"""
        service = self.procedure_id.service_id
        company_sudo = self.env.company.sudo()
        sender = service.email and formataddr((service.name, service.email))
        return self.env["mail.mail"].create(
            {
                "subject": subject,
                "body_html": self.env["mail.mail"]._render_look(
                    body, **{"title": subject, "service": service, **(look or {})}
                ),
                "email_from": sender or company_sudo.email_formatted,
                "email_to": email,
                "auto_delete": True,
                **values,
            }
        )

    @api.model
    def _remind_drafts(self):
        """Two weeks before it is erased, who began a request is told. By the mail queue: the end is
        put off until it left, and a mail that was given up is written again."""
        now = fields.Datetime.now()
        end = now + timedelta(days=REMINDER_DAYS)
        drafts = self.search(
            self._get_untold_domain()
            & Domain("date_expire", "<=", end)
            & ~self._get_refused_domain(),
            order="date_expire, id",
            limit=500,
        )
        for draft in drafts:
            if draft.reminder_mail_id.state == "outgoing":
                draft.date_expire = max(draft.date_expire, now + timedelta(days=2))
                continue
            draft.reminder_mail_id.unlink()
            if draft.date_reminded or draft.date_expire < now + timedelta(days=REMINDER_DAYS / 2):
                draft.date_expire = end
            in_words = draft.with_context(lang=draft.partner_id.lang or self.env.lang)
            body = in_words.env["ir.qweb"]._render(
                "website_procedure.mail_draft",
                {"draft": in_words, "url": f"{draft.get_base_url()}/my/demandes"},
                minimal_qcontext=True,
            )
            subject = in_words.env._("Your request is not sent yet")
            name = draft.partner_id.name
            look = {"greeting": in_words.env._("Hello %(name)s,", name=name)}
            mail = in_words._create_mail(subject, body, draft.partner_id.email, look=look)
            draft.write({"date_reminded": now, "reminder_mail_id": mail.id})

    @api.model
    def _get_untold_domain(self):
        """Who can still be written to: neither who died nor whose account is closed."""
        person = Domain("email", "!=", False) & Domain("active", "=", True)
        return Domain("partner_id", "any", person) & Domain("date_told", "=", False)

    @api.model
    def _get_refused_domain(self):
        """Their reminder was refused for good, which a server that is away does not do."""
        return Domain("reminder_mail_id.state", "=", "exception") & Domain(
            "reminder_mail_id.retry_count", "<", MAX_TRIES
        )

    def _note_told(self, mails):
        """These left. Who is told late has the time that she was promised."""
        now = fields.Datetime.now()
        for draft in self.search([("reminder_mail_id", "in", mails.ids)]):
            end = draft.date_expire
            if now - draft.date_reminded > timedelta(days=1):
                end = max(end, now + timedelta(days=REMINDER_DAYS))
            draft.write({"date_told": now, "date_expire": end})

    @api.model
    def _get_retention_facts(self):
        """What is erased here, and when: [(what, how long)]. Shown by `privacy_retention`."""
        return [
            (
                self.env._("Requests begun and not sent, with an account"),
                self.env._(
                    "%(days)s days, told by e-mail %(before)s days before",
                    days=DRAFT_DAYS,
                    before=REMINDER_DAYS,
                ),
            ),
            (
                self.env._("Requests begun and not sent, without account"),
                self.env._("%(hours)s hours", hours=VISITOR_HOURS),
            ),
        ]

    @api.autovacuum
    def _gc_pending(self):
        """Who has an account and an address that works is told first."""
        ended = self.search(
            Domain("date_expire", "<", fields.Datetime.now())
            & (~self._get_untold_domain() | self._get_refused_domain()),
            limit=1000,
        )
        mails = ended.reminder_mail_id
        ended.unlink()
        mails.unlink()
