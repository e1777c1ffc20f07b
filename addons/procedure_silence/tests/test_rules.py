"""The delays of the law alone. No database."""

import unittest
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.procedure_silence.rules import Rule, paused, resumed, silence_date

days = st.dates(date(2020, 1, 1), date(2040, 1, 1))
spans = st.integers(0, 120).map(timedelta)
rules = st.builds(
    Rule,
    effect=st.sampled_from(["accepted", "refused"]),
    number=st.integers(1, 24),
    unit=st.sampled_from(["day", "month"]),
    from_complete=st.booleans(),
    is_suspended=st.booleans(),
)


class TestRules(unittest.TestCase):
    @given(rules, days, spans, spans, spans)
    def test_a_pause_never_shortens(self, rule, start, until_asked, given_time, taken):
        """The time that counts is what was given to the applicant, or what she took of it."""
        asked, original = start + until_asked, silence_date(rule, start)
        due, received = asked + given_time, asked + taken
        waiting = paused(rule, original, asked, due)
        after = resumed(rule, waiting, due, received)
        if rule.from_complete:
            self.assertIsNone(waiting, "no date before the file is complete")
            self.assertEqual(after, silence_date(rule, received))
        elif rule.is_suspended:
            self.assertEqual(waiting, original + given_time)
            self.assertEqual(after, original + min(given_time, taken))
        else:
            self.assertEqual((waiting, after), (original, original))
        self.assertGreaterEqual(after, original)

    @given(rules, days, spans)
    def test_filed_later_answered_later(self, rule, start, span):
        first = silence_date(rule, start)
        self.assertGreater(first, start)
        self.assertLessEqual(first, silence_date(rule, start + span))
