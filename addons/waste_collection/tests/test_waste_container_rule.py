from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

RANGES = st.lists(st.tuples(st.integers(1, 30), st.integers(0, 30)), min_size=1, max_size=6)


@tagged("post_install", "-at_install")
class TestWasteContainerRule(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Rule = cls.env["waste.container.rule"]
        cls.Rule.search([]).unlink()

    def _rule(self, first, last, volume=120, kind="main"):
        return self.Rule.create(
            {
                "dwelling_kind": kind,
                "min_persons": first,
                "max_persons": last,
                "volume": volume,
            }
        )

    def test_the_volume_follows_the_kind_and_the_number(self):
        self._rule(1, 1, 120)
        self._rule(2, 3, 180)
        self._rule(4, 0, 240)
        self._rule(1, 0, 140, kind="secondary")
        volumes = [self.Rule._volume_for("main", persons) for persons in (1, 2, 3, 4, 40)]
        self.assertEqual(volumes, [120, 180, 180, 240, 240])
        self.assertEqual(self.Rule._volume_for("secondary", 3), 140)
        self.assertEqual(self.Rule._volume_for("professional", 3), 0)

    def test_two_rules_never_give_two_volumes(self):
        self._rule(2, 4)
        for first, last in ((1, 2), (4, 0), (3, 3), (1, 0)):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self._rule(first, last)
        self._rule(2, 4, kind="secondary")
        self._rule(5, 0)

    def test_a_changed_rule_is_checked_too(self):
        rule = self._rule(1, 1)
        self._rule(2, 3)
        with self.assertRaises(ValidationError):
            rule.max_persons = 2

    def test_the_sentence_names_both_rules(self):
        self._rule(1, 1, 120)
        with self.assertRaisesRegex(ValidationError, "1 to 3 persons: 180.*1 person: 120"):
            self._rule(1, 3, 180)

    @mute_logger("odoo.sql_db")
    def test_impossible_rules_are_refused(self):
        for first, last, volume in ((0, 1, 120), (3, 2, 120), (1, 1, 0)):
            with self.assertRaises(CheckViolation), self.env.cr.savepoint():
                self._rule(first, last, volume)
                self.env.flush_all()

    def test_the_table_is_read_by_agents_and_written_by_the_manager(self):
        rule = self._rule(1, 0)
        manager = new_test_user(
            self.env, "rule_manager", groups="territory_base.territory_group_manager"
        )
        agent = new_test_user(self.env, "rule_agent", groups="territory_base.territory_group_agent")
        rule.with_user(manager).volume = 140
        self.assertEqual(rule.with_user(agent).volume, 140)
        with self.assertRaises(AccessError):
            rule.with_user(agent).volume = 1000

    @given(ranges=RANGES, persons=st.integers(1, 60))
    @settings(max_examples=60)
    def test_whatever_the_table_a_household_finds_one_volume_at_most(self, ranges, persons):
        """Any table that is accepted: the volume is that of the one range that holds the number."""
        self.Rule.search([]).unlink()
        kept = []
        for volume, (first, last) in enumerate(ranges, start=100):
            if last and last < first:
                continue
            try:
                with self.env.cr.savepoint():
                    self._rule(first, last, volume)
            except ValidationError:
                self.assertTrue(
                    any(
                        first <= (end or 10**6) and start <= (last or 10**6)
                        for start, end, _volume in kept
                    ),
                    "Refused without any overlap.",
                )
                continue
            kept.append((first, last, volume))
        found = [
            volume
            for start, end, volume in kept
            if start <= persons and (not end or persons <= end)
        ]
        self.assertLessEqual(len(found), 1)
        self.assertEqual(self.Rule._volume_for("main", persons), found[0] if found else 0)
