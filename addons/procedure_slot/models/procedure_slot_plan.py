from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.territory_base import clock


class ProcedureSlotPlan(models.AbstractModel):
    """The plan of the day on paper: who comes when, to each calendar."""

    _name = "report.procedure_slot.plan"
    _description = "Plan of the day, printed"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Any account may ask for a report by its address: the staff's rights are checked here."""
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only the staff prints the plan of the day."))
        bookings = self.env["procedure.slot.booking"].browse(docids)
        bookings.check_access("read")
        taken = bookings.filtered(lambda each: each.state == "taken").sorted("start")
        say_day = self.env["procedure.slot.booking"]._say_day
        plans = taken.grouped(lambda each: (clock.local_day(each.start), each.calendar_id))
        return {
            "docs": bookings,
            "plans": [
                (say_day(day), calendar.name, self._join_lines(rows))
                for (day, calendar), rows in sorted(
                    plans.items(), key=lambda item: (item[0][0], item[0][1].name)
                )
            ],
            "printed": self.env._(
                "Printed on %(date)s by %(name)s. These are personal data: destroy this paper at "
                "the end of the day.",
                date=clock.local_time(fields.Datetime.now()).strftime("%d/%m/%Y"),
                name=self.env.user.name,
            ),
        }

    @api.model
    def _join_lines(self, bookings):
        """(first booking, its hours) of each who comes: several slots in a row are one line.

        :param bookings: of one calendar, in their order
        """
        runs = []
        for booking in bookings:
            whose = booking.request_id, booking.question_key
            run = next((run for run in runs if run[:2] == [whose, booking.start]), None)
            if run:
                run[1] = booking.stop
            else:
                runs.append([whose, booking.stop, booking])
        say = bookings._say_hour
        return [
            (first, self.env._("%(start)s to %(end)s", start=say(first.start), end=say(stop)))
            for _whose, stop, first in runs
        ]
