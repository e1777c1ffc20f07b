import unittest
from datetime import date

from odoo.addons.territory_base.csv_table import UnreadableTable

from ..tools.csv_reader import Line, make_value, read_lines


class TestCsvReader(unittest.TestCase):
    """A file as a spreadsheet saves it."""

    def test_columns_by_their_french_names_in_any_order(self):
        text = "Libellé;Parent;Valable du;Valable au;Code;À préciser\n"
        text += "École du bourg;55532;01/09/2026;31/08/2027;bourg;\nAutre;;;;autre;oui\n"
        for content in (text.encode(), text.encode("utf-8-sig"), text.encode("cp1252")):
            lines, mistakes = read_lines(content)
            self.assertFalse(mistakes)
            first = Line(2, "bourg", "École du bourg", date(2026, 9, 1), date(2027, 8, 31), "55532")
            self.assertEqual(lines, [first, Line(3, "autre", "Autre", is_free=True)])

    def test_a_row_without_code_has_that_of_its_words(self):
        lines, mistakes = read_lines("libellé,commune\nRue de l’Église,Vaubecourt\n".encode())
        self.assertFalse(mistakes)
        self.assertEqual(lines[0].value, "vaubecourt-rue-de-l-eglise")
        self.assertEqual(make_value("Rue de l'Église", "Vaubecourt"), lines[0].value)

    def test_each_line_says_what_is_wrong(self):
        text = "code;libellé;du;au;autre\n;;;;\na;Haute;30/02/2026;;\na b;Basse;;;\n"
        text += "c;Gare;02/01/2026;01/01/2026;\nd;Pont;;;peut-être\ne;Pré;;;\ne;Prés;;;\n"
        lines, mistakes = read_lines(text.encode())
        self.assertEqual([line.value for line in lines], ["e"])
        self.assertEqual(
            [(number, code) for number, code, _params in mistakes],
            [
                (3, "not_a_date"),
                (4, "bad_value"),
                (5, "ends_before"),
                (6, "not_yes_no"),
                (8, "twice"),
            ],
        )

    def test_what_is_no_list(self):
        for content, code in (
            (b"", "empty"),
            (b"a;b\n1;2\n", "no_columns"),
            (b"\x89PNG\r\n\x1a\n\x00", "not_text"),
            (b'libelle\n"open', "not_csv"),
            (b"libelle\n" + b"x" * 2_000_001, "too_big"),
            (b"libelle\n" + b"x\n" * 10_001, "too_many_rows"),
        ):
            with self.subTest(code), self.assertRaises(UnreadableTable) as caught:
                read_lines(content)
            self.assertEqual(caught.exception.code, code)
