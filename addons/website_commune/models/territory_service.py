from datetime import UTC

from odoo import fields, models

from odoo.addons.territory_base.opening_clock import ZONE


class TerritoryService(models.Model):
    _inherit = "territory.service"

    def _get_week(self):
        """[dict(name, hours, is_today)]: the days of the week on which it is open, in order."""
        self.ensure_one()
        today = str(self._get_local_today().weekday())
        week = self.opening_ids.filtered("weekday").sorted("hour_from")
        days = week._fields["weekday"]._description_selection(self.env)
        return [
            {
                "name": name,
                "hours": [each._get_hours() for each in week if each.weekday == day],
                "is_today": day == today,
            }
            for day, name in days
            if day in week.mapped("weekday")
        ]

    def _get_exceptions(self):
        """Sentences on the days to come that are not as the week says."""
        self.ensure_one()
        return [each._get_exception_sentence() for each in self.opening_ids._filtered_told()]

    def _get_local_today(self):
        return fields.Datetime.now().replace(tzinfo=UTC).astimezone(ZONE).date()
