"""Until when something may be booked, cancelled or said. No database."""

import unittest
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from odoo.addons.territory_base import bank_holidays, clock

from ..tools.cutoff import Cutoff, say_day, say_moment

TWO_WORKING = Cutoff("working_days", 2, time(12))
SAME_DAY = Cutoff("days", 0, time(8, 30))
EVE = Cutoff("days", 1, time(18))
SEVEN = Cutoff("days", 7, time(23, 59))
TUESDAY = Cutoff("weeks", 1, time(23, 59), 1)
# Rule, the day that is booked, the last moment.
DATED = (
    # The eve of 8 May 2026, a Friday; the day itself; the Monday after its bridge.
    (TWO_WORKING, "2026-05-07", "2026-05-05 12:00"),
    (TWO_WORKING, "2026-05-08", "2026-05-06 12:00"),
    (TWO_WORKING, "2026-05-11", "2026-05-06 12:00"),
    (EVE, "2026-05-11", "2026-05-10 18:00"),
    (SAME_DAY, "2026-05-07", "2026-05-07 08:30"),
    # Ascension, Thursday 14 May 2026: the Friday of the bridge is a working day of the calendar.
    (TWO_WORKING, "2026-05-18", "2026-05-13 12:00"),
    # Christmas 2026 is a Friday, 1 January 2027 too.
    (TWO_WORKING, "2026-12-28", "2026-12-23 12:00"),
    (TWO_WORKING, "2027-01-04", "2026-12-30 12:00"),
    (EVE, "2027-01-01", "2026-12-31 18:00"),
    # Week-ends.
    (TWO_WORKING, "2026-11-30", "2026-11-26 12:00"),
    (TWO_WORKING, "2026-12-01", "2026-11-27 12:00"),
    (TWO_WORKING, "2026-12-05", "2026-12-03 12:00"),
    # Leap day.
    (TWO_WORKING, "2028-02-29", "2028-02-25 12:00"),
    (SEVEN, "2028-03-07", "2028-02-29 23:59"),
    (SAME_DAY, "2028-02-29", "2028-02-29 08:30"),
    (EVE, "2028-03-01", "2028-02-29 18:00"),
    # The Tuesday of the week before, whatever the day; over week 53 of 2026.
    (TUESDAY, "2026-05-04", "2026-04-28 23:59"),
    (TUESDAY, "2026-05-10", "2026-04-28 23:59"),
    (TUESDAY, "2026-12-28", "2026-12-22 23:59"),
    (TUESDAY, "2027-01-03", "2026-12-22 23:59"),
    (TUESDAY, "2027-01-04", "2026-12-29 23:59"),
    (Cutoff("weeks", 2, time(12), 4), "2027-01-04", "2026-12-25 12:00"),
    # The clocks change on 25/10/2026 and 29/03/2026.
    (EVE, "2026-10-26", "2026-10-25 18:00"),
    (SEVEN, "2026-10-26", "2026-10-19 23:59"),
    (TWO_WORKING, "2026-10-27", "2026-10-23 12:00"),
    (SAME_DAY, "2026-03-30", "2026-03-30 08:30"),
    (EVE, "2026-03-30", "2026-03-29 18:00"),
)


def is_working(day):
    return day.weekday() < 5 and not bank_holidays.get_name(day)


@tagged("post_install", "-at_install")
class TestCutoff(unittest.TestCase):
    def test_dated_cases(self):
        for rule, day, expected in DATED:
            with self.subTest(rule, day=day):
                limit = rule.find_limit(date.fromisoformat(day), is_working)
                self.assertEqual(f"{limit:%Y-%m-%d %H:%M}", expected)

    def test_the_moment_is_that_of_the_clocks_there(self):
        for rule, day, utc in (
            (EVE, date(2026, 10, 25), "2026-10-24 16:00"),
            (EVE, date(2026, 10, 26), "2026-10-25 17:00"),
            (EVE, date(2026, 3, 29), "2026-03-28 17:00"),
            (EVE, date(2026, 3, 30), "2026-03-29 16:00"),
        ):
            with self.subTest(day):
                limit = rule.find_limit(day, is_working)
                self.assertEqual(f"{limit.astimezone(UTC):%Y-%m-%d %H:%M}", utc)

    def test_an_hour_that_is_skipped_and_one_that_comes_twice(self):
        night = Cutoff("days", 0, time(2, 30))
        skipped = night.find_limit(date(2026, 3, 29), is_working)
        self.assertEqual(skipped, datetime(2026, 3, 29, 1, 30, tzinfo=UTC))
        self.assertIn("3\xa0h\xa030", say_moment(skipped))
        twice = night.find_limit(date(2026, 10, 25), is_working)
        self.assertEqual(twice.astimezone(UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC))

    def test_what_is_said_of_a_day(self):
        for rule, day, said in (
            (TWO_WORKING, date(2026, 5, 7), "jusqu’au mardi 5 mai 2026 à 12 h"),
            (SAME_DAY, date(2026, 5, 7), "jusqu’au jeudi 7 mai 2026 à 8 h 30"),
            (EVE, date(2026, 5, 2), "jusqu’au vendredi 1er mai 2026 à 18 h"),
            (SEVEN, date(2026, 8, 8), "jusqu’au samedi 1er août 2026 à 23 h 59"),
            (EVE, date(2027, 1, 1), "jusqu’au jeudi 31 décembre 2026 à 18 h"),
        ):
            with self.subTest(said):
                self.assertEqual(rule.say_limit(day, is_working).replace("\xa0", " "), said)
        self.assertIn("12\xa0h", TWO_WORKING.say_limit(date(2026, 5, 7), is_working))
        self.assertEqual(say_day(date(2026, 12, 31)), "jeudi 31 décembre 2026")

    def test_what_is_said_of_a_rule(self):
        for rule, said in (
            (TWO_WORKING, "au plus tard 2 jours ouvrés avant, à 12 h"),
            (Cutoff("working_days", 1, time(9)), "au plus tard le jour ouvré d’avant, à 9 h"),
            (SAME_DAY, "au plus tard le jour même, à 8 h 30"),
            (EVE, "au plus tard la veille, à 18 h"),
            (SEVEN, "au plus tard 7 jours avant, à 23 h 59"),
            (TUESDAY, "au plus tard le mardi de la semaine d’avant, à 23 h 59"),
            (Cutoff("weeks", 2, time(9), 0), "au plus tard le lundi 2 semaines avant, à 9 h"),
        ):
            with self.subTest(said):
                self.assertEqual(rule.say_rule().replace("\xa0", " "), said)

    def test_rules_that_do_not_exist(self):
        for values in (
            ("months", 1, time(12)),
            ("days", -1, time(12)),
            ("working_days", 0, time(12)),
            ("weeks", 0, time(12), 1),
            ("weeks", 1, time(12)),
            ("days", 1, time(12), 1),
        ):
            with self.subTest(values), self.assertRaises(ValueError):
                Cutoff(*values)

    def test_where_nobody_ever_works_the_count_ends(self):
        limit = TWO_WORKING.find_limit(date(2026, 5, 7), lambda _day: False)
        self.assertEqual(limit.date(), date(2025, 5, 6))


HOURS = st.times(timezones=st.none()).map(lambda hour: hour.replace(microsecond=0, fold=0))
RULES = st.one_of(
    st.builds(Cutoff, st.just("days"), st.integers(0, 60), HOURS),
    st.builds(Cutoff, st.just("working_days"), st.integers(1, 15), HOURS),
    st.builds(Cutoff, st.just("weeks"), st.integers(1, 5), HOURS, st.integers(0, 6)),
)
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@tagged("post_install", "-at_install", "-standard", "sweep_machines")
class TestAnyCutoff(unittest.TestCase):
    @given(RULES, DAYS)
    def test_never_after_the_end_of_the_day(self, rule, day):
        limit = rule.find_limit(day, is_working)
        self.assertLessEqual(limit.date(), day)
        end = clock.end_of_day(day).replace(tzinfo=UTC)
        self.assertLessEqual(limit.astimezone(UTC), end)

    @given(RULES, DAYS, st.integers(0, 40), st.sets(st.integers(-80, 80)))
    def test_a_later_day_has_no_earlier_limit(self, rule, day, later, closed):
        off = {day + timedelta(days=step) for step in closed}

        def works(each):
            return is_working(each) and each not in off

        first = rule.find_limit(day, works).astimezone(UTC)
        second = rule.find_limit(day + timedelta(days=later), works).astimezone(UTC)
        self.assertLessEqual(first, second)

    @given(st.integers(1, 15), DAYS, st.sets(st.integers(-80, 80)))
    def test_working_days_are_counted(self, count, day, closed):
        off = {day + timedelta(days=step) for step in closed}

        def works(each):
            return is_working(each) and each not in off

        limit = Cutoff("working_days", count, time(12)).find_limit(day, works).date()
        between = [limit + timedelta(days=step) for step in range((day - limit).days)]
        self.assertEqual(sum(map(works, between)), count)
        self.assertTrue(works(limit))

    @given(RULES, DAYS)
    def test_what_is_said_names_one_moment(self, rule, day):
        said = rule.say_limit(day, is_working)
        limit = rule.find_limit(day, is_working)
        self.assertIn(str(limit.year), said)
        self.assertNotIn(" h", said)
