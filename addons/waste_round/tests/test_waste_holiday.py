from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .common import RoundCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25")
class TestWasteHoliday(RoundCommon):
    def test_a_year_is_proposed_then_written_once(self):
        self._shift("2027-05-07", "2027-05-10")
        proposal = self.env["waste.holiday.proposal"].with_user(self.agent).create({})
        self.assertEqual(proposal.year, 2027, "calendars are printed in autumn")
        proposal.line_ids.filtered(lambda line: line.date == date(2027, 5, 1)).operation = "none"
        for _press in range(2):
            proposal.action_apply()
        shifts = self.Shift.search([("service_id", "=", self.waste.id)])
        days = {shift.date: shift.date_moved for shift in shifts}
        self.assertEqual(len(days), len(shifts))
        self.assertEqual(days[date(2027, 3, 29)], date(2027, 3, 30), "Easter Monday")
        self.assertEqual(days[date(2027, 5, 6)], date(2027, 5, 7), "Ascension")
        self.assertEqual(days[date(2027, 5, 7)], date(2027, 5, 10), "it was written before")
        self.assertEqual(days[date(2027, 5, 1)], False)

    def test_a_year_keeps_each_collection(self):
        """Every week has its collection, on a day on which somebody works."""
        self.env["waste.holiday.proposal"].with_user(self.agent).create(
            {"year": 2027, "operation": "week"}
        ).action_apply()
        for weekday in "012345":
            self.bins.weekday = weekday
            found = self.bins._find_pickups(date(2027, 1, 1), date(2027, 12, 31))
            days = [pickup.day for _round, pickup in found]
            self.assertEqual(len(days), len(set(days)))
            self.assertNotIn(None, days)
            weeks = {day.isocalendar()[:2] for _round, pickup in found for day in [pickup.usual]}
            self.assertEqual(len(weeks), len(days))
