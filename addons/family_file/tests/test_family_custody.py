from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import FamilyCase

WEEKS = {"rhythm": "even", "holidays": "same"}


@tagged("post_install", "-at_install")
class TestFamilyCustody(FamilyCase):
    def find(self, user, *days):
        found = self.Custody._find_days(self.child, user.partner_id, days[0], days[-1])
        return [found[day] for day in days]

    def test_what_each_parent_says_is_hers(self):
        self.say_weeks(self.camille, rhythm="even")
        self.say_weeks(self.sacha, rhythm="odd")
        days = (date(2026, 11, 27), date(2026, 12, 2))
        self.assertEqual(self.find(self.camille, *days), [True, False])
        self.assertEqual(self.find(self.sacha, *days), [False, True])

    def test_what_nobody_said_is_not_known(self):
        self.assertEqual(self.find(self.camille, date(2026, 11, 27)), [None])

    def test_another_rhythm_begins_today_and_the_past_stays(self):
        with freeze_time("2026-11-02"):
            self.say_weeks(self.camille, rhythm="always")
        self.say_weeks(self.camille, rhythm="never")
        days = (date(2026, 11, 1), date(2026, 11, 24), date(2026, 11, 25))
        self.assertEqual(self.find(self.camille, *days), [None, True, False])

    def test_corrected_the_same_day_is_one_row(self):
        first = self.say_weeks(self.camille, rhythm="even")
        self.assertEqual(self.say_weeks(self.camille, rhythm="even"), first)
        self.say_weeks(self.camille, rhythm="odd")
        rows = self.Custody.search([("parent_id", "=", self.camille.partner_id.id)])
        self.assertEqual(rows.mapped("rhythm"), ["odd"])

    def test_holidays_are_those_of_the_calendar(self):
        self.env["territory.holiday"].search([]).active = False
        self.env["territory.holiday"].create(
            [
                {"name": "Noël", "date_start": "2026-12-19", "date_end": "2027-01-03"},
                {"name": "Toussaint", "date_start": "2026-10-17", "date_end": "2026-11-01"},
                {"name": "Hiver", "date_start": "2027-02-20", "date_end": "2027-03-07"},
            ]
        )
        self.say_weeks(self.camille, rhythm="always", holidays="second_even")
        days = (date(2026, 12, 18), date(2026, 12, 19), date(2027, 1, 3), date(2027, 1, 4))
        self.assertEqual(self.find(self.camille, *days), [True, False, True, True])
        # The holidays after those are not published.
        self.assertEqual(self.find(self.camille, date(2027, 3, 8)), [None])
        self.say_weeks(self.camille, rhythm="always", holidays="same")
        self.assertEqual(self.find(self.camille, date(2027, 3, 8)), [True])

    def test_a_week_out_of_two_begins_on_a_day(self):
        with self.assertRaisesRegex(ValidationError, "first day"):
            self.say_weeks(self.camille, rhythm="every_other")
        row = self.say_weeks(self.camille, rhythm="every_other", alternates_from="2026-11-27")
        self.assertEqual(row.alternates_from, date(2026, 11, 27))
        row = self.say_weeks(self.camille, rhythm="even", alternates_from="2026-11-27")
        self.assertFalse(row.alternates_from)

    def test_two_rows_that_stand_are_refused_by_the_database(self):
        row = self.say_weeks(self.camille, rhythm="even")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            row.copy({"rhythm": "odd"})

    def test_who_has_no_authority_says_nothing(self):
        for user in (self.stranger, self.agent, self.manager):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.say_weeks(user, rhythm="always")
        self.other_authority.kind = "withdrawn"
        with self.assertRaises(AccessError):
            self.say_weeks(self.sacha, rhythm="always")

    def test_nobody_says_it_for_the_other_parent(self):
        with self.assertRaises(AccessError):
            self.Custody.with_user(self.camille)._say(
                self.child.with_user(self.camille),
                self.sacha.partner_id,
                {"rhythm": "never", "holidays": "same"},
            )

    def test_the_service_that_reads_the_file_types_it_for_her(self):
        agent = self.family_agent
        child, parent = self.child.with_user(agent), self.camille.partner_id.with_user(agent)
        with self.assertRaises(AccessError):
            self.Custody.with_user(agent)._say(child, parent, WEEKS)
        self._open_file_to(self.other_service)
        row = self.Custody.with_user(agent)._say(child, parent, WEEKS)
        self.assertEqual((row.rhythm, row.parent_id), ("even", self.camille.partner_id))
        with self.assertRaises(AccessError):
            # Nobody without authority has weeks, whoever types them.
            self._open_file_to(self.other_service)
            self.Custody.with_user(agent)._say(
                child, self.stranger.partner_id.with_user(agent), WEEKS
            )

    def _own_sheet(self):
        """Sacha, whose authority over the sheet of Camille is not known, declares the child."""
        self.other_authority.state = "ended"
        return self._declare_as(self.sacha, "Lou", "Bertin", "2017-03-02")

    def test_what_is_said_follows_the_sheets_that_are_joined(self):
        own = self._own_sheet()
        self.say_weeks(self.sacha, own, rhythm="odd")
        self.name(self.sacha, own)
        self.say_weeks(self.camille, rhythm="even")
        own._join_child(self.child)
        self.assertEqual(
            {
                (row.parent_id, row.rhythm)
                for row in self.Custody.search([("child_id", "=", self.child.id)])
            },
            {(self.camille.partner_id, "even"), (self.sacha.partner_id, "odd")},
        )
        self.assertEqual(self.Contact.search([]).child_id, self.child)

    def test_said_of_both_sheets_it_is_said_once_of_the_common_one(self):
        self.say_weeks(self.sacha, rhythm="always")
        own = self._own_sheet()
        self.say_weeks(self.sacha, own, rhythm="odd")
        own._join_child(self.child)
        self.env.flush_all()
        # What she said last; today, in place of what she said today of the other sheet.
        self.assertEqual(self.Custody.search([]).mapped("rhythm"), ["odd"])

    def test_what_was_said_before_stays_in_the_past_of_the_common_sheet(self):
        before = self.say_weeks(self.sacha, rhythm="always")
        before.date_start = "2026-09-01"
        own = self._own_sheet()
        self.say_weeks(self.sacha, own, rhythm="odd")
        own._join_child(self.child)
        rows = self.Custody.search([("child_id", "=", self.child.id)])
        self.assertEqual(
            {(row.rhythm, str(row.date_end or "")) for row in rows},
            {("always", "2026-11-24"), ("odd", "")},
        )

    def test_what_is_said_falls_with_the_authority(self):
        row = self.say_weeks(self.camille, rhythm="always")
        day = date(2026, 12, 1)
        for name, values in (
            ("withdrawn", {"kind": "withdrawn"}),
            ("contested", {"state": "contested"}),
            ("over", {"date_end": "2026-11-24"}),
            ("not yet", {"date_start": "2026-12-01"}),
        ):
            with self.subTest(name):
                before = {field: self.authority[field] for field in values}
                self.assertTrue(row.stands)
                self.authority.write(values)
                row.invalidate_recordset(["stands"])
                self.assertFalse(row.stands)
                self.assertFalse(self.Custody.search([("stands", "=", True)]))
                self.assertEqual(self.Custody.search([("stands", "=", False)]), row)
                self.assertEqual(self.find(self.camille, day), [None])
                self.authority.write(before)
                row.invalidate_recordset(["stands"])
        self.child.birthdate = "2008-11-25"
        row.invalidate_recordset(["stands"])
        self.assertFalse(row.stands, "she is of age today")

    def test_two_sheets_of_one_parent_that_are_merged_keep_one_answer(self):
        self.assertIn(
            ("family.custody", "parent_id", "child_id", None),
            self.env["res.partner"]._list_held_once(),
        )
