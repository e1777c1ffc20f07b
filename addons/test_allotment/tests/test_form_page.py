from odoo.tests import tagged

from odoo.addons.website_parts.tools.web import Posted, Visit

from .common import AllotmentCommon


@tagged("post_install", "-at_install")
class TestFormPage(AllotmentCommon):
    """`_get_form_page_parts`: a service extends the page of its form, whoever fills it in."""

    def _page(self, procedure=None, *args, kind="form", **posted):
        visit = Visit(self.env(user=self.camille.id), Posted(posted))
        procedure_sudo = (procedure or self.allotment).with_env(visit.env).sudo()
        return procedure_sudo._make_form_page(visit, *args, kind=kind)

    def _help(self, page):
        items = [item for section in page.sections for item in section["fields"]]
        return {item["name"]: item.get("help") for item in items}

    def test_page_says_how_many_plots_are_free(self):
        self.assertIn("2", self._help(self._page())["plot_size"])
        self.plots[0].request_id = self._ask()
        self.assertIn("1", self._help(self._page())["plot_size"])

    def test_each_kind_of_page_has_it(self):
        version_sudo = self.allotment.sudo().version_id
        for kind, *args in (["preview", version_sudo], ["upload", "garden_project"]):
            self.assertIn("2", self._help(self._page(None, *args, kind=kind))["plot_size"], kind)

    def test_what_the_service_refuses_is_said_on_the_page(self):
        for project, errors in (("Tomates", {"garden_project"}), ("Des tomates", set())):
            page = self._page(garden_project=project, plot_size="small")
            page.read_post(is_trusted=True)
            self.assertEqual(set(page.find_errors()), errors)

    def test_pages_of_other_procedures_are_left_alone(self):
        parts = [part.__name__ for part in self.procedure._get_form_page_parts()]
        self.assertNotIn("AllotmentPage", parts)
        page = self._page(self.procedure, dwelling="main")
        self.assertNotIn("AllotmentPage", [base.__name__ for base in type(page).__mro__])
