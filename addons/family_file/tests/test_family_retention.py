from datetime import date

from odoo.tests import tagged

from .common import FamilyCase


@tagged("post_install", "-at_install")
class TestFamilyRetention(FamilyCase):
    def find_due(self, model, day):
        rule = self.env["privacy.retention"].search([("model_name", "=", model)])
        self.assertEqual(rule.months, 24)
        rows = self.env[model]
        found = rows.search(rows._get_retention_domain(rule, day))
        return [row.id for row, due in found._get_retention_dues(rule).items() if due < day]

    def test_who_was_withdrawn_goes_two_years_later(self):
        kept, gone = self.name(self.camille), self.name(self.camille, name="Paul")
        gone.withdrawn_on = "2026-11-25 09:00:00"
        self.assertEqual(self.find_due("family.contact", date(2028, 11, 25)), [])
        self.assertEqual(self.find_due("family.contact", date(2028, 11, 26)), [gone.id])
        kept.date_end = "2026-11-30"
        self.assertEqual(self.find_due("family.contact", date(2028, 12, 1)), [kept.id, gone.id])

    def test_what_is_said_of_a_child_goes_two_years_after_her_18th_birthday(self):
        weeks = self.say_weeks(self.camille, rhythm="always")
        self.assertEqual(self.child.birthdate, date(2017, 3, 2))
        self.assertEqual(self.find_due("family.custody", date(2037, 3, 2)), [])
        self.assertEqual(self.find_due("family.custody", date(2037, 3, 3)), [weeks.id])
        weeks.date_end = "2027-01-01"
        self.assertEqual(self.find_due("family.custody", date(2029, 1, 2)), [weeks.id])

    def test_a_quotient_goes_two_years_after_its_last_day(self):
        row = self.tell(self.camille, quotient=780, date_end="2026-12-31")
        self.assertEqual(self.find_due("family.quotient", date(2028, 12, 31)), [])
        self.assertEqual(self.find_due("family.quotient", date(2029, 1, 1)), [row.id])

    def test_nothing_that_still_serves_goes(self):
        rows = [
            self.say_weeks(self.camille, rhythm="always"),
            self.name(self.camille),
            self.tell(self.camille, quotient=780),
        ]
        for row in rows:
            self.assertEqual(self.find_due(row._name, date(2034, 1, 1)), [])

    def test_what_goes_is_gone(self):
        row = self.name(self.camille)
        rule = self.env["privacy.retention"].search([("model_name", "=", "family.contact")])
        row._end_retention(rule)
        self.assertFalse(row.exists())
