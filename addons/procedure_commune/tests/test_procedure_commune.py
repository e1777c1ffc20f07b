from datetime import timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.territory_base import clock
from odoo.addons.territory_base.tests.sweep import sweep

from .common import PDF, CommuneCase


@tagged("post_install", "-at_install")
class TestProcedureCommune(CommuneCase):
    def assertRefused(self, words, *args, **values):
        with self.assertRaises(AnswersInvalid) as refused:
            self._ask(*args, **values)
        self.assertIn(words, refused.exception.errors[AnswersInvalid.FORM])

    def test_nothing_is_filed_before_the_town_hall_has_opened_it(self):
        self._as_data(self.town_hall).phone = "03 99 00 00 02"
        self.assertRefused("does not take this request online", self.vaubecourt)
        self.assertRefused("03 99 00 00 02", self.vaubecourt)
        self.row.with_user(self.secretary).action_open()
        self.assertEqual(self._ask(self.vaubecourt).service_id, self.town_hall)
        self.assertRefused("does not take", self.revigny)

    def test_its_own_phone_comes_first(self):
        self.row.write({"mode": "closed", "contact_phone": "03 99 00 00 03"})
        self.assertRefused("03 99 00 00 03", self.vaubecourt)

    def test_by_phone_only_the_town_hall_enters_it(self):
        self.row.write({"mode": "direct", "direct_text": "Venez le mardi."})
        self.assertRefused("Venez le mardi.", self.vaubecourt)
        request = self._ask(self.vaubecourt, by=self.secretary)
        self.assertEqual(request.service_id, self.town_hall)
        self.row.action_close()
        self.assertRefused("does not take", self.vaubecourt, by=self.secretary)

    def test_from_a_day_to_another(self):
        today = clock.today()
        self.row.write({"mode": "online", "date_open": today + timedelta(days=1)})
        self.assertRefused("online from", self.vaubecourt)
        self.row.write({"date_open": today, "date_close": today})
        self.assertTrue(self._ask(self.vaubecourt).number)
        self.row.write({"date_open": False, "date_close": today - timedelta(days=1)})
        self.assertRefused("online until", self.vaubecourt)

    def test_closing_it_keeps_what_was_filed(self):
        self.row.action_open()
        request = self._ask(self.vaubecourt)
        self.row.with_user(self.secretary).action_close()
        request.with_user(self.secretary).action_take()
        self.assertEqual(request.state, "in_review")
        self.assertTrue(request.with_user(self.camille).has_access("read"))

    def test_a_service_of_the_commune_receives_it(self):
        team = self._service(
            "Régie des salles", "team", kind="town_hall", commune_ids=self.vaubecourt.ids
        )
        keeper = self._staff("keeper", "secretary", team)
        self.row.write({"mode": "online", "service_id": team.id})
        self.other_row.action_open()
        request = self._ask(self.vaubecourt)
        self.assertEqual(request.service_id, team)
        self.assertTrue(request.with_user(keeper).has_access("read"))
        other = self._ask(self.revigny, user=self.dominique)
        self.assertEqual(other.service_id, self.other_town_hall)

    def test_a_service_that_left_the_commune_receives_it_no_more(self):
        team = self._service(
            "Régie des salles", "team", kind="town_hall", commune_ids=self.vaubecourt.ids
        )
        self.row.write({"mode": "online", "service_id": team.id})
        team.commune_ids = self.revigny
        self.assertEqual(self._ask(self.vaubecourt).service_id, self.town_hall)

    def test_never_a_service_of_another_commune(self):
        for service in self.other_town_hall | self.waste:
            with self.assertRaises(ValidationError):
                self.row.service_id = service

    def test_another_town_hall_neither_reads_nor_counts_it(self):
        (self.row | self.other_row).action_open()
        request = self._ask(self.vaubecourt)
        Request = self.env["procedure.request"].with_user(self.other_secretary)
        self.assertFalse(request.with_user(self.other_secretary).has_access("read"))
        self.assertFalse(Request.search_count([("procedure_id", "=", self.hall.id)]))
        self.assertEqual(self.hall.with_user(self.other_secretary).request_count, 0)
        self.hall.invalidate_recordset(["request_count"])
        self.assertEqual(self.hall.with_user(self.secretary).request_count, 1)

    def test_everywhere_but_where_a_town_hall_takes_it_otherwise(self):
        self.hall.is_opened_by_communes = False
        self.assertTrue(self._ask(self.vaubecourt).number)
        self.row.action_direct()
        self.assertRefused("by phone", self.vaubecourt, user=self.dominique)
        self.assertTrue(self._ask(self.revigny).number)
        self.assertEqual(self.hall._get_concerned_communes(), self.revigny)

    def test_opened_everywhere_at_once_but_where_it_was_chosen(self):
        self.other_row.with_user(self.other_secretary).action_direct()
        self.hall.with_user(self.manager).action_open_everywhere()
        self.assertEqual(self.row.mode, "online")
        self.assertEqual(self.other_row.mode, "direct")
        self.assertEqual(self.hall._get_concerned_communes(), self.vaubecourt)

    @sweep("procedures")
    def test_each_of_47_town_halls_has_its_rules_and_its_requests(self):
        communes = self.env["territory.commune"].create(
            [
                {"name": f"Commune {rank}", "insee_code": f"980{rank:02}", "zip": "98000"}
                for rank in range(1, 48)
            ]
        )
        halls = self.env["territory.service"].create(
            [
                {
                    "name": f"Mairie de {commune.name}",
                    "code": f"mairie-{commune.insee_code}",
                    "kind": "town_hall",
                    "commune_ids": commune.ids,
                }
                for commune in communes
            ]
        )
        self.hall.commune_ids = communes
        self.hall.with_user(self.manager).action_open_everywhere()
        rows = self.hall.commune_row_ids.filtered(lambda row: row.commune_id in communes)
        self.assertEqual(rows.mapped("mode"), ["online"] * 47)
        for rank, row in enumerate(rows):
            row.rules = f"Règle {rank}"
        closed = rows[::5]
        closed.action_close()
        for commune, hall in zip(communes, halls, strict=True):
            with self.subTest(commune.name):
                row = self.hall._get_commune_row(commune)
                if row in closed:
                    self.assertRefused(commune.name, commune)
                else:
                    self.assertEqual(self._ask(commune).service_id, hall)
        self.assertEqual(len(set(rows.mapped("rules"))), 47)
        self.assertEqual(len(self.hall._get_concerned_communes()), 47 - len(closed))

    def test_a_document_is_a_pdf(self):
        Files = self.env["procedure.commune.file"].with_user(self.secretary)
        made = Files.create({"commune_row_id": self.row.id, "name": "Règlement", "file": PDF})
        self.assertTrue(made.size)
        for wrong in (b"PGh0bWw+", b"", b"%%%"):
            with self.assertRaises(UserError):
                Files.create({"commune_row_id": self.row.id, "name": "Page", "file": wrong})
        with self.assertRaises(UserError):
            made.file = b"PGh0bWw+"

    def test_only_what_town_halls_answer_has_rules_by_commune(self):
        with self.assertRaises(ValidationError):
            self.rows.create({"procedure_id": self.procedure.id, "commune_id": self.vaubecourt.id})
