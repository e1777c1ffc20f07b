from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.territory_base import clock


class PeriodMixin(models.AbstractModel):
    _name = "period.mixin"
    _description = "Something true from one day to another"

    date_start = fields.Date(default=lambda self: clock.today())
    date_end = fields.Date()
    is_current = fields.Boolean(compute="_compute_is_current", search="_search_is_current")

    _period_valid = models.Constraint(
        "CHECK(date_end IS NULL OR date_start IS NULL OR date_end >= date_start)",
        "It cannot end before it starts.",
    )

    @api.depends("date_start", "date_end")
    def _compute_is_current(self):
        today = clock.today()
        for record in self:
            record.is_current = (not record.date_start or record.date_start <= today) and (
                not record.date_end or record.date_end >= today
            )

    @api.model
    def _search_is_current(self, operator, value):
        if operator != "in" or len(value) != 1:
            return NotImplemented
        current = self._current_domain()
        return current if True in value else ~current

    def _end_before_today(self):
        """Something else is said from today on: what was true before stays so until yesterday,
        what began today goes. In superuser mode, once it was checked who asks."""
        today = clock.today()
        begun_today = self.filtered(lambda record: record.date_start == today)
        (self - begun_today).date_end = fields.Date.subtract(today, days=1)
        begun_today.unlink()
        # What comes next is compared by PostgreSQL with the rows that it has.
        self.flush_model(["date_end"])

    @api.model
    def _current_domain(self):
        """Of today: a period ends at midnight without any nightly job."""
        today = clock.today()
        return Domain.OR([[("date_start", "=", False)], [("date_start", "<=", today)]]) & Domain.OR(
            [[("date_end", "=", False)], [("date_end", ">=", today)]]
        )
