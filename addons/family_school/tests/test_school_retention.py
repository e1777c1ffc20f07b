from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .common import SchoolCase


@tagged("post_install", "-at_install")
class TestSchoolRetention(SchoolCase):
    """Two years after the end of the child's schooling here, all its rows together."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env.ref("family_school.retention_pupil")

    def find_due(self, day):
        day = date.fromisoformat(day)
        found = self.Pupil.search(self.Pupil._get_retention_domain(self.rule, day))
        return [row for row, due in found._get_retention_dues(self.rule).items() if due < day]

    def test_two_years_after_the_last_day_of_the_last_year(self):
        first = self.register()
        self.assertEqual(self.rule.months, 24)
        self.assertEqual(self.find_due("2029-07-03"), [])
        self.assertEqual(self.find_due("2029-07-04"), [first])
        following = self.register(year=self.next_year, level=self.levels["CM2"])
        self.assertEqual(self.find_due("2030-07-01"), [])
        self.assertEqual(set(self.find_due("2030-07-02")), {first, following})

    def test_who_left_two_years_after_its_last_day(self):
        pupil = self.register()
        pupil._leave()
        self.assertEqual(self.find_due("2028-11-25"), [])
        self.assertEqual(self.find_due("2028-11-26"), [pupil])

    def test_who_came_back_keeps_all(self):
        self.register()._leave()
        self.register(school=self.other_school)
        self.assertEqual(self.find_due("2029-07-03"), [])

    def test_the_dry_run_counts_those_to_come(self):
        self.assertIn(
            self.register(), self.Pupil.search(self.Pupil._get_retention_domain(self.rule))
        )

    def test_with_the_last_row_the_sheet_that_nobody_needs_goes_aside(self):
        zoe = self._other_child()
        pupils = self.register(child=zoe) | self.register(
            child=zoe, year=self.next_year, level=self.levels["CM2"]
        )
        person = self.camille.partner_id
        self.camille.unlink()
        person.account_closed_on = "2026-11-25"
        person._end_unkept()
        self.assertTrue(zoe.active)
        with freeze_time("2030-07-03"):
            pupils[0]._end_retention(self.rule)
            self.assertTrue(zoe.active)
            pupils[1]._end_retention(self.rule)
            self.assertEqual((zoe.active, zoe.account_closed_on), (False, date(2030, 7, 3)))
            self.assertFalse(zoe.reader_service_ids)
            zoe._end_retention(self.env.ref("household_retention.retention_person"))
        self.assertFalse(zoe.exists())

    def test_a_child_for_whom_somebody_answers_stays(self):
        pupil = self.register()
        pupil._end_retention(self.rule)
        self.assertFalse(pupil.exists())
        self.assertTrue(self.child.active)

    def test_whom_another_parent_answers_for_stays(self):
        """The one who declared the child is gone."""
        pupil = self.register()
        self.env["household.membership"].search([("person_id", "=", self.child.id)]).unlink()
        self.child.declarant_id = False
        self.authority.unlink()
        pupil._end_retention(self.rule)
        self.assertTrue(self.child.active, "Sacha holds the authority")

    def test_whose_declarant_is_there_stays(self):
        """It goes with her account, not before."""
        zoe = self._other_child()
        pupil = self.register(child=zoe)
        self.env["household.membership"].search([("person_id", "=", zoe.id)]).unlink()
        zoe.authority_ids.state = "ended"
        pupil._end_retention(self.rule)
        self.assertTrue(zoe.active)

    def test_what_the_register_promises_is_what_the_job_does(self):
        entry = self.env.ref("family_school.processing_school")
        self.assertFalse(entry.retention_problem)
        self.assertIn("Deux ans", entry.retention)
        self.rule.months = 12
        entry.invalidate_recordset()
        self.assertTrue(entry.retention_problem)

    def test_the_service_of_the_pupil_is_told_and_no_name(self):
        pupil = self.register()
        self.assertEqual(pupil._get_retention_service(), self.other_service)
        self.assertEqual(pupil._get_retention_label(), pupil.certificate)
        self.assertNotIn("Lou", pupil._get_retention_kind() + pupil._get_retention_label())
