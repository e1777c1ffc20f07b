"""What a booking is, and what those who ask are answered. No database."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

# They hold a place.
HOLDING = ("offered", "booked")
# One of these for a child in a session.
ACTIVE = ("waiting", "offered", "booked", "absent")
# When two sheets of one child become one, what went furthest stays.
STRONGEST = ("booked", "offered", "absent", "waiting")
# A free place is kept for whoever is first on the list.
KEPT = timedelta(hours=48)


@dataclass(frozen=True)
class Choice:
    """A child and a session: what is booked there, and what may still be done.

    Limits are aware moments, the last ones. Problems are sentences for whoever asks, empty when it
    may be done. `is_with_parent`: by what this parent said of her weeks; None: not known.
    """

    child: Any
    session: Any
    booking: Any
    book_limit: Any
    end_limit: Any
    absence_limit: Any
    book_problem: str
    end_problem: str
    absence_problem: str
    is_with_parent: bool | None
    free: int

    @property
    def key(self):
        return self.child, self.session

    @property
    def state(self):
        return self.booking.state or ""

    @property
    def can_book(self):
        return not self.booking and not self.book_problem

    @property
    def can_end(self):
        return self.state in ("waiting", "offered", "booked") and not self.end_problem

    @property
    def can_say_absent(self):
        return self.state == "booked" and not self.absence_problem

    @property
    def problem(self):
        """Why nothing more can be changed; empty when something can."""
        if not self.booking:
            return self.book_problem
        return "" if self.can_end or self.can_say_absent else self.end_problem


@dataclass
class Outcome:
    """What was done. With `short` or `problems`, nothing was.

    `short`: {session: places left}, where brothers and sisters do not all fit and it is theirs to
    say what they prefer; `problems`: {(child, session): sentence}.
    """

    booked: Any = None
    waiting: Any = None
    ended: Any = None
    short: dict = field(default_factory=dict)
    problems: dict = field(default_factory=dict)

    @property
    def is_done(self):
        return not self.short and not self.problems


def match_places(queue, places):
    """Who of those who wait is offered what is free. Of brothers and sisters who asked together and
    do not all fit, the first ones are; once they said that all wait, the next ones are served.

    :param queue: bookings or rows of them, in the order of the list
    :param places: numbers of free places
    :return: [(who, number of the place)]
    """
    parties = {}
    for waiting in queue:
        parties.setdefault(waiting.party or waiting.id, []).append(waiting)
    places, matched = list(places), []
    for members in parties.values():
        if len(members) > len(places) and any(each.asks_all for each in members):
            continue
        matched += zip(members, places, strict=False)
        places = places[len(members) :]
    return matched


def overlaps(one, other):
    """Whether two sessions cannot have the same child."""
    return (
        one != other
        and one.date == other.date
        and one.hour_from < other.hour_to
        and other.hour_from < one.hour_to
    )
