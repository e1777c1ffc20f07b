import hashlib
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

KEPT_DAYS = 90


class ProcedureMailReceipt(models.Model):
    """What became of each e-mail, and that the same one has one effect. Neither sender nor text."""

    _name = "procedure.mail.receipt"
    _description = "Received e-mail"
    _order = "id desc"
    _rec_name = "request_id"

    digest = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    date = fields.Datetime(required=True, readonly=True)
    request_id = fields.Many2one(
        "procedure.request", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    size = fields.Integer(string="Size (bytes)", readonly=True)
    outcome = fields.Selection(
        [
            ("posted", "On the request"),
            ("completed", "Answered what was asked"),
            ("refused", "Refused, the sender was told"),
            ("ignored", "Ignored"),
        ],
        readonly=True,
    )
    reason = fields.Selection(
        [
            ("stranger", "Not an address of the applicant"),
            ("staff", "Member of the staff"),
            ("address", "Not sent to the address of the request"),
            ("erased", "The request is anonymised"),
            ("big", "Too big"),
            ("long", "Text too long"),
            ("empty", "Neither text nor file"),
            ("unreadable", "Cannot be read"),
            ("files", "Files refused"),
            ("sender", "No single sender"),
            ("automatic", "Automatic answer"),
            ("list", "Mailing list"),
            ("bounce", "Notice of non-delivery"),
            ("own", "Our own address"),
            ("forged", "Forged sender"),
            ("unproved", "Nothing proves the sender"),
            ("unchecked", "Did not pass by the receiving server"),
            ("many", "Too many messages"),
        ],
        readonly=True,
    )

    _digest_uniq = models.UniqueIndex("(digest)", "This e-mail was already received.")

    @api.model
    def _claim(self, key):
        """The receipt of a message seen for the first time, else nothing. In superuser mode.

        Two deliveries at once: the second waits, then fails to serialize.
        """
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO procedure_mail_receipt (digest, date, create_date, create_uid)
                VALUES (%s, %s, now() AT TIME ZONE 'UTC', %s)
                ON CONFLICT (digest) DO NOTHING
                RETURNING id
                """,
                hashlib.sha256(key.encode()).hexdigest(),
                fields.Datetime.now(),
                self.env.uid,
            ),
            log_exceptions=False,
        )
        return self.browse(row[0] for row in self.env.cr.fetchall())

    @api.model
    def _get_retention_facts(self):
        """What is erased here, and when: [(what, how long)]. Shown by `privacy_retention`."""
        kept = self.env._("%(days)s days", days=KEPT_DAYS)
        return [(self.env._("Journal of the e-mails received"), kept)]

    @api.autovacuum
    def _gc_receipts(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search([("date", "<", limit)], limit=10000).unlink()
