import io

import openpyxl

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import SchoolCase

URL = "/school/pupils.xlsx?ids="


def read(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [list(row) for row in sheet.values] for sheet in book}


@tagged("post_install", "-at_install")
class TestSchoolWorkbook(SchoolCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pupil = cls.register()
        cls.pupil._change_class(cls.class_a)
        for user in (cls.head, cls.other_head, cls.camille, cls.family_agent):
            user.password = user.login

    def test_a_sheet_per_school_by_class(self):
        hostile = self._other_child()
        hostile.firstname = "=1+1"
        second = self.register(child=hostile)
        away = self.register(
            child=self._other_child("Ava"), school=self.other_school, level=self.levels["ULIS"]
        )
        pupils = (self.pupil | second | away).with_user(self.family_agent)
        sheets = read(pupils._get_workbook())
        self.assertEqual(list(sheets), ["École de Clairval", "École du Haut"])
        rows = sheets["École du Haut"][1:]
        self.assertEqual([row[0] for row in rows], ["CM", None], "who has no class comes last")
        self.assertEqual([row[3] for row in rows], ["Lou", "=1+1"])
        self.assertEqual(rows[0][6], "2026-2027/0001")
        self.assertEqual(len(sheets["École du Haut"][0]), 7)

    def test_it_is_read_by_whom_the_pupils_are(self):
        for user, status in (
            (self.family_agent, 200),
            (self.head, 200),
            (self.other_head, 404),
            (self.camille, 404),
        ):
            self.authenticate(user.login, user.login)
            answer = self.url_open(f"{URL}{self.pupil.id}")
            self.assertEqual(answer.status_code, status, user.login)
            if status == 200:
                self.assertEqual(answer.headers["Cache-Control"], "no-store")
                self.assertIn("École du Haut", read(answer.content))
        with self.assertRaises(AccessError):
            self.pupil.with_user(self.other_head)._get_workbook()

    def test_an_address_changed_by_hand_finds_nothing(self):
        self.authenticate(self.head.login, self.head.login)
        for ids in ("", "x", "0", "99999999999", f"{self.pupil.id},"):
            self.assertEqual(self.url_open(f"{URL}{ids}").status_code, 404, ids)
