from odoo import Command

from odoo.addons.website_parts.tools.web import Posted, Visit
from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon

from .common import AllotmentCommon


class TestFieldPage(WebsiteProcedureCommon, AllotmentCommon):
    """The site draws the widget of a type that it does not know, without script too."""

    @classmethod
    def _allotment_form(cls):
        return [
            *super()._allotment_form(),
            {
                "key": "garden",
                "type": "selection",
                "label": "Jardin",
                "option_ids": [
                    Command.create({"value": "river", "label": "De la rivière"}),
                    Command.create({"value": "hill", "label": "De la côte"}),
                ],
            },
            {"key": "next_page", "type": "page", "label": "La parcelle"},
            {"key": "plot", "type": "plot", "label": "Parcelle", "required": True},
        ]

    def setUp(self):
        super().setUp()
        self.plots[0].garden, self.plots[1].garden = "river", "hill"

    def test_a_page_keeps_the_plots_of_each_garden_apart(self):
        visit = Visit(self.env(user=self.camille.id), Posted({}))
        procedure_sudo = self.allotment.with_env(visit.env).sudo()
        page = procedure_sudo._make_form_page(visit, kind="form")
        question = procedure_sudo.version_id.field_ids.filtered(lambda field: field.key == "plot")
        for garden, plot in zip(("river", "hill"), self.plots, strict=True):
            choices = page._get_records(question, {"garden": garden})
            self.assertEqual(choices, [(str(plot.id), plot.name)])

    def test_a_resident_chooses_a_plot_of_her_garden(self):
        path = f"/demarches/{self.allotment.slug}/formulaire"
        self.sign_in(self.camille)
        page = self.get(path)
        data = {**self.hidden(page), "garden_project": "Des tomates", "plot_size": "small"}
        response = self.post(path, {**data, "garden": "hill", "_action": "next"})
        self.assertEqual(response.status_code, 303)
        page = self.get(f"{path}?etape=2")
        names = page.tree.xpath("//main//input[@name='plot' and @type='radio']/@value")
        self.assertEqual(names, [str(self.plots[1].id)])
        data = {**self.hidden(page), "plot": names[0]}
        self.assertEqual(self.post(path, {**data, "_action": "check"}).status_code, 303)
        self.assertIn("A2", self.get(f"{path}?etape=verifier").text)
