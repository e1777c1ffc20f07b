from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .common import FamilyPages


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25 12:00:00")
class TestFamilyPages(FamilyPages):
    def setUp(self):
        super().setUp()
        self.sign_in(self.camille)

    def test_her_space_leads_there(self):
        self.assertTrue(self.get("/my").tree.xpath("//main//a[@href='/my/famille']"))
        self.sign_in(self._resident("sans", "Sans", "Enfant"))
        self.assertFalse(self.get("/my").tree.xpath("//main//a[@href='/my/famille']"))
        page = self.get("/my/famille/fiche")
        self.assertIn("Aucun enfant", self.words(page))
        self.assertTrue(page.tree.xpath("//main//a[@href='/my/foyer/enfant']"))

    def test_weeks_are_said_once_for_both_children(self):
        path = f"/my/famille/semaines/{self.lou.id}"
        answer = self.send(
            path,
            rhythm="every_other",
            alternates_from="27 11 2026",
            holidays="first_even",
            children=[str(self.lou.id), str(self.noe.id)],
        )
        self.assertTrue(answer.headers["Location"].endswith("/my/famille/fiche?fait=dit"))
        page = self.get("/my/famille/fiche?fait=dit")
        self.assertIn("C’est noté", self.notice(page))
        for child in (self.lou, self.noe):
            self.assertIn("à partir du vendredi 27 novembre 2026", self.said(page, child))
            self.assertIn("première moitié les années paires", self.said(page, child))
        rows = self.env["family.custody"].search([])
        self.assertEqual(rows.mapped("alternates_from"), [date(2026, 11, 27)] * 2)
        again = self.get(path)
        self.assertEqual(self.value(again, "rhythm"), ["every_other"])
        self.assertEqual(self.value(again, "alternates_from"), "27/11/2026")

    def test_what_is_wrong_is_told_beside_it_and_nothing_typed_is_lost(self):
        path = f"/my/famille/semaines/{self.lou.id}"
        for day, sentence in (("", "premier jour"), ("31/02/2026", "existe pas")):
            with self.subTest(day):
                page = self.send(
                    path,
                    rhythm="every_other",
                    alternates_from=day,
                    holidays="same",
                    children=str(self.lou.id),
                )
                self.assertEqual(page.status_code, 422)
                self.assertIn(sentence, self.errors(page)["alternates_from"])
                self.assertEqual(self.value(page, "rhythm"), ["every_other"])
                self.assertEqual(self.value(page, "alternates_from"), day)
        page = self.send(path, holidays="same")
        self.assertEqual(list(self.errors(page)), ["rhythm", "children"])
        self.assertFalse(self.env["family.custody"].search([]))

    def test_a_grandmother_is_named_corrected_then_withdrawn(self):
        self.send(
            "/my/famille/personne",
            name="Mireille Duchêne",
            link="grand-mère",
            phone="06 39 98 00 11",
            role=["fetch", "call"],
            children=[str(self.lou.id), str(self.noe.id)],
        )
        page = self.get("/my/famille/fiche")
        told = self.words(page, "//section[@aria-labelledby='personnes']")
        self.assertEqual(told.count("Mireille Duchêne"), 3, "once, and in two hidden names")
        self.assertIn("Peut venir chercher Lou et Noé", told)
        rows = self.env["family.contact"].search([])
        self.assertEqual(rows.child_id, self.lou | self.noe)
        [link] = page.tree.xpath("//main//a[starts-with(., 'Corriger')]/@href[contains(., 'pers')]")
        again = self.get(link)
        self.assertEqual(self.value(again, "role"), ["fetch", "call"])
        self.assertEqual(self.value(again, "phone"), "06 39 98 00 11")
        rows.date_start = "2026-09-01"
        self.send(
            link,
            name="Mireille Duchêne",
            link="grand-mère",
            phone="06 39 98 00 12",
            role=["fetch"],
            children=[str(self.noe.id)],
        )
        current = self.env["family.contact"].search([("is_current", "=", True)])
        self.assertEqual((current.child_id, current.phone), (self.noe, "06 39 98 00 12"))
        question = self.get(f"/my/famille/personne/{current.id}/retirer")
        self.assertIn("ne peut plus venir chercher Noé", self.words(question))
        self.assertTrue(current.is_current, "nothing is done by a link")
        answer = self.press(question, "Retirer")
        self.assertIn("fait=retire", answer.headers["Location"])
        self.assertFalse(self.env["family.contact"].search([("is_current", "=", True)]))
        self.assertIn("n’avez désigné personne", self.words(self.get("/my/famille/fiche")))

    def test_the_second_to_be_called_becomes_the_first(self):
        for name in ("Mireille Duchêne", "Paul Martin"):
            self.send(
                "/my/famille/personne",
                name=name,
                link="voisin",
                phone="06 39 98 00 11",
                role="call",
                date_end="31/12/2026",
                children=str(self.lou.id),
            )
        page = self.get("/my/famille/fiche")
        told = self.words(page, "//section[@aria-labelledby='personnes']")
        self.assertIn("1 à appeler pour Lou. Jusqu’au jeudi 31 décembre 2026", told)
        self.press(page, "Appeler en premier : Paul Martin")
        rows = self.env["family.contact"].search([("is_current", "=", True)])
        self.assertEqual(
            {row.name: row.call_rank for row in rows}, {"Paul Martin": 1, "Mireille Duchêne": 2}
        )

    def test_a_person_who_does_nothing_or_cannot_be_called_is_told(self):
        page = self.send("/my/famille/personne", name="Samir", phone="06 39", children="0")
        self.assertEqual(page.status_code, 422)
        self.assertEqual(set(self.errors(page)), {"link", "phone", "role", "children"})
        self.assertEqual(self.value(page, "name"), "Samir")

    def test_consents_are_given_then_changed(self):
        path = f"/my/famille/accords/{self.lou.id}"
        outings, rules = f"text_{self.outings.id}", f"text_{self.rules.id}"
        page = self.get("/my/famille/fiche")
        self.assertIn("pas encore répondu", self.said(page, self.lou))
        self.send(path, **{outings: "yes", rules: "yes", "children": str(self.lou.id)})
        page = self.get("/my/famille/fiche")
        self.assertIn("Sorties à pied ? : oui", self.said(page, self.lou).replace("\xa0", " "))
        self.assertIn("cantine : lu", self.said(page, self.lou).replace("\xa0", " "))
        Consent = self.env["privacy.consent"]
        self.assertTrue(Consent._is_agreed(self.outings, self.lou))
        self.assertFalse(Consent._is_agreed(self.outings, self.noe))
        self.assertEqual(self.value(self.get(path), outings), ["yes"])
        self.send(path, **{outings: "no", rules: "yes", "children": str(self.lou.id)})
        self.assertFalse(Consent._is_agreed(self.outings, self.lou))
        self.rules.body = "Autre règlement."
        self.assertIn("à relire", self.said(self.get("/my/famille/fiche"), self.lou))
        self.assertEqual(self.value(self.get(path), rules), [])

    def test_what_stands_for_a_brother_is_not_taken_from_her_page(self):
        outings, rules = f"text_{self.outings.id}", f"text_{self.rules.id}"
        self.send(
            f"/my/famille/accords/{self.noe.id}", **{outings: "no", "children": str(self.noe.id)}
        )
        path = f"/my/famille/accords/{self.lou.id}"
        self.send(path, **{outings: "yes", "children": str(self.lou.id)})
        both = [str(self.lou.id), str(self.noe.id)]
        self.send(path, **{outings: "yes", rules: "yes", "children": both})
        Consent = self.env["privacy.consent"]
        self.assertFalse(Consent._is_agreed(self.outings, self.noe), "said of Noé, on his page")
        for child in (self.lou, self.noe):
            self.assertTrue(Consent._is_agreed(self.rules, child))
        self.send(path, **{outings: "no", rules: "yes", "children": both})
        self.send(path, **{outings: "yes", rules: "yes", "children": both})
        self.assertTrue(Consent._is_agreed(self.outings, self.noe), "changed here, for both")

    def test_words_that_changed_while_she_read_are_shown_again(self):
        path = f"/my/famille/accords/{self.lou.id}"
        outings, rules = f"text_{self.outings.id}", f"text_{self.rules.id}"
        opened = self.hidden(self.get(path))
        self.outings.body = "En car."
        sent = {outings: "yes", rules: "yes", "children": str(self.lou.id)}
        page = self.post(path, {**opened, **sent})
        self.assertIn("changé", self.errors(page)[outings])
        self.assertEqual((self.value(page, outings), self.value(page, rules)), ([], ["yes"]))
        self.assertFalse(self.env["privacy.consent"].search([]))
        page = self.post(path, {**self.hidden(page), **sent})
        self.assertTrue(self.env["privacy.consent"]._is_agreed(self.outings, self.lou))

    def test_what_is_for_older_children_is_asked_of_the_eldest_alone(self):
        self.outings.age_from = 8
        page = self.get("/my/famille/fiche")
        self.assertIn("Sorties", self.said(page, self.lou))
        self.assertNotIn("Sorties", self.said(page, self.noe))
        outings, rules = f"text_{self.outings.id}", f"text_{self.rules.id}"
        both = [str(self.lou.id), str(self.noe.id)]
        path = f"/my/famille/accords/{self.lou.id}"
        answer = self.send(path, **{outings: "yes", rules: "yes", "children": both})
        self.assertIn("fait=dit", answer.headers["Location"])
        self.assertFalse(self.env["privacy.consent"]._is_agreed(self.outings, self.noe))

    def test_the_quotient_is_told_or_not(self):
        page = self.send("/my/famille/quotient", told="yes", quotient="sept cents", date_end="x")
        self.assertEqual(set(self.errors(page)), {"quotient", "date_end"})
        self.assertEqual(self.value(page, "quotient"), "sept cents")
        self.send(
            "/my/famille/quotient",
            told="yes",
            quotient="780",
            fund="caf",
            number="1234567",
            date_end="31/12/2026",
        )
        page = self.get("/my/famille/fiche")
        told = self.words(page, "//section[@aria-labelledby='quotient']")
        self.assertIn("Quotient 780, jusqu’au jeudi 31 décembre 2026", told)
        self.send("/my/famille/quotient", told="no", quotient="780", number="1234567")
        told = self.words(self.get("/my/famille/fiche"), "//section[@aria-labelledby='quotient']")
        self.assertIn("tarif le plus haut", told)
        again = self.get("/my/famille/quotient")
        self.assertEqual((self.value(again, "quotient"), self.value(again, "number")), ("", ""))

    def test_it_is_still_exact_in_one_press(self):
        answer = self.press(self.get("/my/famille/fiche"), "C’est toujours exact")
        page = self.get(answer.headers["Location"])
        self.assertIn("toujours exact", self.notice(page))
        self.assertIn("25 novembre 2026", self.words(page, "//section[@aria-labelledby='exact']"))
        self.assertEqual(self.camille.partner_id.family_confirmed_on, date(2026, 11, 25))

    def test_a_page_left_open_too_long_changes_nothing(self):
        page = self.post(
            f"/my/famille/semaines/{self.lou.id}",
            {
                "rhythm": "even",
                "holidays": "same",
                "children": str(self.lou.id),
                "csrf_token": "faux",
            },
        )
        self.assertIn("trop longtemps", self.notice(page))
        answer = self.post("/my/famille/exact", {"csrf_token": "faux"})
        self.assertIn("trop longtemps", self.notice(self.get(answer.headers["Location"])))
        self.assertFalse(self.env["family.custody"].search([]))
        self.assertFalse(self.camille.partner_id.family_confirmed_on)

    def test_queries_of_the_page(self):
        for child in (self.lou, self.noe):
            self.send(
                f"/my/famille/semaines/{child.id}",
                rhythm="even",
                holidays="same",
                children=str(child.id),
            )
        self.assertLessEqual(self.count_queries("/my/famille"), 45)
