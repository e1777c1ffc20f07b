import logging
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date, formataddr

from odoo.addons.procedure import delays
from odoo.addons.territory_base import clock

_logger = logging.getLogger(__name__)

DEFAULT_HOUR = 7
# Requests listed in each part; above, how many more.
MAX_ROWS = 15
# What nobody signs is told at once, then so seldom: a flood of it is a few mails.
NOBODY_EVERY = timedelta(hours=1)


class ProcedureDigest(models.AbstractModel):
    """What a service is told by mail. Private: a cron, and the filing of a request, call it."""

    _name = "procedure.digest"
    _description = "Mail to a service about its requests"

    @api.model
    def _send_due(self):
        """The mail of today of each service that did not have it: a second run sends nothing."""
        self._send_waiting()
        now = clock.local_time(fields.Datetime.now())
        today = now.date()
        if now.hour < self._get_hour() or delays.next_working_day(today) != today:
            return
        waiting = self.env["territory.service"].search(
            [
                ("sends_daily_digest", "=", True),
                "|",
                ("digest_date", "=", False),
                ("digest_date", "<", today),
            ]
        )
        for number, service in enumerate(waiting, 1):
            locked = service.try_lock_for_update(allow_referencing=True)
            if locked and service.digest_date != today:
                self._send_daily(service, today)
                service.digest_date = today
            self.env["ir.cron"]._commit_progress(1, remaining=len(waiting) - number)

    def _send_daily(self, service, today):
        digest = self.with_context(lang=self._get_lang())
        if not digest._get_recipients(service):
            return
        if sections := digest._get_sections(service, today):
            digest._send(
                service,
                digest.env._(
                    "%(service)s: your requests on %(date)s",
                    service=service.name,
                    date=format_date(digest.env, today, date_format="dd/MM/yyyy"),
                ),
                sections,
            )

    def _send_at_once(self, request):
        """A request of a procedure that cannot wait for tomorrow."""
        digest = self.with_context(lang=self._get_lang())
        service = request.service_id
        title = digest.env._("New request %(number)s", number=request.number)
        subject = f"{request.number} – {request.procedure_id.name}"
        digest._send(service, subject, [(title, digest._get_rows(request), "")])

    def _send_or_wait(self, request):
        """What nobody signs: at once, then with those of the same hour."""
        now, last = fields.Datetime.now(), request._get_last_digest_time(request.service_id)
        if not last or last + NOBODY_EVERY <= now:
            request.digest_time = now
            self._send_at_once(request)
            return
        request.write(
            {"waits_digest": True, "digest_time": last if last > now else last + NOBODY_EVERY}
        )
        self.env.ref("procedure_digest.procedure_digest_cron")._trigger(at=request.digest_time)

    def _send_waiting(self):
        """One mail for each service, with how many there are; superuser mode, by the cron."""
        domain = Domain("waits_digest", "=", True)
        domain &= Domain("digest_time", "<=", fields.Datetime.now())
        waiting = self.env["procedure.request"].search(domain, order="date_submitted, id")
        for service, requests in waiting.grouped("service_id").items():
            if requests.try_lock_for_update(allow_referencing=True) != requests:
                continue
            requests.waits_digest = False
            if len(requests) == 1:
                self._send_at_once(requests)
            else:
                self._send_together(service, requests)
            self.env["ir.cron"]._commit_progress(1)

    def _send_together(self, service, requests):
        digest = self.with_context(lang=self._get_lang())
        subject = digest.env._("%(count)s new requests without a name", count=len(requests))
        others = len(requests) - MAX_ROWS
        more = digest.env._("and %(count)s more", count=others) if others > 0 else ""
        rows = digest._get_rows(requests[:MAX_ROWS])
        digest._send(service, subject, [(subject, rows, more)])

    def _send(self, service, subject, sections):
        recipients = self._get_recipients(service)
        if not recipients:
            _logger.info("No agent of the service %s receives mail.", service.code)
            return
        company = self.env.company
        sender = (
            formataddr((service.name, service.email)) if service.email else company.email_formatted
        )
        body = self.env["ir.qweb"]._render(
            "procedure_digest.body", {"sections": sections, "url": self._get_base_url()}
        )
        Mail = self.env["mail.mail"]
        Mail.create(
            {
                "subject": subject,
                "body_html": Mail._render_look(body, title=subject),
                "email_from": sender,
                "reply_to": sender,
                "recipient_ids": [Command.set(recipients.partner_id.ids)],
                "headers": repr(
                    {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
                ),
                "auto_delete": True,
            }
        ).mail_message_id.is_internal = True
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    @api.model
    def _get_recipients(self, service):
        """Agents of the service who read its requests, have an address and did not opt out."""
        return service.user_ids.filtered(
            lambda user: (
                user.active
                and not user.share
                and user.email
                and user.receives_digest
                and self.env["procedure.request"].with_user(user).has_access("read")
            )
        )

    # ------------------------------------------------------------
    # What is told
    # ------------------------------------------------------------

    def _get_sections(self, service, today):
        """[(title, rows, how many more in words)], a request once, without the empty ones."""
        sections = []
        for title, domain, order in self._get_domains(service, today):
            requests = self.env["procedure.request"].search(domain, order=order, limit=MAX_ROWS)
            if requests:
                others = len(requests) == MAX_ROWS and self._count_others(domain)
                more = self.env._("and %(count)s more", count=others) if others else ""
                sections.append((title, self._get_rows(requests), more))
        return sections

    def _count_others(self, domain):
        return self.env["procedure.request"].search_count(domain) - MAX_ROWS

    def _get_domains(self, service, today):
        """Hook: the sections of the mail, most urgent first; a request is in one of them.

        In superuser mode, for one service: each domain keeps to what this service reads.

        :return: list of (title, domain on `procedure.request`, order), `super()` and yours
        """
        lead = Domain("service_id", "=", service.id)
        overdue = Domain("asked", "=", True) & Domain("date_due", "<", today)
        told_here = Domain("state", "=", "submitted")
        told_here &= Domain("procedure_id.notify_at_once", "=", False)
        return [
            (
                self.env._("The applicant wrote, nobody answered yet"),
                lead & Domain("written_on", "!=", False),
                "written_on, id",
            ),
            (self.env._("Late"), lead & Domain("late", "=", "red"), "date_due, id"),
            (
                self.env._("To answer soon"),
                lead & Domain("late", "=", "orange"),
                "date_due, id",
            ),
            (
                self.env._("New, not taken yet"),
                lead
                & Domain("user_id", "=", False)
                & Domain("late", "=", "none")
                & Domain("written_on", "=", False)
                & (told_here | Domain("state", "=", "in_review")),
                "date_submitted, id",
            ),
            (
                self.env._("The applicant did not answer in time"),
                lead
                & Domain("state", "=", "to_complete")
                & Domain("document_line_ids", "any", overdue),
                "date_submitted, id",
            ),
        ]

    def _get_rows(self, requests):
        """Nothing that says who: the mail leaves our walls."""
        return [
            {
                "number": request.number,
                "procedure": request.procedure_id.name,
                "commune": request.commune_id.name or "",
                "age": self._get_age(request.age_days),
                "url": f"{self._get_base_url()}/odoo/procedure.request/{request.id}",
            }
            for request in requests.with_context(lang=self.env.lang)
        ]

    def _get_age(self, days):
        if not days:
            return self.env._("today")
        if days == 1:
            return self.env._("1 day")
        return self.env._("%(days)s days", days=days)

    # ------------------------------------------------------------
    # Settings
    # ------------------------------------------------------------

    @api.model
    def _get_hour(self):
        param = self.env["ir.config_parameter"].sudo().get_param("procedure_digest.hour")
        return int(param) if param else DEFAULT_HOUR

    @api.model
    def _get_base_url(self):
        return self.env["procedure.request"].get_base_url()

    @api.model
    def _get_lang(self):
        return self.env["res.lang"].sudo()._get_code("fr_FR") or self.env.lang or "en_US"
