from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.territory_base import clock


class PrivacyRetentionAnsweredMixin(models.AbstractModel):
    """What somebody wrote and is answered: erased so many months after the answer, or after it came
    when nobody answered."""

    _name = "privacy.retention.answered.mixin"
    _description = "What is kept for a time after its answer"
    _inherit = "privacy.retention.mixin"

    date_answered = fields.Datetime("Answered on", readonly=True)
    answered_by_id = fields.Many2one("res.users", "Answered by", readonly=True, ondelete="set null")

    @api.model
    def _get_retention_domain(self, rule, day=None):
        if day is None:
            return Domain.TRUE
        limit = fields.Date.to_string(day - relativedelta(months=rule.months, days=-1))
        return Domain("create_date", "<", limit) & (
            Domain("date_answered", "=", False) | Domain("date_answered", "<", limit)
        )

    def _get_retention_dues(self, rule):
        delay = relativedelta(months=rule.months)
        return {
            each: clock.local_day(each.date_answered or each.create_date) + delay for each in self
        }

    def _get_retention_label(self):
        self.ensure_one()
        return str(self.id)

    def _end_retention(self, rule):
        """The address, and what was written: nothing of it stays."""
        self.unlink()
