import re

from odoo.addons.website_household.tests.common import SignupSteps

from .common import WebsiteProcedureCommon


class TestSignupForAProcedure(SignupSteps, WebsiteProcedureCommon):
    def test_one_comes_back_to_the_procedure_for_which_one_signed_up(self):
        self.procedure.account_required = True
        (link,) = self.get(self.form_path).tree.xpath("//main//a[contains(@href, 'inscription')]")
        page = self.get(link.get("href"))
        self.assertEqual(self.hidden(page)["redirect"], self.form_path)
        (back,) = page.tree.xpath("//main//a[contains(@href, '/web/login')]/@href")
        self.assertEqual(back, f"/web/login?redirect={self.form_path}")
        # An error on the way loses nothing of it.
        response = self.fill(redirect=self.form_path, email="jean@")
        self.assertEqual(self.hidden(response)["redirect"], self.form_path)
        self.fill(redirect=self.form_path)
        path = self.link()
        response = self.url_open(path, allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertTrue(response.headers["Location"].endswith(self.form_path))
        self.assertIn("data-public-form", self.get(self.form_path).text)
        # From another device too.
        self.authenticate(None, None)
        self.fill(redirect=self.form_path, firstname="Anne", email="anne@exemple.fr")
        mail = self.env["mail.mail"].search(
            [("recipient_ids", "in", self.accounts("anne@exemple.fr").partner_id.ids)]
        ) or self._mails(email="anne@exemple.fr")
        path = re.search(r"/inscription/confirmer\?token=[\w-]+", mail[:1].body_html)[0]
        response, _path = self.follow_link(path)
        self.assertTrue(response.headers["Location"].endswith(self.form_path))

    def test_child_that_is_declared_may_be_chosen_at_once(self):
        self.camille.partner_id.write({"birthdate": "1985-05-05", "birthplace": "Verdun"})
        child = self.camille.partner_id.with_user(self.camille)._declare_child(
            {
                "firstname": "Louis",
                "lastname": "Durand",
                "birthdate": "2018-02-01",
                "birthplace": "Verdun",
            }
        )
        self.sign_in(self.camille)
        self.procedure.applicant_kinds = "child"
        page = self.get(self.form_path)
        self.assertIn(str(child.id), page.tree.xpath("//input[@name='_for']/@value"))
