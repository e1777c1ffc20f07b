from odoo.tests import tagged

from odoo.addons.procedure_signature.tests.common import SignatureCommon
from odoo.addons.website_parts.tests.common import PageCase


@tagged("post_install", "-at_install")
class TestSignatureForm(SignatureCommon, PageCase):
    def setUp(self):
        super().setUp()
        self.hire = self._procedure("Louer", "LOUER", self.waste, self._hire_form())
        self.authenticate(self.camille.login, self.camille.login)
        self.path = f"/demarches/{self.hire.slug}/formulaire"

    def send(self, **typed):
        page = self.get(self.path)
        return self.post(self.path, {**self.hidden(page), "day": "samedi", **typed})

    def test_who_signs_is_read_before_it_is_sent(self):
        sent = self.send(sign="presidente@exemple.fr")
        page = self.get(sent.headers["Location"]) if sent.status_code == 303 else sent
        text = " ".join(page.tree.xpath("//main")[0].text_content().split())
        self.assertIn("Qui demande, qui signe", text)
        last = page.tree.xpath("//section[contains(@class, 'et-part')]")[-1]
        words = " ".join(last.text_content().split())
        for told in ("Camille", "En ce moment : Vous envoyez la demande", "À venir : Signature"):
            self.assertIn(told, words.replace("\xa0", " "))
        self.assertIn(f"{self.waste.name} l’étudie", words, "by whom it is decided")
        self.assertIn("15 jours pour lire et signer", text)

    def test_her_own_address_is_refused_beside_its_question(self):
        sent = self.send(sign="camille+deux@exemple.fr")
        page = self.get(sent.headers["Location"]) if sent.status_code == 303 else sent
        self.assertIn("la vôtre", self.errors(page)["sign"])
