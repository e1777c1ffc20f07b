from datetime import timedelta

from odoo import fields, models

from odoo.addons.territory_base import clock

from ..schedule import Warned

# A mail that did not leave by then is written anew: `mail_retry` gave it up long ago.
DAYS_BEFORE_ANEW = 30


class PrivacyRetentionWarning(models.Model):
    """That a person and a service were warned of an end: who is in the mails, not here.

    Nobody has a right on it; deleted with what it warned of.
    """

    _name = "privacy.retention.warning"
    _description = "Warning before the end of a delay"
    _order = "id"

    retention_id = fields.Many2one("privacy.retention", required=True, ondelete="cascade")
    res_id = fields.Integer(required=True)
    rank = fields.Integer(required=True)
    announced = fields.Date(required=True)
    written_on = fields.Date(required=True)
    is_reachable = fields.Boolean(help="An address is known where the person can be told.")
    person_mail_id = fields.Many2one("mail.mail", index="btree_not_null", ondelete="set null")
    person_left_on = fields.Date()
    service_mail_id = fields.Many2one("mail.mail", index="btree_not_null", ondelete="set null")
    service_left_on = fields.Date()

    _once = models.UniqueIndex("(retention_id, res_id, rank)", "Warned already.")

    def _note_left(self, mails):
        """These mails left to their server."""
        today = clock.today()
        for side in ("person", "service"):
            self.search([(f"{side}_mail_id", "in", mails.ids)]).write({f"{side}_left_on": today})

    def _to_warned(self):
        """For `schedule`; None without warning."""
        if not self:
            return None
        self.ensure_one()
        left = [self.service_left_on]
        if self.is_reachable:
            left.append(self.person_left_on)
        return Warned(self.announced, max(left) if all(left) else None)

    def _is_lost(self, today):
        """One of its mails is not on its way any more, or for too long."""
        return self.written_on <= today - timedelta(DAYS_BEFORE_ANEW)

    def _find_refused(self, rule):
        """Those whose mail the server of the person refused for good."""
        return self.search(
            [
                ("retention_id", "=", rule.id),
                ("is_reachable", "=", True),
                ("person_left_on", "=", False),
                ("person_mail_id.state", "=", "exception"),
            ]
        )

    def unlink(self):
        """With their mails, which name the person."""
        mails = self.person_mail_id
        result = super().unlink()
        mails.exists().unlink()
        return result
