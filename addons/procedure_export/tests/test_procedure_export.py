from datetime import datetime

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.procedure.tests.common import upload

from .common import ExportCommon


@tagged("post_install", "-at_install")
class TestProcedureExport(ExportCommon):
    def test_export_joins_versions_by_key(self):
        first = self._submit(
            answers=self._answers(note="=1+1", date_in="24/03/2026"), files={"proof": [upload()]}
        )
        draft = self.procedure.action_new_version()
        draft.field_ids.filtered(lambda field: field.key == "note").unlink()
        draft.field_ids.filtered(lambda field: field.key == "persons").label = "Combien êtes-vous ?"
        draft.field_ids = [Command.create({"key": "lock", "type": "boolean", "label": "Serrure"})]
        self.procedure.action_publish()
        second = self._submit(answers=self._answers(lock="1"), files={})
        rows = self._rows(self._workbook(self._wizard(first | second)))
        self.assertEqual([row["Number"].value for row in rows], [first.number, second.number])
        self.assertEqual(rows[0]["Précisions"].value, "=1+1")
        self.assertNotEqual(rows[0]["Précisions"].data_type, "f")
        self.assertEqual(rows[0]["Date d'arrivée"].value, datetime(2026, 3, 24))
        self.assertEqual(
            [row["Combien êtes-vous ?"].value for row in rows], [4, 4], "one column, the last words"
        )
        self.assertEqual(rows[0]["Type de logement"].value, "Résidence principale")
        self.assertEqual(rows[0]["Justificatif de domicile"].value, "photo.png")
        self.assertEqual(rows[0]["Adresse"].value, "3 rue du Moulin, 55250 Vaubecourt")
        self.assertEqual((rows[0]["Serrure"].value, rows[1]["Serrure"].value), (None, "Yes"))
        self.assertIsInstance(rows[0]["Received on"].value, datetime)
        self.assertEqual(rows[0]["Applicant"].value, "Camille Durand")
        self.assertEqual(rows[0]["State"].value, "Received")

    def test_who_filed_without_account_and_for_whom(self):
        child = self.env["res.partner"].create(
            {"firstname": "Zoé", "lastname": "Durand", "kind": "person"}
        )
        visitor = self._submit_without_account()
        mine = self._submit()
        mine.sudo().subject_ids = child
        rows = self._rows(self._workbook(self._wizard(visitor.sudo(False) | mine)))
        self.assertEqual(rows[0]["Applicant"].value, "Ana Morel")
        self.assertEqual(rows[0]["E-mail"].value, "Ana@exemple.fr")
        self.assertEqual(rows[1]["Persons concerned"].value, "Zoé Durand")

    def test_where_to_write_to_each(self):
        """The address that a visitor gave; of an account, the dwelling that one may read."""
        visitor = self._submit_without_account()
        mine = self._submit()
        dwelling = self.env["territory.dwelling"]._find_or_create(
            "3 rue du Moulin", "", self.env["territory.commune"].search([], limit=1)
        )
        mine.sudo().dwelling_id = dwelling
        for reads in (False, True):
            self.waste.reads_dwelling = reads
            rows = self._rows(self._workbook(self._wizard(visitor.sudo(False) | mine)))
            streets = [row["Street"].value for row in rows]
            self.assertEqual(rows[0]["Town"].value, "Nancy")
            readable = dwelling.with_user(self.agent).has_access("read")
            self.assertEqual(streets, ["1 place Haute", "3 rue du Moulin" if readable else None])
        self.assertTrue(readable, "her service reads dwellings")

    def test_telephones_are_written_one_way(self):
        """As people dial them, whether the account or the form gave them."""
        self.camille.partner_id.phone = "+33639980105"
        self.dominique.partner_id.phone = "06 39 98 00 41"
        requests = self._submit() | self._submit(user=self.dominique)
        rows = self._rows(self._workbook(self._wizard(requests)))
        self.assertEqual([row["Phone"].value for row in rows], ["06 39 98 01 05", "06 39 98 00 41"])

    def test_what_the_filters_show_is_exported_when_nothing_is_ticked(self):
        self._submit()
        other = self._submit(user=self.dominique)
        filters = [["procedure_id", "=", self.procedure.id], ["number", "=", other.number]]
        nothing = self.env["procedure.request"].with_context(active_domain=filters)
        wizard = self._wizard(nothing)
        self.assertEqual(wizard.request_count, 1)
        rows = self._rows(self._workbook(wizard))
        self.assertEqual([row["Number"].value for row in rows], [other.number])

    def test_more_requests_than_the_client_can_name(self):
        mine = self._submit()
        other = self._submit(user=self.dominique)
        self.env["ir.config_parameter"].set_param("web.active_ids_limit", "1")
        filters = [["id", "in", (mine | other).ids]]
        wizard = self._wizard(mine.with_context(active_domain=filters))
        self.assertEqual(wizard.request_count, 2)

    def test_each_procedure_has_its_sheet(self):
        mine = self._submit()
        other = self._procedure("Autre [essai] / de nom", "ESSAIB", self.waste)
        theirs = self._submit(procedure=other)
        wizard = self._wizard(mine | theirs)
        self.assertEqual(wizard.request_count, 2)
        self.assertFalse(wizard.procedure_id)
        sheets = self._workbook(wizard).sheetnames
        self.assertEqual(sheets, ["Demander un bac", "Autre  essai    de nom"])
        with self.assertRaisesRegex(UserError, "one procedure"):
            wizard.action_save_as()

    def test_nothing_to_export_is_said(self):
        wizard = self._wizard(
            self.env["procedure.request"].with_context(active_domain=[["id", "=", 0]])
        )
        with self.assertRaisesRegex(UserError, "no request"):
            wizard.action_download()

    def test_an_anonymised_request_keeps_its_row(self):
        request = self._submit()
        request.with_user(self.agent).action_take()
        request.with_user(self.agent).action_refuse("Hors territoire")
        request.sudo()._anonymise()
        row = self._rows(self._workbook(self._wizard(request)))[0]
        self.assertEqual(row["Number"].value, request.number)
        self.assertFalse(row["Applicant"].value or row["Adresse"].value)

    # -- saved exports

    def _saved(self, **vals):
        return (
            self.env["procedure.export"]
            .with_user(self.agent)
            .create({"name": "Du mois", "procedure_id": self.procedure.id, **vals})
        )

    def test_an_agent_keeps_the_columns_and_the_filter_that_she_chose(self):
        mine = self._submit()
        self._submit(user=self.dominique)
        saved = self._saved(domain=repr([["number", "=", mine.number]]))
        keep = ("@number", "@commune", "persons")
        saved.column_ids.filtered(lambda column: column.key not in keep).unlink()
        persons = saved.column_ids.filtered(lambda column: column.key == "persons")
        persons.write({"label": "Habitants", "sequence": 0})
        self.env.flush_all()
        self.env.invalidate_all()
        url = saved.action_download()["url"]
        wizard = saved.env["procedure.export.wizard"].browse(int(url.rsplit("/", 1)[1]))
        sheet = self._workbook(wizard).active
        self.assertEqual(
            list(sheet.values), [("Habitants", "Number", "Commune"), (4, mine.number, "Vaubecourt")]
        )

    def test_columns_come_back_and_new_questions_come_in(self):
        saved = self._saved()
        everything = saved.column_ids.mapped("key")
        self.assertIn("date_in", everything)
        saved.column_ids.filtered(lambda column: column.key == "date_in").unlink()
        draft = self.procedure.action_new_version()
        draft.field_ids = [Command.create({"key": "lock", "type": "boolean", "label": "Serrure"})]
        self.procedure.action_publish()
        saved.action_add_columns()
        self.assertEqual(set(saved.column_ids.mapped("key")), {*everything, "lock"})
        saved.column_ids.unlink()
        with self.assertRaisesRegex(UserError, "one column"):
            saved.action_download()

    def test_the_form_proposes_the_columns_of_the_procedure(self):
        wizard = self._wizard(self._submit())
        context = wizard.action_save_as()["context"]
        with Form(
            self.env["procedure.export"].with_user(self.agent).with_context(**context)
        ) as form:
            form.name = "Tournée"
        saved = form.record
        self.assertEqual(saved.domain, wizard.domain)
        self.assertIn("persons", saved.column_ids.mapped("key"))
        self.assertEqual(saved.column_ids[0].key, "@number")

    def test_a_filter_is_data_and_nothing_else(self):
        for text in (
            "__import__('os').getcwd()",
            "[('no_such_field', '=', 1)]",
            "[('number', 'no such operator', 1)]",
            "{",
            "12",
            "[" * 5000,
        ):
            with self.subTest(text[:30]), self.assertRaises(ValidationError):
                self._saved(domain=text)
