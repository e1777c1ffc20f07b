from odoo.tests import tagged

from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon

from .common import AllotmentCommon


@tagged("post_install", "-at_install")
class TestPortal(AllotmentCommon, WebsiteProcedureCommon):
    """The block on the page, as a person uses it."""

    def test_plot_is_confirmed_on_the_page(self):
        request = self._ask()
        request.with_user(self.agent).action_offer_plot()
        self.sign_in(self.camille)
        path = f"/my/demandes/{request.id}"
        page = self.get(path)
        self.assertTrue(page.tree.xpath("//section[@aria-labelledby='bloc-parcelle']"))
        self.assertIn("A1", page.text)
        hidden = self.hidden(page, "//main//form[contains(@action, '/acte')]")
        answer = self.post(f"{path}/acte", {**hidden, "_act": "allotment_confirm"})
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(request.state, "accepted")
        page = self.get(answer.headers["Location"])
        self.assertEqual(self.notice(page), "C'est fait.")
        self.assertFalse(page.tree.xpath("//button[@name='_act']"))

    def test_neighbour_finds_no_such_page(self):
        request = self._ask()
        request.with_user(self.agent).action_offer_plot()
        self.sign_in(self.dominique)
        answer = self.post(f"/my/demandes/{request.id}/acte", {"_act": "allotment_confirm"})
        self.assertEqual(answer.status_code, 404)
        self.assertEqual(request.state, "allotment_offered")

    def test_visitor_confirms_with_the_code_only(self):
        request = self._submit_without_account(
            procedure=self.allotment,
            answers={"garden_project": "Des tomates", "plot_size": "small"},
        )
        code = request.env.context["follow_code"]
        request = request.with_env(self.env)
        request.with_user(self.agent).action_offer_plot()
        path = f"/suivi/{request.number}"
        refused = self.post(f"{path}/acte", {"_act": "allotment_confirm"})
        self.assertEqual((refused.status_code, request.state), (404, "allotment_offered"))
        page = self.get("/suivi")
        self.post("/suivi", {**self.hidden(page), "numero": request.number, "code": code})
        page = self.get(path)
        hidden = self.hidden(page, "//main//form[contains(@action, '/acte')]")
        answer = self.post(f"{path}/acte", {**hidden, "_act": "allotment_confirm"})
        self.assertEqual((answer.status_code, request.state), (303, "accepted"))
