import base64
import io

from freezegun import freeze_time
from openpyxl import load_workbook

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import WasteCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25")
class TestWasteContainerSheet(WasteCommon):
    def setUp(self):
        super().setUp()
        self.request = self._accept(
            self._submit("arrival", delivery_note="=HYPERLINK(1) portail vert")
        )
        other = self._submit(
            "other_premises",
            user=self.neighbour,
            **self._address(street="1 place Haute", commune=self.other_commune),
        )
        self.other = self._accept(other)
        self.moves = self.request.container_move_ids | self.other.container_move_ids
        self.moves.with_user(self.agent)._plan("2026-11-27")

    def _sheet(self, user=None, **values):
        sheet = self.env["waste.container.sheet"].with_user(user or self.agent)
        return sheet.create({"date": "2026-11-27", **values})

    def _rows(self, sheet):
        sheet.action_export()
        workbook = load_workbook(io.BytesIO(base64.b64decode(sheet.file)))
        return [list(row) for row in workbook.active.iter_rows(values_only=True)]

    def test_the_round_by_commune_with_address_bin_volume_and_phone(self):
        head, *rows = self._rows(self._sheet())
        self.assertEqual([row[0] for row in rows], ["Mont-du-Test", "Val-du-Test"])
        row = dict(zip(head, rows[1], strict=True))
        self.assertEqual(row["Address"], "12 rue du Moulin")
        self.assertEqual(row["Bin"], self.request.container_move_ids.container_id.number)
        self.assertEqual(row["Litres"], 180)
        self.assertEqual(row["Name"], "Lucie Martin")
        self.assertEqual(row["Phone"], "03 29 00 00 00")

    def test_what_is_empty_is_an_empty_cell(self):
        """A French spreadsheet shows the boolean False as FAUX."""
        (self.resident | self.neighbour).partner_id.phone = False
        self.moves.action_done()
        billing = self._sheet(kind="billing", date="2026-11-01")
        for head, *rows in (self._rows(self._sheet_of_today()), self._rows(billing)):
            cells = [dict(zip(head, row, strict=True)) for row in rows]
            self.assertTrue(cells)
            for row in cells:
                self.assertFalse([name for name, cell in row.items() if cell in (False, "")], row)
            self.assertEqual({row["Floor, building"] for row in cells}, {None})
            self.assertEqual({row["Phone"] for row in cells}, {None})

    def _sheet_of_today(self):
        arrival = self._submit("arrival", **self._address(street="8 rue Neuve"))
        self._accept(arrival).container_move_ids.with_user(self.agent)._plan("2026-11-27")
        return self._sheet()

    def test_billing_knows_whom_to_bill(self):
        self.moves.with_user(self.agent).action_done()
        head, *rows = self._rows(self._sheet(kind="billing", date="2026-11-01"))
        row = dict(zip(head, rows[1], strict=True))
        self.assertEqual(row["Postcode"], "55250")
        self.assertEqual(row["E-mail"], "waste_resident@example.com")
        self.assertEqual(row["Owner or tenant"], "Owner")

    def test_billing_knows_how_it_is_paid_and_where_the_last_bill_goes(self):
        self.request.answers = {**self.request.answers, "direct_debit": True}
        self.moves.with_user(self.agent).action_done()
        leaving = self._accept(self._submit("departure"))
        leaving.container_move_ids.with_user(self.agent).action_done()
        head, *rows = self._rows(self._sheet(kind="billing", date="2026-11-01"))
        cells = [dict(zip(head, row, strict=True)) for row in rows]
        by_request = {row["Request"]: row for row in cells}
        paid = {number: row["Direct debit"] for number, row in by_request.items()}
        self.assertEqual(
            paid, {self.request.number: "Yes", self.other.number: None, leaving.number: None}
        )
        last = by_request[leaving.number]["Address of the last bill"]
        self.assertEqual(last, "1 rue X, Ailleurs")

    def test_what_a_person_typed_is_never_a_formula(self):
        sheet = self._sheet(commune_ids=self.commune.ids)
        sheet.action_export()
        workbook = load_workbook(io.BytesIO(base64.b64decode(sheet.file)))
        cells = [cell for row in workbook.active.iter_rows() for cell in row]
        note = [cell for cell in cells if cell.value == "=HYPERLINK(1) portail vert"]
        self.assertEqual([cell.data_type for cell in note], ["s"])

    def test_one_commune_only(self):
        _head, *rows = self._rows(self._sheet(commune_ids=self.commune.ids))
        self.assertEqual([row[0] for row in rows], ["Val-du-Test"])

    def test_an_empty_day_says_so(self):
        with self.assertRaisesRegex(UserError, "nothing on this sheet"):
            self._sheet(date="2026-11-28").action_export()
        self.moves.date_planned = False
        with self.assertRaisesRegex(UserError, "2 stops have no day yet"):
            self._sheet(date="2026-11-28").action_export()

    def test_the_printable_page_has_the_same_stops(self):
        action = self._sheet().action_print()
        html = (
            self.env["ir.actions.report"]
            .with_user(self.agent)
            ._render_qweb_html("waste_collection.waste_container_round", self.moves.ids)[0]
            .decode()
        )
        self.assertEqual(action["report_type"], "qweb-html")
        for move in self.moves:
            self.assertIn(move.container_id.number, html)
            self.assertIn(move.dwelling_id.street, html)

    def test_billing_counts_what_was_done_in_the_month_and_moves_the_requests_on(self):
        self.request.container_move_ids.with_user(self.agent).action_done()
        head, *rows = self._rows(self._sheet(kind="billing", date="2026-11-01"))
        self.assertEqual(len(rows), 1, "The other bin is not delivered yet.")
        row = dict(zip(head, rows[0], strict=True))
        self.assertEqual(row["Reason"], "Arrival")
        self.assertEqual(row["Persons"], 3)
        self.assertEqual(str(row["Date"])[:10], "2026-11-25")
        self.assertEqual(self.request.step_id.container_stage, "billed")
        self.assertEqual(self.other.step_id.container_stage, "planned")
        with self.assertRaises(UserError):
            self._sheet(kind="billing", date="2026-10-01").action_export()

    def test_nothing_is_done_in_the_future(self):
        plan = self.env["waste.container.plan"].with_user(self.agent)
        with self.assertRaises(UserError):
            plan.create(
                {"operation": "done", "date": "2026-11-26", "move_ids": self.moves.ids}
            ).action_apply()

    def test_another_service_exports_nothing(self):
        with self.assertRaises(UserError):
            self._sheet(user=self.school_agent).action_export()
