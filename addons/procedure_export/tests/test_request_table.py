import io

from openpyxl import load_workbook

from odoo import Command
from odoo.tests import tagged

from .common import ExportCommon


@tagged("post_install", "-at_install")
class TestRequestTable(ExportCommon):
    """Repeated blocks and weekly grids: a sheet each, a row for each line."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.camp = cls._procedure(
            "Inscrire au centre", "ESSAIT", cls.school, fields=cls._camp_form()
        )

    @classmethod
    def _camp_form(cls):
        return [
            {"key": "children", "type": "block", "label": "Enfants", "max_value": 4},
            {"key": "child_name", "type": "char", "label": "Prénom", "block_key": "children"},
            {"key": "born_on", "type": "date", "label": "Né le", "block_key": "children"},
            {
                "key": "week",
                "type": "weekly_grid",
                "label": "La semaine",
                "grid_days": "1,2,4,5",
                "option_ids": [
                    Command.create({"value": "morning", "label": "Matin"}),
                    Command.create({"value": "evening", "label": "Soir"}),
                ],
            },
            {
                "key": "total",
                "type": "computed",
                "label": "Nombre d'enfants",
                "formula": "count(children)",
            },
        ]

    def _camp(self, user, answers):
        """As the engine keeps them."""
        request = self._submit(user=user, procedure=self.camp, files={}, answers={})
        request.sudo().answers = answers
        return request

    def _export(self, requests):
        output = io.BytesIO()
        self._wizard(requests, self.school_agent)._write_workbook(output)
        return load_workbook(output)

    def test_each_line_of_a_block_is_a_row(self):
        mine = self._camp(
            self.camille,
            {
                "children": [
                    {"child_name": "Zoé", "born_on": "2019-09-01"},
                    {"child_name": "=Tom"},
                ],
                "week": {"morning": [1, 4], "evening": [5]},
                "total": 2,
            },
        )
        other = self._camp(self.dominique, {"children": [{"child_name": "Lou"}], "total": 1})
        workbook = self._export(mine | other)
        self.assertEqual(workbook.sheetnames, ["Inscrire au centre", "Enfants", "La semaine"])
        rows = self._rows(workbook, "Enfants")
        self.assertEqual(
            [(row["Number"].value, row["Prénom"].value) for row in rows],
            [(mine.number, "Zoé"), (mine.number, "=Tom"), (other.number, "Lou")],
        )
        self.assertEqual(rows[0]["Né le"].value.date().isoformat(), "2019-09-01")
        self.assertEqual(rows[1]["Prénom"].data_type, "s")
        main = self._rows(workbook, "Inscrire au centre")
        self.assertIn("Zoé", main[0]["Enfants"].value, "readable in the main sheet too")
        self.assertEqual([row["Nombre d'enfants"].value for row in main], [2, 1])

    def test_a_grid_can_be_summed(self):
        mine = self._camp(self.camille, {"week": {"morning": [1, 4], "evening": [5]}})
        mine.sudo().subject_ids = self.env["res.partner"].create(
            {"firstname": "Zoé", "lastname": "Durand", "kind": "person"}
        )
        rows = list(self._export(mine)["La semaine"].values)
        self.assertEqual(rows[0][0], "Number")
        self.assertEqual(rows[0][1], "Persons concerned", "a week is somebody's")
        self.assertEqual(len(rows[0]), 7, "number, persons, line, four days")
        self.assertEqual(
            rows[1:],
            [
                (mine.number, "Zoé Durand", "Matin", 1, None, 1, None),
                (mine.number, "Zoé Durand", "Soir", None, None, None, 1),
            ],
        )

    def test_a_block_that_changed_keeps_its_former_columns(self):
        first = self._camp(
            self.camille,
            {"children": [{"child_name": "Zoé", "born_on": "2019-09-01"}]},
        )
        draft = self.camp.action_new_version()
        draft.field_ids.filtered(lambda field: field.key == "born_on").unlink()
        draft.field_ids = [
            Command.create(
                {
                    "key": "swims",
                    "type": "boolean",
                    "label": "Sait nager",
                    "block_key": "children",
                    "sequence": 2,
                }
            )
        ]
        self.camp.action_publish()
        second = self._camp(self.dominique, {"children": [{"child_name": "Lou", "swims": True}]})
        rows = list(self._export(first | second)["Enfants"].values)
        self.assertEqual(rows[0], ("Number", "Persons concerned", "Prénom", "Sait nager", "Né le"))
        self.assertEqual([row[2:4] for row in rows[1:]], [("Zoé", None), ("Lou", "Yes")])

    def test_a_large_export_costs_the_same_number_of_queries_for_each_batch(self):
        request = self._submit()
        names = [each for each in ("procedure_id", "version_id", "service_id", "applicant_id")]
        vals = {name: request[name].id for name in names}
        self.env["procedure.request"].sudo().create(
            [
                {**vals, "number": f"COPIE-{index}", "answers": request.answers, "state": "closed"}
                for index in range(200)
            ]
        )
        few = self.env["procedure.request"].search([("number", "like", "COPIE-1%")], limit=5)
        many = self.env["procedure.request"].search([("number", "like", "COPIE-")])
        for requests in (few, many):
            self._count(requests)  # warm
        self.assertLessEqual(self._count(many), self._count(few))

    def _count(self, requests):
        wizard = self._wizard(requests)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        wizard._write_workbook(io.BytesIO())
        return self.env.cr.sql_log_count - before
