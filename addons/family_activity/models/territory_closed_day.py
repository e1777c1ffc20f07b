from odoo import models
from odoo.fields import Domain


class TerritoryClosedDay(models.Model):
    """A day that is closed after sessions were made closes them; taken back, it gives them back."""

    _name = "territory.closed.day"
    _inherit = ["territory.closed.day", "family.followed.mixin"]
    _followed_fields = frozenset({"name", "date_start", "date_end", "service_id"})

    def _get_sessions_domain(self):
        domains = []
        for row in self:
            domain = self._get_period_domain(row.date_start, row.date_end)
            if row.service_id:
                domain &= Domain("site_id.service_id", "=", row.service_id.id)
            domains.append(domain)
        return Domain.OR(domains)
