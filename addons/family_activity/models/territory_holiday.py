from odoo import models
from odoo.fields import Domain


class TerritoryHoliday(models.Model):
    """School holidays that move: days of school become days of holidays, and the reverse."""

    _name = "territory.holiday"
    _inherit = ["territory.holiday", "family.followed.mixin"]
    _followed_fields = frozenset({"name", "date_start", "date_end", "active"})

    def _get_sessions_domain(self):
        return Domain.OR(self._get_period_domain(row.date_start, row.date_end) for row in self)
