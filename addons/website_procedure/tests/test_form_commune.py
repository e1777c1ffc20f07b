from odoo import Command

from .common import WebsiteProcedureCommon


class TestFormCommune(WebsiteProcedureCommon):
    """A procedure of some communes only says it before the first question."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The town hall says it, the commune shows it.
        cls._as_data(cls.other_town_hall).phone = "03 29 00 00 00"
        cls.hall = cls._procedure(
            "Louer la salle de Vaubecourt",
            "SALLE",
            cls.town_hall,
            fields=[{"key": "what", "type": "char", "label": "Occasion", "required": True}],
            slug="louer-la-salle",
            commune_ids=[Command.set(cls.vaubecourt.ids)],
        )
        cls.hall_path = f"/demarches/{cls.hall.slug}"

    def _start(self, commune=None):
        query = "" if commune is None else f"?commune={commune}"
        return self.url_open(f"{self.hall_path}/commencer{query}", allow_redirects=False)

    def _words(self, response):
        return " ".join(response.text.split())

    def test_the_commune_is_asked_first_where_it_matters(self):
        page = self.get(self.hall_path)
        self.assertIn("Vaubecourt", self.choices(page, "commune"))
        self.assertIn("Revigny-sur-Ornain", self.choices(page, "commune"))
        self.assertFalse(page.tree.xpath(f"//main//a[@href='{self.hall_path}/formulaire']"))
        page = self.get(self.path)
        self.assertFalse(page.tree.xpath("//main//select[@name='commune']"))
        self.assertTrue(page.tree.xpath(f"//main//a[@href='{self.form_path}']"))

    def test_another_commune_is_told_at_once_and_whom_to_call(self):
        response = self._start("55427")
        self.assertEqual(response.status_code, 200)
        words = self._words(response)
        self.assertIn("ne concerne pas Revigny-sur-Ornain", words)
        self.assertIn("03 29 00 00 00", words)
        response = self._start("autre")
        self.assertIn("ne concerne pas votre commune", self._words(response))

    def test_who_signed_in_reads_it_before_she_types(self):
        """Where she lives is known: she learned it once three pages were filled in."""
        said = "ne concerne pas votre commune"
        form = f"{self.hall_path}/formulaire"
        self.sign_in(self.camille)
        self.assertIn(said, self._words(self.get(form)))
        home = self.env["territory.dwelling"]._find_or_create("4 rue Basse", False, self.revigny)
        self.camille.partner_id._create_household()._occupy(home)
        self.assertIn(said, self._words(self.get(form)))
        self.hall.commune_ids |= self.revigny
        self.assertNotIn(said, self._words(self.get(form)))
        nowhere = self._commune("Sans Mairie", "55999", "55250")
        home = self.env["territory.dwelling"]._find_or_create("1 rue Haute", False, nowhere)
        self.dominique.partner_id._create_household()._occupy(home)
        self.hall.write({"is_communal": True, "service_id": False, "commune_ids": False})
        self.sign_in(self.dominique)
        self.assertIn("ne prend pas cette demande en ligne", self._words(self.get(form)))
        # Where the form asks the place, that is where it goes.
        self.assertNotIn(said, self._words(self.get(self.form_path)))
        self.authenticate(None, None)
        self.assertNotIn(said, self._words(self.get(form)))

    def test_where_the_town_hall_answers_its_commune_is_asked_first(self):
        self._commune("Sans Mairie", "55999", "55250")
        self.hall.write({"is_communal": True, "service_id": False, "commune_ids": False})
        page = self.get(self.hall_path)
        self.assertIn("Vaubecourt", self.choices(page, "commune"))
        self.assertEqual(self._start("55532").status_code, 303)
        words = self._words(self._start("55999"))
        self.assertIn("ne concerne pas Sans Mairie", words)

    def test_the_right_commune_begins_and_is_not_asked_again(self):
        response = self._start("55532")
        self.assertEqual(response.status_code, 303)
        page = self.get(response.headers["Location"].removeprefix(self.base_url()))
        self.assertEqual(self.value(page, "contact_address.commune"), "Vaubecourt")

    def test_where_the_form_asks_the_place_that_is_where_it_goes(self):
        self.hall.action_suspend()
        procedure = self._procedure(
            "Voirie",
            "VOIRIE",
            self.town_hall,
            fields=[{"key": "place", "type": "address", "label": "Où", "required": True}],
            slug="voirie-test",
            commune_ids=[Command.set(self.vaubecourt.ids)],
        )
        page = self.get(f"/demarches/{procedure.slug}/formulaire?commune=55532")
        self.assertEqual(self.value(page, "place.commune"), "Vaubecourt")
        self.assertEqual(self.value(page, "contact_address.commune"), "")

    def test_nothing_chosen_is_said_beside_the_list(self):
        response = self._start()
        response.tree = self.get(f"{self.hall_path}/commencer").tree
        self.assertIn("commune", self.errors(response))

    def test_who_lives_there_begins_at_once_and_the_others_are_told(self):
        for user, commune in ((self.camille, self.vaubecourt), (self.dominique, self.revigny)):
            user.partner_id.sudo().commune_id = commune
        self.sign_in(self.camille)
        page = self.get(self.hall_path)
        self.assertTrue(page.tree.xpath(f"//main//a[@href='{self.hall_path}/formulaire']"))
        self.assertFalse(page.tree.xpath("//main//select[@name='commune']"))
        self.sign_in(self.dominique)
        page = self.get(self.hall_path)
        self.assertIn("ne concerne pas Revigny-sur-Ornain", self._words(page))
        self.assertFalse(page.tree.xpath(f"//main//a[@href='{self.hall_path}/formulaire']"))

    def test_the_form_itself_says_for_whom_it_is(self):
        page = self.get(f"{self.hall_path}/formulaire")
        self.assertIn("Cette démarche est pour", self._words(page))
        self.assertNotIn("Cette démarche est pour", self._words(self.get(self.form_path)))

    def test_one_service_answers_for_everybody(self):
        """A town hall rents its hall to the neighbours too."""
        self.hall.write({"commune_ids": [Command.clear()], "is_open_to_all": True})
        page = self.get(self.hall_path)
        self.assertTrue(page.tree.xpath(f"//main//a[@href='{self.hall_path}/formulaire']"))
        identity = self._identity(**{"contact_address.commune": "Revigny-sur-Ornain"})
        request = self._submit_without_account(
            identity, procedure=self.hall, answers={"what": "Noce"}
        )
        self.assertEqual(request.sudo().service_id, self.town_hall)

    def test_whatever_is_asked_nothing_breaks(self):
        for value in ("%00", "x" * 300, "-1", "[]", "é"):
            for path in (f"{self.hall_path}/commencer", f"{self.hall_path}/formulaire"):
                response = self.url_open(f"{path}?commune={value}")
                self.assertLess(response.status_code, 500, value)
        self.assertEqual(self.url_open("/demarches/inconnue/commencer").status_code, 404)
