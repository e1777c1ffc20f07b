from datetime import date

from odoo.tests import TransactionCase, tagged

SCHOOL = date(2027, 3, 12)


@tagged("post_install", "-at_install")
class TestTerritoryCalendar(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Calendar = cls.env["territory.calendar"]
        cls.env["territory.holiday"].search([]).active = False
        for name, first, last in (
            ("Hiver", "2027-02-20", "2027-03-07"),
            ("Été", "2027-07-03", "2027-08-31"),
        ):
            cls.env["territory.holiday"].create(
                {"name": name, "date_start": first, "date_end": last}
            )
        cls.canteen, cls.other = cls.env["territory.service"].create(
            [
                {"name": "Cantine", "code": "calendar_canteen"},
                {"name": "Autre", "code": "calendar_other"},
            ]
        )

    def close(self, name, service=None, day=SCHOOL):
        return self.env["territory.closed.day"].create(
            {
                "name": name,
                "date_start": day,
                "date_end": day,
                "service_id": service.id if service else False,
            }
        )

    def names(self):
        return [name for name, _first, _last in self.Calendar._list_school_holidays()]

    def find(self, service=None, day=SCHOOL):
        return self.Calendar._read_days(day, day, service)[day]

    def test_a_day_closed_for_one_service_is_open_for_the_others(self):
        self.close("Travaux", self.canteen)
        self.assertEqual(self.find(self.canteen).reason, "Travaux")
        self.assertIs(self.find(self.canteen).has_school, False)
        for service in (self.other, None):
            self.assertIs(self.find(service).has_school, True)

    def test_a_day_closed_for_all(self):
        self.close("Tempête")
        for service in (self.canteen, self.other, None):
            self.assertEqual(self.find(service).reason, "Tempête")

    def test_the_reason_of_the_service_is_told_first(self):
        self.close("Tempête")
        self.close("Travaux", self.canteen)
        self.assertEqual(self.find(self.canteen).closed, "Travaux")

    def test_days_around_a_closed_one_are_open(self):
        self.close("Travaux", self.canteen)
        days = self.Calendar._read_days(date(2027, 3, 11), date(2027, 3, 15), self.canteen)
        self.assertEqual(
            [day.isoformat() for day, found in days.items() if found.has_school],
            ["2027-03-11", "2027-03-15"],
        )

    def test_holidays_that_are_archived_are_days_of_school(self):
        self.env["territory.holiday"].search([("name", "=", "Hiver")]).active = False
        self.env["territory.holiday"].create(
            {"name": "Noël", "date_start": "2026-12-19", "date_end": "2027-01-03"}
        )
        self.assertIs(self.find(day=date(2027, 3, 1)).has_school, True)

    def test_a_bridge_written_years_ahead_makes_no_day_known(self):
        holidays = self.env["territory.holiday"]
        holidays.search([], limit=1).source_key = "2026-2027 hiver"
        holidays.create({"name": "Pont", "date_start": "2031-05-23", "date_end": "2031-05-23"})
        self.assertIsNone(self.find(day=date(2030, 3, 12)).has_school)

    def test_a_visitor_reads_it_a_year_in_two_queries(self):
        self.close("Tempête")
        Calendar = self.Calendar.with_user(self.env.ref("base.public_user"))
        first, last = date(2026, 9, 1), date(2027, 8, 31)
        Calendar._read_days(first, last, self.canteen)
        self.env.invalidate_all()
        with self.assertQueryCount(2):
            days = Calendar._read_days(first, last, self.canteen)
        self.assertEqual(len(days), 365)

    def test_holidays_that_change_are_told_at_once(self):
        """They are kept between two pages; not once they are added, moved, archived or deleted."""
        self.assertEqual(self.names(), ["Hiver", "Été"])
        row = self.env["territory.holiday"].create(
            {"name": "Toussaint", "date_start": "2027-10-16", "date_end": "2027-11-01"}
        )
        self.assertEqual(self.names(), ["Hiver", "Été", "Toussaint"])
        row.name = "Automne"
        self.assertEqual(self.names(), ["Hiver", "Été", "Automne"])
        row.active = False
        self.assertEqual(self.names(), ["Hiver", "Été"])
        row.active = True
        row.unlink()
        self.assertEqual(self.names(), ["Hiver", "Été"])
