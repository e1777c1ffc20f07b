import logging
import sys
from datetime import timedelta

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, Command, api, fields, models
from odoo.tools import SQL

from .ir_mail_server import is_temporary

_logger = logging.getLogger(__name__)

# After each failure, how long we wait; then people are told, and the last one is repeated.
DELAYS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
# Three days and a bit.
MAX_TRIES = len(DELAYS) + 72
# What core calls a server that could not be reached, or let us not in.
AWAY = "mail_smtp"
# Found before anything was said to a server.
NO_RECIPIENT = ("mail_email_invalid", "mail_email_missing")
ACTIVITY = "mail_retry.mail_activity_unsent"


class MailMail(models.Model):
    _inherit = "mail.mail"

    retry_count = fields.Integer("Failed tries", readonly=True, copy=False)
    is_warned = fields.Boolean("Somebody was told", readonly=True, copy=False)
    valid_until = fields.Datetime(
        readonly=True, help="It is not tried again after this: what it says is of no use then."
    )

    _away_idx = models.Index(
        "(scheduled_date) WHERE state = 'outgoing' AND failure_type IS NOT NULL"
    )

    # ------------------------------------------------------------
    # Sending
    # ------------------------------------------------------------

    def _send(self, auto_commit=False, raise_exception=False, smtp_session=None, **kwargs):
        """One by one: each locked first, so that two processes do not send it both, and none
        through a connection that another one has broken."""
        for position, mail in enumerate(self):
            if getattr(smtp_session, "sock", True) is None and not raise_exception:
                # Not their failure: they leave at the next turn.
                self[position:]._trigger_queue()
                break
            if mail._take():
                super(MailMail, mail)._send(
                    auto_commit=auto_commit,
                    raise_exception=raise_exception,
                    smtp_session=smtp_session,
                    **kwargs,
                )
        return True

    def _take(self):
        """Core's `try_lock_for_update`, which would leave the queue with an ERROR where another
        process has just changed one of these: they are read again at the next turn.

        :return: those that are locked, and as this process knows them
        """
        if not self:
            return self
        query = SQL(
            "SELECT id FROM mail_mail WHERE id IN %s FOR NO KEY UPDATE SKIP LOCKED", self._ids
        )
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(query, log_exceptions=False)
                return self.browse(row_id for (row_id,) in self.env.cr.fetchall())
        except SerializationFailure:
            self._trigger_queue()
            return self.browse()

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        """Core calls this for each outcome, inside the `except` of a failure; after it, a mail that
        failed is never looked at again."""
        if not failure_type:
            self._on_left()
            return super()._postprocess_sent_message(success_pids, success_emails)
        waiting = self.browse()
        if failure_type not in NO_RECIPIENT:
            error = sys.exception()
            if failure_type != AWAY and error and self._divide(success_pids, success_emails):
                return super()._postprocess_sent_message(success_pids, success_emails)
            if failure_type == AWAY or is_temporary(error):
                waiting = self._put_off(failure_type)
        lost = self - waiting
        (lost | waiting.filtered(lambda mail: mail.retry_count == len(DELAYS) + 1))._warn()
        if lost:
            super(MailMail, lost)._postprocess_sent_message(
                success_pids, success_emails, failure_reason, failure_type
            )
        return True

    def _divide(self, success_pids, success_emails):
        """One address that is refused keeps core from trying the next ones. Who was served is done
        with; each other one has a mail of her own, which leaves at once.

        :return: whether there was something to divide
        """
        self.ensure_one()
        served = self.recipient_ids.filtered(lambda partner: partner in success_pids)
        parts = [{"recipient_ids": partner.ids} for partner in self.recipient_ids - served]
        if (self.email_to or self.email_cc) and not success_emails:
            parts.insert(0, {"email_to": self.email_to, "email_cc": self.email_cc})
        if len(parts) == 1 and not served and not success_emails:
            return False
        for part in parts:
            self._copy_for(**part)._trigger_queue()
        self.write({"state": "sent", "failure_type": False, "failure_reason": False})
        return True

    def _copy_for(self, recipient_ids=(), email_to=False, email_cc=False):
        """The same mail to one of its recipients, with what is known of the sending to her."""
        values = {
            "recipient_ids": [Command.set(recipient_ids)],
            "email_to": email_to,
            "email_cc": email_cc,
            "headers": self.headers,
        }
        if self.is_notification:
            values["mail_message_id"] = self.mail_message_id.id
        copy_sudo = self.sudo().copy(values)
        notifications_sudo = self.env["mail.notification"].sudo().search(self._notified_domain())
        notifications_sudo.filtered(
            lambda notification: notification.res_partner_id.ids == list(recipient_ids)
        ).write(
            {"mail_mail_id": copy_sudo.id, "notification_status": "ready", "failure_type": False}
        )
        return copy_sudo

    # ------------------------------------------------------------
    # Later
    # ------------------------------------------------------------

    def _put_off(self, failure_type):
        """:return: those that are tried again"""
        now = fields.Datetime.now()
        waiting = self.browse()
        for mail in self:
            date = now + DELAYS[min(mail.retry_count, len(DELAYS) - 1)]
            if mail.retry_count >= MAX_TRIES or (mail.valid_until and date > mail.valid_until):
                continue
            mail.write(
                {
                    "state": "outgoing",
                    "scheduled_date": date,
                    "retry_count": mail.retry_count + 1,
                    "failure_type": failure_type,
                }
            )
            waiting |= mail
        waiting._mark_notifications()
        for date in set(waiting.mapped("scheduled_date")):
            waiting._trigger_queue(date)
        return waiting

    def _mark_notifications(self):
        """In the history of a record: on its way, or in red once somebody is told."""
        for is_late, mails in self.grouped(lambda mail: mail.retry_count > len(DELAYS)).items():
            self.env["mail.notification"].sudo().search(mails._notified_domain()).write(
                {
                    "notification_status": "exception" if is_late else "ready",
                    "failure_type": AWAY if is_late else False,
                    "failure_reason": False,
                }
            )

    def _notified_domain(self):
        return [
            ("notification_type", "=", "email"),
            ("mail_mail_id", "in", self.ids),
            ("notification_status", "not in", ("sent", "canceled")),
        ]

    def _on_left(self):
        """The server is back: what it kept waiting leaves too."""
        domain = [
            ("state", "=", "outgoing"),
            ("failure_type", "=", AWAY),
            ("scheduled_date", ">", fields.Datetime.now()),
            ("id", "not in", self.ids),
        ]
        waiting_sudo = self.sudo().search(domain)._take()
        if waiting_sudo:
            waiting_sudo.scheduled_date = False
            waiting_sudo._trigger_queue()
        if warned := self.filtered("is_warned"):
            warned.is_warned = False
            warned.with_user(SUPERUSER_ID)._forget_unsent()

    @api.model
    def _trigger_queue(self, at=None):
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger(at)

    def mark_outgoing(self):
        """“Retry”, by hand: at once, and as often as a new one."""
        self.write({"retry_count": 0, "scheduled_date": False, "failure_type": False})
        self._trigger_queue()
        return super().mark_outgoing()

    @api.autovacuum
    def _gc_useless(self):
        """An old code that never left is of no use, and says who asked for it."""
        limit = fields.Datetime.now() - timedelta(days=7)
        self.search([("state", "=", "exception"), ("valid_until", "<", limit)]).unlink()

    @api.model
    def _is_server_away(self):
        """Whether mails wait for the server: what a page promises by mail will be late.

        Says nothing about anybody's mail: it may be shown to all.
        """
        domain = [("state", "=", "outgoing"), ("failure_type", "=", AWAY)]
        return bool(self.sudo().search_count(domain, limit=1))

    # ------------------------------------------------------------
    # Who is told
    # ------------------------------------------------------------

    def _warn(self):
        """What goes wrong here must not stop the queue."""
        if not self:
            return
        try:
            with self.env.cr.savepoint():
                self.with_user(SUPERUSER_ID)._warn_unsent()
                self.is_warned = True
        except Exception:
            _logger.exception("Nobody could be told that mails %s did not leave", self.ids)

    def _warn_unsent(self):
        """Tell that these mails did not leave; those in the state `outgoing` are still tried.

        In superuser mode. Here: a task for each administrator, one for all mails.
        """
        Activity = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        known = Activity.search(self._get_warning_domain())
        for user in self._get_administrators() - known.user_id:
            words = Activity.with_context(lang=user.lang)
            Activity.create(
                {
                    "activity_type_id": self.env.ref(ACTIVITY).id,
                    "user_id": user.id,
                    "summary": words.env._("E-mails did not leave"),
                    "note": words.env._(
                        "The mail server is away, or refuses them. Which ones, and why: Settings, "
                        "Technical, Emails. “Retry” sends them again."
                    ),
                }
            )

    def _forget_unsent(self):
        """These left after all. In superuser mode."""
        domain = [("state", "in", ("outgoing", "exception")), ("is_warned", "=", True)]
        if not self.search_count(domain, limit=1):
            self.env["mail.activity"].search(self._get_warning_domain()).action_done()

    def _get_warning_domain(self):
        activity_type = self.env.ref(ACTIVITY)
        return [("activity_type_id", "=", activity_type.id), ("res_model", "=", False)]

    @api.model
    def _get_administrators(self):
        group_sudo = self.env.ref("base.group_system").sudo()
        return group_sudo.all_user_ids.filtered(lambda user: user.active and not user.share)
