from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import date_utils, format_date

from odoo.addons.territory_base import clock

from .. import moments


class RoomPlan(models.TransientModel):
    """The month whose plan is printed for the caretaker."""

    _name = "room.plan"
    _description = "Plan of the month of the rooms"

    month = fields.Date("A day of the month", required=True, default=lambda self: clock.today())
    room_ids = fields.Many2many(
        "room.room", string="Rooms", default=lambda self: self.env["room.room"].search([])
    )

    def action_print(self):
        self.ensure_one()
        if not self.room_ids:
            raise UserError(self.env._("Choose a room."))
        return self.env.ref("room_booking.plan_report").report_action(self)

    def _get_bookings(self):
        """Those of the month, under the rights of the user."""
        first = moments.to_moment(date_utils.start_of(self.month, "month"), 0)
        last = moments.to_moment(date_utils.end_of(self.month, "month"), moments.DAY_MINUTES)
        Booking = self.env["room.booking"]
        return Booking.search(
            Domain("room_id", "in", self.room_ids.ids)
            & Domain("start", "<", last)
            & Domain("stop", ">", first)
            & Domain("state", "!=", "held")
            & Booking._get_live_domain()
        )


class RoomPlanReport(models.AbstractModel):
    """The same on paper: who, when, which phone."""

    _name = "report.room_booking.plan"
    _description = "Plan of the month, printed"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Any account may ask for a report by its address: the staff's rights are checked here."""
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only the staff prints the plan of the month."))
        plan = self.env["room.plan"].browse(docids[:1])
        plan.check_access("read")
        bookings = plan._get_bookings()
        month = format_date(self.env, plan.month, date_format="MMMM y")
        return {
            "docs": plan,
            "month": self.env._("Rooms, %(month)s", month=month),
            "rooms": [
                (room.display_name, [self._get_line(each) for each in rows])
                for room, rows in bookings.grouped("room_id").items()
            ],
            "printed": self.env._(
                "Printed on %(date)s by %(name)s. These are personal data: destroy this paper at "
                "the end of the month.",
                date=clock.local_time(fields.Datetime.now()).strftime("%d/%m/%Y"),
                name=self.env.user.name,
            ),
        }

    @api.model
    def _get_line(self, booking):
        states = dict(booking._fields["state"]._description_selection(self.env))
        # The applicant's name and phone are related in superuser mode: the booking was read first.
        return {
            "when": booking._get_moment_words(),
            "who": booking.applicant_name or booking.title or "",
            "phone": booking.applicant_phone or "",
            "persons": booking._get_persons(),
            "state": states[booking.state],
        }
