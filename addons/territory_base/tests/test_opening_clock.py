from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..opening_clock import Hours, read_clock

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
PARIS = ZoneInfo("Europe/Paris")
# Summer time begins and ends, February has 29 days, a year ends.
STARTS = [date(2026, 3, 27), date(2026, 10, 23), date(2028, 2, 27), date(2026, 12, 29)]
# Hours as people have them, and those of a night club.
minutes = st.integers(0, 96).map(lambda quarter: 15 * quarter) | st.sampled_from([1, 121, 1439])


@st.composite
def rows_from(draw, start):
    def hours(weekday, first, last):
        begin, end = sorted((draw(minutes), draw(minutes)))
        return Hours(weekday, first, last, begin, end)

    week = [hours(weekday, None, None) for weekday in draw(st.lists(st.integers(0, 6), max_size=6))]
    ahead = st.integers(-2, 8)
    exceptions = []
    for _rank in range(draw(st.integers(0, 3))):
        first, last = sorted((draw(ahead), draw(ahead)))
        exceptions.append(hours(None, start + first * DAY, start + last * DAY))
    return [row for row in week if row.end > row.start] + exceptions


@st.composite
def cases(draw):
    start = draw(st.sampled_from(STARTS))
    moment = datetime(start.year, start.month, start.day, tzinfo=UTC)
    return draw(rows_from(start)), moment + draw(st.integers(0, 3 * 24 * 60)) * MINUTE


def look_at_the_clock(rows, moment):
    """The same question, asked of the wall: as a person would who reads the notice on the door."""
    wall = moment.astimezone(PARIS)
    day, minute = wall.date(), wall.hour * 60 + wall.minute
    notice = {}
    for row in rows:
        if row.first and row.first <= day <= row.last:
            notice.setdefault((row.last - row.first).days, []).append(row)
    week = [row for row in rows if row.first is None]
    if notice:
        told = notice[min(notice)]
    elif week:
        told = [row for row in week if row.weekday == day.weekday()]
    else:
        return None
    return any(row.start <= minute and minute < row.end for row in told)


def monday(*hours):
    return [Hours(0, None, None, begin * 60, end * 60) for begin, end in hours]


@tagged("post_install", "-at_install")
class TestOpeningClock(BaseCase):
    @settings(max_examples=150)
    @given(cases())
    # Open until midnight and again from then on: it does not close in between.
    @example(
        (
            [Hours(4, None, None, 18 * 60, 1440), Hours(5, None, None, 0, 120)],
            datetime(2026, 3, 27, 20, tzinfo=UTC),
        )
    )
    # Two o'clock does not exist on that night, or comes twice.
    @example(([Hours(6, None, None, 60, 150)], datetime(2026, 3, 29, 0, 30, tzinfo=UTC)))
    @example(([Hours(6, None, None, 130, 170)], datetime(2026, 10, 25, 0, 15, tzinfo=UTC)))
    def test_it_says_what_the_clock_on_the_wall_says_minute_after_minute(self, case):
        rows, moment = case
        state, change = read_clock(rows, moment)
        self.assertIs(state, look_at_the_clock(rows, moment))
        later = moment
        while later < moment + 12 * DAY:
            later += MINUTE
            if look_at_the_clock(rows, later) is not state:
                self.assertEqual(change, later)
                return
        self.assertTrue(change is None or change > later)

    def test_a_change_far_away_is_found_and_the_year_9999_harms_nobody(self):
        moment = datetime(2026, 11, 26, 12, tzinfo=UTC)
        closed = Hours(None, date(2026, 11, 1), date(2027, 5, 31), 0, 0)
        state, change = read_clock([*monday((9, 12)), closed], moment)
        self.assertEqual((state, change), (False, datetime(2027, 6, 7, 7, tzinfo=UTC)))
        for_ever = closed._replace(last=date.max)
        self.assertEqual(read_clock([*monday((9, 12)), for_ever], moment), (False, None))

    def test_open_day_and_night_it_never_changes(self):
        rows = [Hours(day, None, None, 0, 1440) for day in range(7)]
        moment = datetime(2026, 11, 26, 12, tzinfo=UTC)
        self.assertEqual(read_clock(rows, moment), (True, None))
        self.assertEqual(read_clock([], moment), (None, None))
