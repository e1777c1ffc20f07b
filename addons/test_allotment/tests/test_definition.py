from odoo.exceptions import ValidationError

from .common import AllotmentCommon


class TestDefinition(AllotmentCommon):
    """`_get_relations`, `_get_rows`: what a service adds to a procedure is in its file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Definition = cls.env["procedure.definition"].with_user(cls.manager)
        cls.allotment.plot_ids = cls.plots[1]
        cls.env["allotment.rent"].create(
            [
                {"procedure_id": cls.allotment.id, "name": "50 m²", "amount": 60},
                {"procedure_id": cls.allotment.id, "name": "100 m²", "amount": 100},
            ]
        )

    def _export(self):
        allotment = self.allotment.with_user(self.manager)
        return self.Definition._export(allotment, allotment.version_id)

    def test_procedure_of_a_service_comes_back_whole(self):
        content = self.Definition._write_file(self._export())
        data = self.Definition._read_file(content)
        copy = self.Definition._import(data, code="JARDIN2")
        self.assertEqual(copy.plot_ids, self.plots[1])
        self.assertEqual(
            copy.rent_ids.mapped(lambda rent: (rent.name, rent.amount)),
            [("50 m²", 60), ("100 m²", 100)],
        )

    def test_mistake_names_its_row(self):
        data = self._export()
        data["rents"][0]["amount"] = "soixante"
        with self.assertRaisesRegex(ValidationError, "rent 1 “50 m²”"):
            self.Definition._read_file(self.Definition._write_file(data))

    def test_unknown_plot_is_refused(self):
        data = self._export()
        data["plots"] = ["Z9"]
        with self.assertRaisesRegex(ValidationError, "Z9"):
            self.Definition._read_file(self.Definition._write_file(data))

    def test_row_without_what_the_database_requires_is_refused(self):
        data = self._export()
        for row in ({}, {"name": ""}):
            data["rents"] = [row]
            with self.assertRaisesRegex(ValidationError, "rent 1: “name” is missing"):
                self.Definition._read_file(self.Definition._write_file(data))

    def test_day_that_is_no_text_is_refused(self):
        for value in ({"a": 1}, {}, [], 5, True, None):
            data = {**self._export(), "date_open": value}
            with self.assertRaisesRegex(ValidationError, "date_open"):
                self.Definition._read_file(self.Definition._write_file(data))
