import re
from pathlib import Path

from odoo.tests import TransactionCase, tagged

from odoo.addons.territory_demo import directory
from odoo.addons.territory_demo.presentations import AUDIENCES, PRESENTATIONS

DATA = Path(__file__).parents[3] / "data"


@tagged("post_install", "-at_install")
class TestTerritoryDemoDirectory(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["territory.loader"]._load_folder(DATA)
        cls.demo = cls.env["territory.demo"]
        cls.entries = cls.demo._build_directory()

    def test_forty_sheets_and_six_associations(self):
        self.assertEqual(len(directory.SHEETS), 40)
        self.assertEqual(len(directory.ASSOCIATIONS), 6)
        self.assertEqual(len(self.entries), 46)
        self.assertTrue(all(self.entries.mapped("is_online")))
        roots = self.env["directory.category"]._get_roots()
        used = {entry.category_id._get_path()[0] for entry in self.entries}
        self.assertEqual(used, set(roots), "Each wide category has a sheet")

    def test_what_is_written_is_known(self):
        for entry, sheet in zip(
            self.entries, directory.SHEETS + directory.ASSOCIATIONS, strict=True
        ):
            self.assertEqual(entry.category_id.code, sheet[0])
            self.assertEqual(set(entry.facet_ids.mapped("code")), set(sheet[6]), entry.name)
            self.assertEqual(
                set(entry.audience_ids.mapped("code")), set(AUDIENCES.get(entry.name, ()))
            )

    def test_sheets_say_what_they_are_and_for_whom(self):
        names = set(self.entries.mapped("name"))
        self.assertLessEqual({*AUDIENCES, *PRESENTATIONS}, names)
        self.assertGreaterEqual(len(self.entries.filtered("body")), 20)
        for audience in self.entries.audience_ids:
            made = self.entries.filtered(lambda entry, one=audience: one in entry.audience_ids)
            self.assertLess(len(made), len(self.entries) / 3, audience.name)

    def test_numbers_are_those_kept_for_fiction(self):
        for entry in self.entries.filtered("phone"):
            self.assertTrue(re.fullmatch(r"03 53 01 \d\d \d\d", entry.phone), entry.phone)
