from odoo import models

from odoo.addons.territory_base import clock


class TerritoryOpening(models.Model):
    _name = "territory.opening"
    _inherit = ["territory.opening", "content.guard.mixin"]
    _guards_whole_rows = True

    def _filter_guarded(self):
        """Those of the town hall of a commune."""
        return self.filtered(lambda each: each.service_id._filter_guarded())

    def _get_approval_row(self, names):
        """As it is told on the page."""
        return self._tell_row()

    def _get_week(self):
        """[dict(name, hours, is_today)]: the days of the week on which it is open, in order."""
        today = str(self._get_local_today().weekday())
        week = self.filtered("weekday").sorted("hour_from")
        return [
            {
                "name": name,
                "hours": [each._get_hours() for each in week if each.weekday == day],
                "is_today": day == today,
            }
            for day, name in self._fields["weekday"]._description_selection(self.env)
            if day in week.mapped("weekday")
        ]

    def _get_local_today(self):
        return clock.today()
