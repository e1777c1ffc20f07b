"""The days of the children for the calendar of a phone: first names, activities, sites; no address,
no other person."""

import hashlib
from datetime import UTC, timedelta

import icalendar

from odoo.addons.family_activity.tools.cutoff import to_time
from odoo.addons.territory_base import clock
from odoo.addons.territory_base.ics import make_calendar

PAST = timedelta(days=31)
AHEAD = timedelta(days=200)
REFRESH = timedelta(hours=6)


def make_feed(parent, host):
    """
    :param parent: in her own rights
    :return: the file, of the children for whom she answers today
    """
    children = parent._children_i_may_act_for()
    today = clock.today()
    # Her own children alone; what each is booked in, whoever asked.
    bookings_sudo = (
        parent.env["family.booking"]
        .sudo()
        .search(
            [
                ("child_id", "in", children.ids),
                ("state", "=", "booked"),
                ("date", ">=", today - PAST),
                ("date", "<=", today + AHEAD),
            ],
            order="date, session_id, child_id",
        )
    )
    events = [_make_event(booking, parent, host) for booking in bookings_sudo]
    name = parent.env._("The children's days")
    return make_calendar("website_family", events, name=name, refresh=REFRESH)


def _make_event(booking, parent, host):
    session = booking.session_id
    event = icalendar.Event()
    # Another one for each reader: two calendars put side by side tell nothing.
    mark = hashlib.sha256(f"{parent.id} {booking.child_id.id} {session.id}".encode()).hexdigest()
    event.add("uid", f"{mark[:32]}@{host}")
    event.add("dtstamp", booking.changed_on.replace(tzinfo=UTC))
    event.add("dtstart", clock.at(session.date, to_time(session.hour_from)).astimezone(UTC))
    event.add("dtend", clock.at(session.date, to_time(session.hour_to)).astimezone(UTC))
    activity = session.activity_id.name
    event.add("summary", f"{booking.child_id.firstname}\xa0: {activity}")
    event.add("location", session.site_id.name)
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event
