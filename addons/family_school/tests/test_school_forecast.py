import io

import openpyxl

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import SchoolCase


@tagged("post_install", "-at_install")
class TestSchoolForecast(SchoolCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Forecast = cls.env["school.forecast"]
        cls.Sector.search([]).unlink()
        cls.Pupil.search([]).unlink()
        cls.Sector.create({"commune_id": cls.commune.id, "school_id": cls.small.id})

    def count(self, *wanted, user=None):
        """Of the children of these tests only: other data of the database go elsewhere."""
        counts = self.Forecast.with_user(user or self.family_agent)._count()
        return [
            counts[year, school.sudo(), self.levels[level].sudo()] for year, school, level in wanted
        ]

    def test_pupils_go_up_in_their_group_then_leave(self):
        self.register(level=self.levels["CM1"])
        self.assertEqual(
            self.count(
                (2026, self.school, "CM1"), (2027, self.school, "CM2"), (2028, self.school, "CM2")
            ),
            [0, 1, 0],
        )
        zoe = self._other_child("Zoé", "2021-02-02")
        before = self.count((2027, self.school, "CP"), (2028, self.school, "CE1"))
        self.assertEqual(before, [1, 1], "by her age and her home")
        self.register(child=zoe, school=self.small, level=self.levels["MS"])
        self.assertEqual(
            self.count(
                (2027, self.small, "GS"),
                (2028, self.school, "CP"),
                (2029, self.school, "CE1"),
                (2027, self.school, "CP"),
            ),
            [1, 1, 1, 0],
            "registered a level below: her level counts, not her age",
        )

    def test_children_of_the_sector_come_in_at_three(self):
        self._other_child("Bébé", "2025-05-05")
        self.assertEqual(
            self.count(
                *((2027 + rank, self.small, name) for rank, name in enumerate(("TPS", "PS", "MS")))
            ),
            [0, 1, 1],
        )

    def test_without_sector_the_school_is_empty(self):
        nobody = self.env["territory.service"]
        before = self.count((2028, nobody, "PS"))[0]
        self.Sector.search([]).unlink()
        self._other_child("Bébé", "2025-05-05")
        self.assertEqual(self.count((2028, nobody, "PS")), [before + 1])

    def test_who_left_is_counted_by_her_home(self):
        self.register(school=self.other_school)._leave()
        self.assertEqual(
            self.count((2027, self.other_school, "CM2"), (2027, self.school, "CM2")), [0, 1]
        )

    def test_for_the_services_that_read_family_files(self):
        """school.forecast"""
        users = (self.agent, self.head, self.secretary, self.communication, self.dpo, self.camille)
        for user in users:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.count(user=user)
        self.count(user=self.manager)

    def test_the_workbook_holds_numbers_and_no_name(self):
        self.register()
        for user, status in ((self.family_agent, 200), (self.head, 404), (self.camille, 404)):
            user.password = user.login
            self.authenticate(user.login, user.login)
            answer = self.url_open("/school/forecast.xlsx")
            self.assertEqual(answer.status_code, status, user.login)
            if status == 200:
                book = openpyxl.load_workbook(io.BytesIO(answer.content))
                self.assertEqual(book.sheetnames[0][-4:], "2027")
                cells = [value for sheet in book for row in sheet.values for value in row]
                self.assertIn("École du Haut", cells)
                self.assertFalse({"Lou", "Bertin", "Lou Bertin"} & set(cells))

    def test_queries_do_not_grow_with_children(self):
        self.count()
        self.env.invalidate_all()
        with self.assertQueryCount(60):
            self.count()
