from odoo import api, fields, models

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.models.territory_opening_mixin import WEEKDAYS


class DirectoryOpening(models.Model):
    _name = "directory.opening"
    _inherit = ["content.guard.mixin", "territory.opening.mixin"]
    _guards_whole_rows = True
    _description = "Opening hours of a sheet of the directory"
    _order = "entry_id, date_start, weekday, hour_from, id"

    entry_id = fields.Many2one("directory.entry", required=True, index=True, ondelete="cascade")
    # Written again: the words of a choice are translated by the addon that writes it.
    weekday = fields.Selection(WEEKDAYS, "Day")

    _now_idx = models.Index("(weekday, hour_from, hour_to, entry_id) WHERE weekday IS NOT NULL")
    _exception_idx = models.Index("(date_start, entry_id) WHERE date_start IS NOT NULL")

    def _get_approval_row(self, names):
        """As it is told on the sheet."""
        return self._tell_row()

    @api.model
    def _get_open_domain(self, moment):
        """The sheets open at this moment, as `_read_opening_state` says of each: the week in one
        search, those that an exception opens today one by one.

        :param moment: as the database has it, UTC and naive
        :return: domain of `directory.entry`
        """
        wall = clock.local_time(moment)
        day = wall.date()
        # Hours are kept as floats: the middle of the minute is never on an edge.
        hour = wall.hour + (wall.minute + 0.5) / 60
        today = [
            ("date_start", "<=", day),
            "|",
            ("date_end", ">=", day),
            "&",
            ("date_end", "=", False),
            ("date_start", "=", day),
        ]
        around = [("hour_from", "<", hour), ("hour_to", ">", hour)]
        # Of several exceptions on one day the most precise is meant: each sheet says which.
        exceptional = self.search([*today, *around]).entry_id.filtered(
            lambda entry: entry._get_opening_state(moment).state in ("open", "soon")
        )
        return [
            "|",
            ("id", "in", exceptional.ids),
            "&",
            ("opening_ids", "not any", today),
            ("opening_ids", "any", [("weekday", "=", str(day.weekday())), *around]),
        ]
