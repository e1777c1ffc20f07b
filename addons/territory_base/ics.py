"""Calendars that other calendars read (RFC 5545). No ORM."""

import icalendar


def make_calendar(producer, events, name="", refresh=None):
    """The file of these events.

    :param producer: the addon that makes it
    :param refresh: how often who subscribed asks for it again (a duration)
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//E-Territoire//{producer}//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
    if refresh:
        calendar.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()
