from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.clock import today
from odoo.addons.territory_base.dates import say_day, show_day

from .common import WebsiteHouseholdCommon


class TestOrganisationPage(WebsiteHouseholdCommon):
    """Camille presides an association, Dominique is its treasurer, Élie asks to act for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elie = cls._resident("elie", "Élie", "Marchal")
        cls.delegations = cls._delegations(cls.camille, cls.dominique)
        cls.delegations[0].role, cls.delegations[1].role = "Présidente", "Trésorier"
        cls.club = cls.delegations.organisation_id
        cls.club.write({"name": "Amicale", "kind": "association", "rna": "W551000987"})
        cls.club.reader_service_ids = cls.waste
        cls.asked = cls.env["partner.delegate"]._ask(
            cls.club, cls.elie.partner_id, role="Secrétaire"
        )
        cls.path = f"/my/organisme/{cls.club.id}"

    def words(self, page, path="//main"):
        return " ".join(" ".join(node.text_content().split()) for node in page.tree.xpath(path))

    def correct(self, **typed):
        page = self.get(f"{self.path}/corriger")
        known = {
            node.get("name"): node.get("value") or ""
            for node in page.tree.xpath(
                "//main//form//input[@type!='hidden'][@type!='radio' or @checked]"
            )
        }
        return self.post(f"{self.path}/corriger", {**self.hidden(page), **known, **typed})

    def act(self, delegation, act):
        path = f"{self.path}/personnes/{delegation.id}"
        return self.post(path, {**self.hidden(self.get(path)), "_do": act})

    def test_she_sees_for_whom_she_acts_and_goes_there(self):
        self.sign_in(self.camille)
        page = self.get("/my")
        links = page.tree.xpath("//nav[@aria-labelledby='vous-agissez-pour']//a")
        self.assertEqual([link.get("href") for link in links], ["/my", self.path])
        page = self.get(links[1].get("href"))
        self.assertEqual(self.words(page, "//h1"), "Amicale")
        words = self.words(page)
        for told in ("W551000987", "Présidente", self.dominique.name, self.elie.name):
            self.assertIn(told, words)
        self.sign_in(self.elie)
        self.assertFalse(self.get("/my").tree.xpath("//nav[@aria-labelledby='vous-agissez-pour']"))

    def test_the_page_of_an_organisation_is_found_by_who_acts_for_it_today(self):
        yesterday = fields.Date.add(clock.today(), days=-1)
        self.delegations[1].write({"date_start": yesterday, "date_end": yesterday})
        paths = (self.path, f"{self.path}/corriger", f"{self.path}/personnes/{self.asked.id}")
        for user in (self.dominique, self.elie, self.manager):
            self.sign_in(user)
            for path in (*paths, "/my/organisme/0", "/my/organisme/x", "/my/organisme/999999"):
                self.assertEqual(self.get(path).status_code, 404, f"{user.login} {path}")
        self.authenticate(None, None)
        for path in paths:
            self.assertIn("/web/login", self.get(path).url)
        self.sign_in(self.camille)
        for other in (self.camille.partner_id, self.camille.partner_id._create_household()):
            self.assertEqual(self.get(f"/my/organisme/{other.id}").status_code, 404, "not one")

    def test_what_differs_is_proposed_and_followed_by_all_of_them(self):
        self.sign_in(self.dominique)
        page = self.correct(
            phone="03 29 55 55 55", street="1 place de la Mairie", commune="55532", date=""
        )
        self.assertIn("fait=propose", page.headers["Location"])
        change = self.env["household.change"].search([("subject_id", "=", self.club.id)])
        self.assertEqual(
            {line.field_key: line.new_text for line in change.line_ids},
            {"phone": "03 29 55 55 55", "address": "1 place de la Mairie, 55250 Vaubecourt"},
        )
        self.assertFalse(self.club.phone)
        self.sign_in(self.camille)
        self.assertIn("03 29 55 55 55", self.words(self.get(self.path)))
        self.assertNotIn("03 29 55 55 55", self.words(self.get("/my/foyer")))
        change.line_ids.with_user(self.manager).action_accept()
        page = self.get(self.path)
        facts = self.words(page, "//dl")
        self.assertIn("03 29 55 55 55", facts)
        self.assertIn("1 place de la Mairie", facts)

    def test_until_when_somebody_acts_is_said(self):
        self.delegations[1].date_end = "2031-03-31"
        self.sign_in(self.camille)
        words = self.words(self.get(self.path))
        self.assertIn("Jusqu’au lundi 31 mars 2031.", words)
        self.assertEqual(words.count("Jusqu’au"), 1)

    def test_its_sheet_is_said_exact_in_one_press(self):
        self.sign_in(self.camille)
        page = self.get(self.path)
        self.assertNotIn("Relue le", self.words(page))
        sent = self.hidden(page)
        for user in (self.elie, self.manager):
            self.sign_in(user)
            self.assertEqual(self.post(f"{self.path}/exact", {**sent}).status_code, 404)
            with self.assertRaises(AccessError):
                self.club.with_user(user)._confirm_sheet()
        self.assertFalse(self.club.date_confirmed)
        self.sign_in(self.dominique)
        self.assertEqual(self.get(f"{self.path}/exact").status_code, 405, "a link does nothing")
        self.post(f"{self.path}/exact", self.hidden(self.get(self.path)))
        self.assertIn("Relue le", self.words(self.get(self.path)))
        self.assertEqual(self.club.date_confirmed, today())

    def test_the_context_of_a_departure_is_in_its_words_and_on_its_sheet(self):
        self.sign_in(self.camille)
        self.assertNotIn("Sa situation", self.words(self.get(self.path), "//dl"))
        day = (today() + timedelta(days=62)).replace(day=1)
        said = say_day(self.env, day, lang_code="fr_FR")
        self.correct(situation="leaving", situation_date=show_day(day), date="")
        words = self.words(self.get(self.path))
        self.assertIn("L’organisme s’en va", words)
        self.assertIn(said, words)
        self.assertNotIn("Je pars", words)
        change = self.env["household.change"].search([("subject_id", "=", self.club.id)])
        change.line_ids.with_user(self.manager).action_accept()
        told = f"L’organisme s’en va, à partir du {said}"
        self.assertIn(told, self.words(self.get(self.path), "//dl"))

    def test_what_is_wrong_is_told_beside_its_field_and_nothing_typed_is_lost(self):
        self.sign_in(self.camille)
        page = self.correct(rna="W55", email="x@", phone="abc", date="31/02/2026", street="1 rue")
        self.assertEqual(page.status_code, 422)
        wrong = {node.get("name") for node in page.tree.xpath("//*[@aria-invalid='true']")}
        self.assertEqual(wrong, {"rna", "email", "phone", "commune", "date"})
        values = {node.get("name"): node.get("value") for node in page.tree.xpath("//main//input")}
        self.assertEqual((values["rna"], values["street"]), ("W55", "1 rue"))
        page = self.correct(phone="03 53 01")
        self.assertEqual(set(self.errors(page)), {"phone"})
        self.assertIn("dix chiffres", self.errors(page)["phone"])
        page = self.correct()
        self.assertEqual(page.status_code, 200)
        self.assertIn("Rien ne change", self.words(page), "nothing to propose")
        self.assertFalse(self.env["household.change"].search([("subject_id", "=", self.club.id)]))

    def test_the_commune_of_an_organisation_is_chosen_not_guessed(self):
        self.vaubecourt.former_ids = [Command.create({"name": "Écluse-sans-Code"})]
        self.sign_in(self.camille)
        page = self.correct(street="9 rue Neuve", commune="")
        self.assertEqual(
            self.errors(page), {"commune": "Erreur : Choisissez une commune dans la liste."}
        )
        self.assertEqual(self.value(page, "street"), "9 rue Neuve")

    def test_an_organisation_may_be_outside_of_the_territory(self):
        self.sign_in(self.camille)
        page = self.correct(street="1 rue Haute", commune="outside", city="Nancy")
        self.assertEqual(set(self.errors(page)), {"zip"})
        self.correct(street="1 rue Haute", commune="outside", city="Nancy", zip="54000")
        change = self.env["household.change"].search([("subject_id", "=", self.club.id)])
        change.line_ids.with_user(self.manager).action_accept()
        self.assertEqual((self.club.city, self.club.zip), ("Nancy", "54000"))
        self.assertIn("Nancy", self.words(self.get(self.path), "//dl"))
        page = self.get(f"{self.path}/corriger")
        known = [self.value(page, name) for name in ("commune", "city")]
        self.assertEqual(known, ["outside", "Nancy"])

    def test_a_number_that_nobody_knows_is_not_asked_for(self):
        self.club.rna = False
        self.sign_in(self.camille)
        self.assertIn("fait=propose", self.correct(phone="03 29 55 55 55").headers["Location"])

    def test_who_acts_says_who_else_may(self):
        self.sign_in(self.dominique)
        page = self.get(f"{self.path}/personnes/{self.asked.id}")
        self.assertIn("Secrétaire", self.words(page))
        self.act(self.asked, "end")
        self.assertEqual(self.asked.state, "asked", "an act of another state is none")
        self.assertIn("fait=accept", self.act(self.asked, "accept").headers["Location"])
        self.assertEqual(self.asked.state, "active")
        self.sign_in(self.elie)
        self.assertIn("W551000987", self.words(self.get(self.path)))
        # Answered already: the page says nothing is left to answer.
        page = self.post(
            f"{self.path}/personnes/{self.asked.id}",
            {**self.hidden(self.get(f"{self.path}/corriger")), "_do": "accept"},
        )
        self.assertEqual(page.status_code, 303)

    def test_who_leaves_is_asked_once_more_and_reads_nothing_any_more(self):
        self.sign_in(self.camille)
        self.assertIn("fait=end", self.act(self.delegations[1], "end").headers["Location"])
        self.assertEqual(self.delegations[1].state, "ended")
        page = self.get(f"{self.path}/personnes/{self.delegations[0].id}")
        self.assertIn("Personne d’autre", self.words(page))
        answer = self.act(self.delegations[0], "end")
        self.assertEqual(answer.headers["Location"].split("?")[0], "/my/foyer")
        self.assertEqual(self.get(self.path).status_code, 404)

    def test_nobody_answers_for_herself_nor_by_a_guessed_number(self):
        self.sign_in(self.elie)
        self.assertEqual(self.get(f"{self.path}/personnes/{self.asked.id}").status_code, 404)
        other = self._delegations(self.elie)
        self.sign_in(self.camille)
        page = self.get(f"{self.path}/personnes/{other.id}")
        self.assertNotIn(self.elie.name, self.words(page, "//h1"))
        self.post(
            f"{self.path}/personnes/{other.id}",
            {**self.hidden(self.get(f"{self.path}/corriger")), "_do": "end"},
        )
        self.assertEqual(other.state, "active")
        # Without the mark of the form nothing is done.
        self.post(f"{self.path}/personnes/{self.asked.id}", {"_do": "accept"})
        self.assertEqual(self.asked.state, "asked")
