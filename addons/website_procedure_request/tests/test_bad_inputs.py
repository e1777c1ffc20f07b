from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon


class TestBadInputs(WebsiteProcedureCommon):
    """What is sent too late, or is no text, on the page of a request."""

    def test_html_is_text(self):
        bad = "<script>alert(1)</script><b onmouseover=x>"
        request = self.file_as(self.camille, note=bad)
        page = self.get(f"/my/demandes/{request.id}")
        self.assertIn(bad, page.tree.text_content())
        self.assertNotIn("<script>alert", page.text)

    def test_request_accepted_while_its_applicant_completes_it(self):
        request = self.file_as(self.camille)
        agent = request.with_user(self.agent)
        agent.action_take()
        agent.action_ask_completion([{"field_key": "persons", "reason": "Combien ?"}])
        path = f"/my/demandes/{request.id}"
        data = self.hidden(self.get(path), "//form[contains(@action, '/completer')]")
        agent.action_take()
        agent.action_accept()
        response = self.post(f"{path}/completer", {**data, "persons": "5"})
        self.assertEqual(response.status_code, 200)
        self.assertTrue(self.notice(response))
        self.assertEqual((request.state, request.answers["persons"]), ("accepted", 4))
        cancel = self.post(f"{path}/annuler", {**data, "_action": "cancel"})
        self.assertEqual(cancel.status_code, 200)
        self.assertTrue(self.notice(cancel))
        self.assertEqual(request.state, "accepted")
