from odoo.tests import tagged

from odoo.addons.procedure_form.tests.common import FormCommon
from odoo.addons.territory_base.tests.common import TerritoryCase
from odoo.addons.territory_search.models.territory_search_index import Asked


class IndexMixin:
    """What is no longer on the site is no longer found, from that very moment."""

    def _find(self, record):
        """The rows of the index that tell this record."""
        self.env.flush_all()
        rows = self.env["territory.search.document"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)]
        )
        return rows.mapped("name")

    def _assert_goes(self, record, leave, back=None):
        self.assertEqual(self._find(record), [record.name])
        leave()
        self.assertFalse(self._find(record), record._name)
        if back:
            back()
            self.assertEqual(self._find(record), [record.name])


@tagged("post_install", "-at_install")
class TestProcedureInIndex(IndexMixin, FormCommon):
    def test_a_procedure(self):
        procedure = self.procedure
        self._assert_goes(procedure, procedure.action_suspend, procedure.action_publish)
        self._assert_goes(procedure, procedure.action_archive, procedure.action_unarchive)


@tagged("post_install", "-at_install")
class TestContentsInIndex(IndexMixin, TerritoryCase):
    def test_a_sheet(self):
        category = self.env["directory.category"].create({"name": "Boutiques", "code": "t-b"})
        values = {"name": "Le Fournil", "category_id": category.id}
        sheet = self.env["directory.entry"]._create_as("test", values)
        self._assert_goes(
            sheet,
            lambda: sheet._publish_as("test", {}, is_online=False),
            lambda: sheet._publish_as("test", {}),
        )
        self._assert_goes(sheet, lambda: sheet._as_publication().write({"active": False}))
        sheet._as_publication().active = True
        self.env["content.validator"].create({"user_id": self.communication.id})
        self._assert_goes(
            sheet, lambda: sheet.with_user(self.communication).action_take_offline("Faux.")
        )
        sheet._publish_as("test", {})
        key = [("res_model", "=", sheet._name), ("res_id", "=", sheet.id)]
        self.assertTrue(self._find(sheet))
        sheet._as_publication().unlink()
        self.assertFalse(self.env["territory.search.document"].search(key))

    def test_a_block_of_the_intercommunality_and_a_question(self):
        for model, values in (
            ("commune.shared.block", {"body": "<p>Le mardi.</p>"}),
            ("search.question", {"answer": "<p>Le mardi.</p>"}),
        ):
            record = self.env[model].create({"name": "Jour des ordures", **values})
            self._assert_goes(
                record,
                lambda record=record: record.write({"active": False}),
                lambda record=record: record.write({"active": True}),
            )

    def test_a_commune_and_its_local_pages(self):
        self.commune.page_state = "open"
        page = self.env["commune.page"]._create_as(
            "test", {"name": "Le lavoir"}, {"commune_id": self.commune.id}
        )
        self._assert_goes(
            page,
            lambda: self.commune.write({"page_state": "closed"}),
            lambda: self.commune.write({"page_state": "open"}),
        )
        self._assert_goes(
            page,
            lambda: page._publish_as("test", {}, is_online=False),
            lambda: page._publish_as("test", {}),
        )
        self._assert_goes(
            page,
            lambda: page._as_publication().write({"active": False}),
            lambda: page._as_publication().write({"active": True}),
        )
        self._assert_goes(page, lambda: self.commune.write({"active": False}))
        self.assertFalse(self._find(self.commune))

    def test_a_closed_commune_is_found_without_what_it_wrote(self):
        self.commune.page_state = "open"
        self.commune._publish_as("test", {"tagline": "Au bord de l’eau", "body": "<p>Lavoir</p>"})
        self.env.flush_all()
        own = [("res_model", "=", "territory.commune"), ("res_id", "=", self.commune.id)]
        row = self.env["territory.search.document"].search(own)
        self.assertIn("eau", row.summary)
        Index = self.env["territory.search.index"]
        self.assertIn(row, Index._list(Asked("lavoir")).documents)
        self.commune.page_state = "closed"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertNotIn("eau", row.summary)
        self.assertNotIn(row, Index._list(Asked("lavoir")).documents)

    def test_a_service(self):
        self.service.phone = "03 00 00 00 01"
        self._assert_goes(
            self.service,
            lambda: self.service.write({"active": False}),
            lambda: self.service.write({"active": True}),
        )
        self._assert_goes(self.service, lambda: self.service.write({"kind": "town_hall"}))
        self.service.kind = "epci"
        self._assert_goes(self.service, lambda: self.service.write({"phone": False}))
