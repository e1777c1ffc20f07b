from lxml import html

from odoo.tests import tagged

from odoo.addons.lodging_declaration.tests.common import FURNISHED, IDENTITY, LodgingCase
from odoo.addons.procedure.filing import Filing
from odoo.addons.territory_base.tests.sweep import sweep
from odoo.addons.website_parts.tests.common import PageCase

# Of the page of her request, of the procedure, of its form.
QUERIES = (55, 40, 50)


@tagged("post_install", "-at_install")
class TestLodgingPages(LodgingCase, PageCase):
    procedures = ("furnished", "national")

    def _words(self, page):
        return " ".join(page.tree.xpath("string(//main)").split())

    def test_her_lodging_is_on_the_page_of_her_request(self):
        request = self._declare()
        path = f"/my/demandes/{request.id}"
        self.sign_in(self.camille)
        page = self.get(path)
        words = self._words(page)
        for word in (
            request.lodging_ids.number,
            "4 rue du Four",
            "En vigueur",
            "Déclarer un changement",
        ):
            self.assertIn(word, words)
        for user in self.sacha | self.stranger:
            self.sign_in(user)
            self.assertEqual(self.get(path).status_code, 404)
        # One press, and the register says it.
        self.sign_in(self.camille)
        sent = {**self.hidden(self.get(path)), "_act": "lodging_cease"}
        answer = self.post(f"{path}/acte", sent)
        self.assertEqual(answer.status_code, 303, answer.text[:300])
        self.assertEqual(request.lodging_ids.state, "ceased")
        page = self.get(path)
        self.assertIn("Vous avez arrêté", self._words(page))
        self.assertFalse(page.tree.xpath("//button[@value='lodging_cease']"))

    def test_an_end_that_was_a_mistake_has_its_way_back_on_the_page(self):
        request = self._declare()
        path = f"/my/demandes/{request.id}"
        button = "//button[@value='lodging_resume']"
        self.sign_in(self.camille)
        self.assertFalse(self.get(path).tree.xpath(button))
        request.with_user(self.camille)._run_transition("lodging_cease", by=self.camille.partner_id)
        page = self.get(path)
        (found,) = page.tree.xpath(button)
        self.assertEqual(
            found.text_content(), "C’était une erreur\N{NO-BREAK SPACE}: je le loue toujours"
        )
        # The mail of its end says to write from there.
        self.assertTrue(page.tree.xpath("//form[contains(@action, '/message')]//textarea"))
        for user in self.sacha | self.stranger:
            self.sign_in(user)
            own = {**self.hidden(self.get("/my/demandes")), "_act": "lodging_resume"}
            self.assertEqual(self.post(f"{path}/acte", own).status_code, 404)
        self.env.invalidate_all()
        self.assertEqual(request.lodging_ids.state, "ceased")
        self.sign_in(self.camille)
        sent = {**self.hidden(self.get(path)), "_act": "lodging_resume"}
        self.assertEqual(self.post(f"{path}/acte", sent).status_code, 303)
        self.env.invalidate_all()
        self.assertEqual(request.lodging_ids.state, "live")
        self.assertIn("En vigueur", self._words(self.get(path)))
        self.assertFalse(self.get(path).tree.xpath(button))

    def test_a_cancellation_says_what_becomes_of_the_receipt(self):
        first = self._declare().lodging_ids.number
        request = self._declare(lodging_rooms="5")
        number = request.lodging_ids.number
        self.sign_in(self.camille)
        path = f"/my/demandes/{request.id}/annuler"
        words = self._words(self.get(path))
        self.assertIn(f"Le récépissé {number} n’est plus valable", words)
        self.assertIn(f"{first}, est de nouveau en vigueur", words)
        self.assertIn("J’ai arrêté de le louer", words)
        request.with_user(self.camille).action_cancel()
        alone = self.env["procedure.request"].search([("lodging_ids.number", "=", first)])
        words = self._words(self.get(f"/my/demandes/{alone.id}/annuler"))
        self.assertIn(f"Le récépissé {first} n’est plus valable", words)
        self.assertIn("n’est plus déclaré", words)

    def test_the_receipt_is_given_at_once_and_no_answer_is_promised(self):
        request = self._declare()
        said = f"Votre récépissé est donné : {request.lodging_ids.number}"
        self.sign_in(self.camille)
        for path in (
            f"/my/demandes/{request.id}",
            "/my/demandes",
            request._get_acknowledgment_url(),
        ):
            words = self._words(self.get(path))
            self.assertIn(said, words, path)
            self.assertNotIn("Réponse attendue", words, path)
            self.assertNotIn("Vous recevez la réponse", words, path)
        mails = self.env["mail.mail"].search(
            [("model", "=", request._name), ("res_id", "=", request.id)], order="id"
        )
        words = " ".join(html.fromstring(mails[0].body_html).text_content().split())
        self.assertIn(said, words)
        self.assertNotIn("Réponse attendue", words)

    def test_the_receipt_is_downloaded_at_once_by_her_and_nobody_else(self):
        """Before its job has come: it is the proof that she declared."""
        request = self._declare()
        path = f"/my/demandes/{request.id}/recepisse.pdf"
        receipt = request.letter_ids.filtered(lambda letter: letter.kind == "receipt")
        self.assertFalse(receipt.file)
        self.sign_in(self.camille)
        for page in (request._get_acknowledgment_url(), f"/my/demandes/{request.id}"):
            links = self.get(page).tree.xpath("//main//a[contains(., 'récépissé')]/@href")
            self.assertEqual([link.partition("/my/")[2] for link in links], [path[4:]], page)
        answer = self.url_open(path)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn("no-store", answer.headers["Cache-Control"])
        self.env.invalidate_all()
        self.assertEqual(answer.content, receipt.with_context(bin_size=False)._get_bytes())
        for user in self.sacha | self.stranger | self.secretary:
            self.sign_in(user)
            self.assertEqual(self.url_open(path, allow_redirects=False).status_code, 404)
        self.logout()
        self.assertEqual(self.url_open(path, allow_redirects=False).status_code, 303)
        mails = self.env["mail.mail"].search([("res_id", "=", request.id)])
        self.assertNotIn("recepisse.pdf", str(mails.mapped("body_html")), "it is attached there")

    def test_a_request_of_something_else_has_no_receipt(self):
        request = self._declare()
        request.letter_ids.filtered(lambda letter: letter.kind == "receipt").flush_recordset()
        self.env.cr.execute("UPDATE procedure_letter SET kind = 'message' WHERE kind = 'receipt'")
        self.env.invalidate_all()
        self.sign_in(self.camille)
        self.assertNotIn("recepisse.pdf", self.get(f"/my/demandes/{request.id}").text)
        path = f"/my/demandes/{request.id}/recepisse.pdf"
        self.assertEqual(self.url_open(path).status_code, 404)

    def test_a_receipt_without_account_by_number_and_code(self):
        filing = Filing(procedure=self.furnished, answers=FURNISHED, identity=IDENTITY)
        visitor = self.env.ref("base.public_user")
        request = self.env["procedure.request"].with_user(visitor)._submit(filing)
        code = request.env.context["follow_code"]
        path = f"/suivi/{request.number}/recepisse.pdf"
        asked = self.url_open(path, allow_redirects=False)
        self.assertEqual(asked.status_code, 303)
        self.assertNotIn("pdf", asked.headers["Content-Type"])
        page = self.get("/suivi")
        self.post("/suivi", {**self.hidden(page), "numero": request.number, "code": code})
        answer = self.url_open(path, allow_redirects=False)
        self.assertEqual(answer.headers.get("Content-Type"), "application/pdf")

    def test_nobody_is_told_of_another_declarant(self):
        self._declare()
        request = self._declare(user=self.sacha)
        self.sign_in(self.sacha)
        words = self._words(self.get(f"/my/demandes/{request.id}"))
        self.assertIn("vérifie l’adresse", words)
        self.assertNotIn("Camille", words)
        self.assertNotIn("Duchêne", words)

    def test_the_form_of_the_other_mode_leads_to_the_one_of_today(self):
        national = f"/demarches/{self.national.slug}"
        furnished = f"/demarches/{self.furnished.slug}"
        page = self.get(national)
        self.assertIn(furnished, page.tree.xpath("//main//a/@href"))
        self._set_mode("national")
        self.assertIn(national, self.get(furnished).tree.xpath("//main//a/@href"))
        self._set_mode("import", "2026-06-01")
        for path in (national, furnished):
            page = self.get(path)
            self.assertIn("https://national.exemple.test", page.tree.xpath("//main//a/@href"))
            self.assertIn("rien à nous envoyer", self._words(page))

    def test_nothing_is_said_where_no_form_takes_them(self):
        self.furnished.state = "suspended"
        page = self.get(f"/demarches/{self.national.slug}")
        self.assertEqual(page.status_code, 200)
        self.assertNotIn(f"/demarches/{self.furnished.slug}", page.tree.xpath("//main//a/@href"))

    def test_the_national_site_is_named_though_its_number_has_no_form_yet(self):
        self._set_mode("national")
        self.national.state = "suspended"
        page = self.get(f"/demarches/{self.furnished.slug}")
        self.assertIn("https://national.exemple.test", page.tree.xpath("//main//a/@href"))
        self.assertIn("Gardez le numéro", self._words(page))

    def test_what_a_declaration_ends_is_said_before_it_is_sent(self):
        number = self._declare().lodging_ids.number
        fields = dict(FURNISHED)
        url = f"/demarches/{self.furnished.slug}/formulaire"
        hers = str(self.camille.partner_id.id)
        for user, street2, acting_for, is_said in (
            (self.camille, "", "", True),
            (self.camille, "2e étage", "", False),
            (self.sacha, "", "", False),
            (self.sacha, "", hers, False),
        ):
            with self.subTest(user.login, street2=street2, acting_for=acting_for):
                self.sign_in(user)
                typed = {**fields, "lodging_address.street2": street2, "_action": "send"}
                typed["_for"] = acting_for
                page = self.post(url, {**self.hidden(self.get(url)), **typed})
                if page.status_code == 303:
                    page = self.get(page.headers["Location"])
                self.assertEqual(number in self._words(page), is_said)

    def test_a_form_that_is_read_again_makes_no_dwelling(self):
        """It says which town hall will have it; nobody lives there before it is sent."""
        typed = {**FURNISHED, "lodging_address.street": "88 rue Jamais Vue", "_action": "send"}
        url = f"/demarches/{self.furnished.slug}/formulaire"
        dwellings = self.env["territory.dwelling"].with_context(active_test=False)
        self.sign_in(self.camille)
        page = self.post(url, {**self.hidden(self.get(url)), **typed})
        while page.status_code == 303:
            page = self.get(page.headers["Location"])
        self.assertIn("88 rue Jamais Vue", self._words(page))
        self.assertIn("mairie de Valmont", self._words(page))
        self.assertFalse(dwellings.search([("street", "=", "88 rue Jamais Vue")]))

    def test_the_form_leads_to_the_national_site(self):
        self._set_mode("national")
        self.sign_in(self.camille)
        page = self.get(f"/demarches/{self.national.slug}/formulaire")
        self.assertIn("https://national.exemple.test", page.tree.xpath("//main//a/@href"))

    @sweep("volumes")
    def test_ten_times_the_declarations_cost_no_more(self):
        """Her pages, and those of the procedure: whatever the register and the modes hold."""
        request = self._declare()
        procedure = f"/demarches/{self.furnished.slug}"
        paths = (f"/my/demandes/{request.id}", procedure, f"{procedure}/formulaire")
        self.sign_in(self.camille)
        counts = []
        for first, last in ((0, 2), (2, 20)):
            for number in range(first, last):
                # Of hers and of a neighbour, elsewhere and in the same house.
                self._declare(**{"lodging_address.street": f"{number + 30} rue du Four"})
                self._declare(user=self.sacha, **{"lodging_address.street2": f"Porte {number}"})
                self._set_mode("cerfa", f"2025-01-{number + 1:02}")
            counts.append([self.count_queries(path) for path in paths])
        self.assertCostsNoMore(*counts)
        for count, most in zip(counts[0], QUERIES, strict=True):
            self.assertLess(count, most)
