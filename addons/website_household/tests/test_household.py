from datetime import timedelta

from odoo import Command
from odoo.http import root
from odoo.tests import new_test_user

from odoo.addons.territory_base.clock import today
from odoo.addons.territory_base.dates import say_day, show_day

from ..controllers.household_claim import CHILDREN_A_DAY, ORGANISATIONS_A_DAY
from .common import WebsiteHouseholdCommon


class TestHousehold(WebsiteHouseholdCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.camille.partner_id
        cls.person.birthdate = "1985-05-05"
        cls.person.birthplace = "Verdun"
        cls.household = cls.person.sudo()._create_household()

    def setUp(self):
        super().setUp()
        self.sign_in(self.camille)

    def send(self, form, **values):
        path = f"/my/foyer/{form}"
        return self.post(path, {**self.hidden(self.get(path)), **values})

    def declare(self, **values):
        child = {
            "firstname": "Louis",
            "lastname": "Durand",
            "birthdate": "1/2/2018",
            "birthplace": "Verdun",
        }
        return self.send("enfant", **{**child, **values})

    def change(self):
        return self.env["household.change"].search([("subject_id", "=", self.household.id)])

    def test_parent_declares_a_child_and_acts_for_it(self):
        response = self.declare()
        self.assertEqual(response.status_code, 303)
        page = self.get(response.headers["Location"])
        self.assertIn("Louis Durand", page.text)
        self.assertIn("Déclaré par vous", page.text)
        child = self.person._children_i_may_act_for()
        self.assertEqual(child.name, "Louis Durand")

    def test_each_page_that_asks_says_what_becomes_of_the_answers(self):
        processing = self.env.ref("privacy_register.processing_account")
        for word in ("nfants", "oyer", "autorité parentale"):
            self.assertIn(word, processing.data_categories)
        silent = [
            path
            for path in (
                "enfant",
                f"personne/{self.person.id}",
                "adresse",
                "arrivee",
                "organisation",
            )
            if processing.data_categories not in self.get(f"/my/foyer/{path}").text
        ]
        self.assertEqual(silent, [])

    def test_stranger_who_declares_a_known_child_learns_nothing(self):
        self.declare()
        answers = []
        self.sign_in(self.dominique)
        for firstname in ("Louis", "Inconnu"):
            response = self.declare(firstname=firstname)
            answers.append((response.status_code, response.headers["Location"]))
        self.assertEqual(*answers)
        child = self.person._children_i_may_act_for()
        self.assertFalse(child._is_child_accessible_by(self.dominique.partner_id))
        self.assertNotIn("Camille", self.get("/my/foyer").text)

    def test_children_declared_in_a_day_are_limited(self):
        for rank in range(CHILDREN_A_DAY):
            response = self.declare(firstname=f"Enfant{chr(97 + rank)}")
            self.assertEqual(response.status_code, 303)
        response = self.declare(firstname="Suivant")
        self.assertEqual(response.status_code, 200)
        self.assertIn("Appelez-nous", self.notice(response))
        self.assertEqual(self.value(response, "firstname"), "Suivant")
        self.assertEqual(len(self.person._children_i_may_act_for()), CHILDREN_A_DAY)
        self.sign_in(self.dominique)
        self.assertEqual(self.declare().status_code, 303)

    def test_organisations_asked_for_in_a_day_are_limited(self):
        Delegate = self.env["partner.delegate"]
        for rank in range(ORGANISATIONS_A_DAY + 1):
            response = self.send("organisation", kind="contributor", name=f"Comité {rank}")
        self.assertEqual(response.status_code, 200)
        self.assertIn("Trop d’essais", self.notice(response))
        self.assertEqual(self.value(response, "name"), f"Comité {rank}")
        mine = [("person_id", "=", self.person.id)]
        self.assertEqual(Delegate.search_count(mine), ORGANISATIONS_A_DAY)

    def test_errors_of_a_child_are_beside_the_fields(self):
        response = self.declare(firstname="<b>", birthdate="1/2/1990")
        self.assertEqual(response.status_code, 422)
        self.assertEqual(set(self.errors(response)), {"firstname", "birthdate"})
        self.assertEqual(self.value(response, "firstname"), "<b>")
        self.assertEqual(self.value(response, "birthdate"), "01/02/1990")
        self.assertFalse(self.person._children_i_may_act_for())

    def test_adult_proposes_and_nothing_changes_before_the_service_decides(self):
        response = self.send("adresse", street="9 rue Neuve", commune="55427", date="1/11/2026")
        self.assertEqual(response.status_code, 303, self.notice(response))
        self.assertIn("9 rue Neuve", self.get("/my/foyer").text)
        self.assertEqual(self.change().line_ids.field_key, "address")
        self.assertFalse(self.person._current_dwelling())
        # Nobody else reads what she proposed.
        self.sign_in(self.dominique)
        self.assertNotIn("9 rue Neuve", self.get("/my/foyer").text)
        self.change().line_ids.with_user(self.manager).action_accept()
        self.assertEqual(self.person.sudo()._current_dwelling().street, "9 rue Neuve")

    def send_too_late(self):
        """The session is no longer valid on the server; the browser still has its cookie."""
        path = "/my/foyer/adresse"
        self.sign_in(self.camille)
        session = root.session_store.get(self.opener.cookies["session_id"])
        session.session_token = "ended"
        root.session_store.save(session)
        away = self.url_open(
            path,
            data={"street": "9 rue Neuve", "commune": "55427", "date": "1/11/2026"},
            headers={"Referer": self.base_url() + path},
            allow_redirects=False,
        )
        self.assertURLEqual(away.headers["Location"], f"/web/login?redirect={path}")
        return path

    def test_a_session_that_ended_loses_nothing_typed(self):
        path = self.send_too_late()
        self.log_in(self.camille)
        page = self.get(path)
        self.assertEqual(self.value(page, "street"), "9 rue Neuve")
        self.assertIn("rien n’est encore envoyé", self.notice(page))
        self.assertFalse(self.change())

    def test_who_signs_in_next_reads_nothing_of_it(self):
        path = self.send_too_late()
        self.log_in(self.dominique)
        self.assertNotIn("9 rue Neuve", self.get(path).text)

    def test_new_address_is_in_a_former_commune(self):
        former = {"name": "Écluse-le-Vieux", "insee_code": "99801"}
        self.vaubecourt.former_ids = [Command.create(former)]
        choices = self.choices(self.get("/my/foyer/adresse"), "commune")
        chosen = choices["Écluse-le-Vieux (Vaubecourt)"]
        response = self.send("adresse", street="", commune=chosen)
        self.assertEqual(list(self.errors(response)), ["street"])
        self.assertEqual(self.value(response, "commune"), chosen)
        response = self.send("adresse", street="9 rue Neuve", commune=chosen)
        self.assertEqual(response.status_code, 303, self.errors(response))
        self.change().line_ids.with_user(self.manager).action_accept()
        dwelling = self.person.sudo()._current_dwelling()
        self.assertEqual((dwelling.street, dwelling.commune_id), ("9 rue Neuve", self.vaubecourt))

    def test_the_commune_is_chosen_not_guessed(self):
        self.vaubecourt.former_ids = [Command.create({"name": "Écluse-sans-Code"})]
        response = self.send("adresse", street="9 rue Neuve", commune="")
        self.assertEqual(
            self.errors(response), {"commune": "Erreur : Choisissez une commune dans la liste."}
        )
        self.assertEqual(self.value(response, "street"), "9 rue Neuve")
        self.assertFalse(self.change())

    def test_when_she_arrives_is_corrected_with_the_rest(self):
        page = self.get(f"/my/foyer/personne/{self.person.id}")
        names = {node.get("name") for node in page.tree.xpath("//main//input")}
        self.assertLessEqual({"situation", "situation_date"}, names)
        typed = {name: self.value(page, name) for name in ("firstname", "lastname", "birthplace")}
        typed |= {"birthdate": "05/05/1985", "situation": "arriving"}
        path = f"personne/{self.person.id}"
        response = self.send(path, **typed, situation_date="31/02/2026")
        self.assertEqual(list(self.errors(response)), ["situation_date"])
        self.assertEqual(self.value(response, "situation"), ["arriving"])
        day = today() + timedelta(days=12)
        self.assertEqual(self.send(path, **typed, situation_date=show_day(day)).status_code, 303)
        self.assertEqual(
            set(self.change().line_ids.mapped("field_key")), {"situation", "situation_date"}
        )
        self.change().line_ids.with_user(self.manager).action_accept()
        page = self.get(f"/my/foyer/personne/{self.person.id}")
        self.assertEqual(self.value(page, "situation_date"), show_day(day))
        words = " ".join(self.get("/my/foyer").tree.xpath("string(//main)").split())
        told = say_day(self.env, day, lang_code="fr_FR")
        self.assertIn(f"Situation déclarée : Arrive, à partir du {told}", words)

    def test_who_moves_out_of_the_territory_says_where(self):
        self.household._occupy(
            self.env["territory.dwelling"]._find_or_create("1 rue Basse", False, self.vaubecourt),
            today() - timedelta(days=30),
        )
        response = self.send("adresse", street="9 rue Neuve", commune="outside", city="Nancy")
        self.assertEqual(list(self.errors(response)), ["zip"])
        outside = {"street": "9 rue Neuve", "commune": "outside", "zip": "54000", "city": "Nancy"}
        self.assertEqual(self.send("adresse", **outside).status_code, 303)
        line = self.change().line_ids
        self.assertEqual(
            (line.old_text, line.new_text),
            ("1 rue Basse, 55250 Vaubecourt", "9 rue Neuve, 54000 Nancy"),
        )
        line.with_user(self.manager).action_accept()
        self.assertFalse(self.person.sudo()._current_dwelling())
        self.assertEqual((self.person.city, self.person.zip), ("Nancy", "54000"))
        again = self.send("adresse", **outside)
        self.assertIn("Rien ne change", self.notice(again))
        # Back here: one address, that of the dwelling.
        self.send("adresse", street="2 rue Basse", commune="55532")
        self.change()[0].line_ids.with_user(self.manager).action_accept()
        self.assertEqual(self.person.sudo()._current_dwelling().street, "2 rue Basse")
        self.assertFalse(self.person.city)

    def test_person_is_corrected_and_only_differences_are_proposed(self):
        path = f"personne/{self.person.id}"
        page = self.get(f"/my/foyer/{path}")
        self.assertEqual(self.value(page, "birthdate"), "05/05/1985")
        known = {
            "firstname": "Camille",
            "lastname": "Durand",
            "birthdate": "05/05/1985",
            "birthplace": "Verdun",
        }
        response = self.send(path, **known)
        self.assertEqual(response.status_code, 200)
        self.assertTrue(self.notice(response))
        self.assertFalse(self.change())
        response = self.send(path, **{**known, "birthplace": "Nancy"})
        self.assertEqual(response.status_code, 303, self.errors(response))
        self.assertEqual(self.change().line_ids.mapped("field_key"), ["birthplace"])
        self.assertEqual(self.person.birthplace, "Verdun")

    def test_arrival_and_departure_are_proposed(self):
        response = self.send("arrivee", firstname="Alex", lastname="", birthdate="3/3/1980")
        self.assertEqual(list(self.errors(response)), ["lastname", "email"])
        said = {"firstname": "Alex", "lastname": "Petit", "birthdate": "3/3/1980"}
        response = self.send("arrivee", email="alex@exemple.test", **said)
        self.assertEqual(response.status_code, 303, self.errors(response))
        response = self.send("depart", person=self.person.id, date="1/12/2026")
        self.assertEqual(response.status_code, 303, self.errors(response))
        keys = self.change().line_ids.mapped("field_key")
        self.assertEqual(sorted(keys), ["arrival", "departure"])

    def test_nobody_makes_a_stranger_leave(self):
        response = self.send("depart", person=self.dominique.partner_id.id)
        self.assertEqual(list(self.errors(response)), ["person"])
        self.assertFalse(self.change())

    def test_other_adult_of_the_household_is_counted_and_not_named(self):
        self.env["household.membership"].create(
            {"household_id": self.household.id, "person_id": self.dominique.partner_id.id}
        )
        page = self.get("/my/foyer")
        self.assertNotIn("Dominique", page.text)
        self.assertIn("une autre personne", page.text)

    def test_only_the_household_of_today_is_counted(self):
        """Neither who left, nor the other households of the territory, nor myself."""
        left, elsewhere = (
            self._resident(login, login.title(), "Petit") for login in ("sacha", "alexis")
        )
        self.env["household.membership"].create(
            {
                "household_id": self.household.id,
                "person_id": left.partner_id.id,
                "date_start": "2020-01-01",
                "date_end": "2021-01-01",
            }
        )
        elsewhere.partner_id.sudo()._create_household()
        page = self.get("/my/foyer")
        self.assertNotIn("autre personne", page.text)
        self.assertNotIn("autres personnes", page.text)
        names = page.tree.xpath("//section[@aria-labelledby='nous']//b/text()")
        self.assertEqual([name for name in names if "Camille" in name], names[:1])

    def test_what_others_declared_and_closed_is_not_told(self):
        self.declare()
        child = self.person._children_i_may_act_for()
        sacha = self._resident("sacha", "Sacha", "Durand")
        authority = self.env["parental.authority"].create(
            {"child_id": child.id, "holder_id": sacha.partner_id.id}
        )
        # Camille's own is not checked yet: she is asked nothing about another's.
        self.assertNotIn("Sacha", self.get("/my/foyer").text)
        child.sudo().authority_ids.filtered(
            lambda each: each.holder_id == self.person
        )._set_verified("Livret de famille")
        self.assertIn("Sacha", self.get("/my/foyer").text)
        # Contested, it is no longer asked, and is on nobody's page but its holder's.
        authority.sudo().state = "contested"
        self.assertNotIn("Sacha", self.get("/my/foyer").text)
        self.assertNotIn("Contesté", self.get("/my/foyer").text)
        self.sign_in(sacha)
        self.assertIn("Contesté", self.get("/my/foyer").text)

    def test_another_site_declares_and_proposes_nothing(self):
        child = {"firstname": "Louis", "lastname": "Durand", "birthdate": "1/2/2018"}
        for path, values in (
            ("enfant", child),
            ("adresse", {"street": "9 rue Neuve", "commune": "55427"}),
            ("depart", {"person": self.person.id}),
            ("organisation", {"kind": "contributor", "name": "Les voisins"}),
        ):
            response = self.post(f"/my/foyer/{path}", values)
            self.assertEqual(response.status_code, 200, path)
            self.assertIn("trop longtemps", self.notice(response), path)
        self.assertFalse(self.change())
        self.assertFalse(self.person._children_i_may_act_for())
        self.assertFalse(self.person.sudo().delegation_ids)

    def test_these_pages_are_kept_by_no_browser_and_repeat_no_address(self):
        for path in ("/my/foyer?fait=Bonjour-toi", "/my/foyer/adresse"):
            page = self.get(path)
            self.assertEqual(page.headers["Cache-Control"], "no-store", path)
            self.assertEqual(page.headers["X-Robots-Tag"], "noindex", path)
            self.assertNotIn("Bonjour-toi", self.notice(page))

    def test_without_a_household_the_page_says_what_to_do(self):
        self.sign_in(self.dominique)
        self.assertIn("où vous habitez", self.get("/my/foyer").text)
        said = {"firstname": "Ida", "lastname": "Roy", "birthdate": "05/05/1990"}
        response = self.send("arrivee", email="ida@exemple.test", **said)
        self.assertEqual(response.status_code, 200)
        self.assertIn("où vous habitez", self.notice(response))

    def test_verified_parent_answers_what_another_declares(self):
        self.declare()
        child = self.person._children_i_may_act_for()
        child.sudo().authority_ids._set_verified("Livret de famille")
        sacha = self._resident("sacha", "Sacha", "Durand")
        for choice, state in (("contest", "contested"), ("accept", "verified")):
            authority = self.env["parental.authority"].create(
                {"child_id": child.id, "holder_id": sacha.partner_id.id}
            )
            self.assertIn(f"autorite/{authority.id}", self.get("/my/foyer").text)
            if choice == "contest":
                response = self.send(f"autorite/{authority.id}", choice=choice)
                self.assertEqual(list(self.errors(response)), ["reason"])
            response = self.send(f"autorite/{authority.id}", choice=choice, reason="Je ne sais pas")
            self.assertEqual(response.status_code, 303)
            self.assertEqual(authority.state, state)
            # Answered: who the other holder is, is not asked of a guessed address.
            self.assertEqual(self.url_open(f"/my/foyer/autorite/{authority.id}").status_code, 404)
            authority.unlink()

    def test_declared_authority_is_ended_by_its_holder(self):
        self.declare()
        authority = self.env["parental.authority"].search([("holder_id", "=", self.person.id)])
        response = self.send(f"autorite/{authority.id}", choice="end")
        self.assertEqual(response.status_code, 303)
        self.assertEqual(authority.state, "ended")
        page = self.get("/my/foyer")
        self.assertNotIn("Louis", page.text)
        self.assertFalse(page.tree.xpath("//section[@aria-labelledby='enfants']//ul"))

    def test_a_holder_answers_only_what_she_is_asked(self):
        """A choice of another screen, or of no screen, is refused beside the question."""
        self.declare()
        authority = self.env["parental.authority"].search([("holder_id", "=", self.person.id)])
        for choice in ("accept", "contest", "autre", ""):
            response = self.send(f"autorite/{authority.id}", choice=choice, reason="Moi")
            self.assertEqual(list(self.errors(response)), ["choice"], choice)
        self.assertEqual(authority.state, "declared")
        # At 18 the child answers for herself: the address is not known any more.
        authority.child_id.sudo().birthdate = "2000-01-01"
        self.assertEqual(self.url_open(f"/my/foyer/autorite/{authority.id}").status_code, 404)

    def test_contested_authority_shows_neither_child_nor_name(self):
        self.declare()
        authority = self.env["parental.authority"].search([("holder_id", "=", self.person.id)])
        authority.sudo().state = "contested"
        page = self.get("/my/foyer")
        self.assertNotIn("Louis", page.text)
        self.assertIn("Contesté", page.text)
        self.assertEqual(self.url_open(f"/my/foyer/autorite/{authority.id}").status_code, 404)

    def test_every_member_of_the_staff_has_a_household_page_too(self):
        for group in ("agent", "secretary", "communication", "manager", "dpo"):
            login = f"foyer_{group}"
            new_test_user(self.env, login, f"territory_base.territory_group_{group}")
            self.authenticate(login, login)
            self.assertEqual(self.url_open("/my/foyer").status_code, 200, group)

    def test_delegation_has_the_same_answer_for_a_known_organisation(self):
        self.env["res.partner"].create(
            {
                "name": "Les Amis du lavoir",
                "company_type": "company",
                "kind": "association",
                "rna": "W551000001",
            }
        )
        answers = []
        for rna in ("W551000001", "W551000002"):
            response = self.send("organisation", kind="association", name="Mes amis", rna=rna)
            answers.append((response.status_code, response.headers["Location"]))
        self.assertEqual(*answers)
        page = self.get("/my/foyer")
        self.assertNotIn("lavoir", page.text)
        self.assertIn("qui agit déjà pour lui, le vérifie", page.text)
        self.person.sudo().delegation_ids.state = "ended"
        self.assertNotIn("Mes amis", self.get("/my/foyer").text)
        response = self.send("organisation", kind="association", name="Mes amis", rna="W5")
        self.assertEqual(list(self.errors(response)), ["rna"])
