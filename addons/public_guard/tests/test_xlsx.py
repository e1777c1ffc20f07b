import datetime
import io
from decimal import Decimal

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..tools.xlsx import MAX_TEXT, get_headers
from .common import GuardCase

DAYS = st.dates(datetime.date(1900, 3, 1), datetime.date(9999, 12, 31))
TEXTS = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=40)
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    DAYS,
    TEXTS,
    st.tuples(st.sampled_from(["=", "+", "-", "@", "=HYPERLINK", "http://"]), TEXTS).map("".join),
)


@tagged("post_install", "-at_install")
class TestXlsx(GuardCase):
    def load(self, content):
        return openpyxl.load_workbook(io.BytesIO(content))

    def rows(self, *rows):
        sheet = self.load(self.guard._xlsx([("Demandes", ["A"], rows)])).active
        return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]

    @given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5))
    def test_what_is_read_back_is_what_was_given_and_never_a_formula(self, rows):
        headers = ["Numéro", "Nom", "Date"]
        content = self.guard._xlsx([("Demandes", headers, (row for row in rows))])
        sheet = self.load(content).active
        read = list(sheet.iter_rows())
        self.assertEqual([cell.value for cell in read[0]], headers)
        for row, cells in zip(rows, read[1:], strict=False):
            for value, cell in zip(row, cells, strict=True):
                self.assertNotEqual(cell.data_type, "f")
                self.assertIsNone(cell.hyperlink)
                found = cell.value
                if isinstance(found, datetime.datetime):
                    found = found.date()
                self.assertEqual(found, value)
                self.assertIs(type(found), type(value))

    def test_no_cache_keeps_a_workbook(self):
        self.assertIn(("Cache-Control", "no-store"), get_headers("demandes.xlsx"))

    def test_text_that_looks_like_a_formula_stays_a_text(self):
        texts = ["=1+1", "+33 6 00 00 00 00", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "0612"]
        content = self.guard._xlsx([("Demandes", ["Réponse"], ([text] for text in texts))])
        cells = [row[0] for row in self.load(content).active.iter_rows(min_row=2)]
        self.assertEqual([cell.value for cell in cells], texts)
        self.assertEqual({cell.data_type for cell in cells}, {"s"})

    def test_other_values(self):
        self.assertEqual(
            self.rows(
                [["a", "b"]],
                [10**20],
                [float("nan")],
                [datetime.date(1850, 1, 2)],
                ["x" * (MAX_TEXT + 9)],
                [1.5],
            ),
            [["a, b"], [str(10**20)], ["nan"], ["1850-01-02"], ["x" * MAX_TEXT], [1.5]],
        )

    def test_exact_numbers_and_times_are_typed(self):
        content = self.guard._xlsx(
            [("Demandes", ["A"], [[Decimal("12.50")], [Decimal("3")], [datetime.time(9, 30)]])]
        )
        cells = [row[0] for row in self.load(content).active.iter_rows(min_row=2)]
        self.assertEqual(
            [(cell.value, cell.number_format) for cell in cells],
            [(12.5, "#,##0.00"), (3, "#,##0"), (datetime.time(9, 30), "hh:mm")],
        )
        self.assertEqual(self.rows([Decimal("1e20")]), [["1E+20"]])

    def test_moment_is_shown_in_the_zone_of_the_reader(self):
        self.env.user.tz = "Europe/Paris"
        self.assertEqual(
            self.rows([datetime.datetime(2026, 11, 25, 10, 0)]),
            [[datetime.datetime(2026, 11, 25, 11, 0)]],
        )

    def test_sheet_is_ready_to_use(self):
        book = self.load(self.guard._xlsx([("Demandes", ["A", "B"], [[1, 2], [3, 4]])]))
        sheet = book.active
        self.assertEqual(sheet.freeze_panes, "A2")
        self.assertEqual(sheet.auto_filter.ref, "A1:B3")
        self.assertTrue(sheet["A1"].font.bold)

    def test_names_of_sheets_are_allowed_and_distinct(self):
        names = ["Bacs [2026]: a/b", "bacs  2026   a b", "x" * 40, "x" * 50, "", "'"]
        book = self.load(self.guard._xlsx((name, ["A"], []) for name in names))
        self.assertEqual(len(book.sheetnames), len(names))
