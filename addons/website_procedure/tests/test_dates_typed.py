from freezegun import freeze_time

from odoo.addons.territory_base.tests.sweep import sweep

from .common import WebsiteProcedureCommon

# How people write the same day; see `territory_base/tests/test_dates.py` for every way.
WRITTEN = ("15111962", "15/11/62", "15 novembre 1962", "15 nov. 62", "15.11.1962", "15-11-1962")
PASSWORD = "un cheval bleu dans la neige"


class TestDatesTyped(WebsiteProcedureCommon):
    """Wherever a day is typed on the site, it is read alike."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.camille.partner_id
        cls.person.birthdate = "1985-05-05"
        cls.person.birthplace = "Verdun"
        cls.person.sudo()._create_household()
        cls.paths = (
            "/inscription",
            "/demarches/tout-demander/formulaire",
            "/my/foyer/enfant",
            "/my/foyer/adresse",
            "/my/foyer/arrivee",
            "/my/foyer/depart",
            f"/my/foyer/personne/{cls.person.id}",
        )

    def fill(self, path, name, typed):
        page = self.get(path)
        return self.post(path, {**self.hidden(page), name: typed, "_action": "send"})

    def boxes(self):
        """(path, its box for a day) of each page where one is typed."""
        for path in self.paths:
            if path != "/inscription":
                self.sign_in(self.camille)
            boxes = self.get(path).tree.xpath("//main//input[@data-day]")
            self.assertTrue(boxes, f"{path} asks for a day")
            for box in boxes:
                yield path, box

    def test_each_box_takes_every_key_and_has_a_calendar_that_a_script_shows(self):
        for path, box in self.boxes():
            with self.subTest(path=path):
                # The pad of figures of some phones has no "/", and no letter.
                self.assertIsNone(box.get("inputmode"))
                self.assertEqual(box.get("type"), "text")
                (button,) = box.xpath("../button")
                self.assertEqual((button.get("type"), button.get("hidden")), ("button", "hidden"))
                (label,) = box.xpath("//label[@for=$id]", id=box.get("id"))
                name = " ".join(label.text.split())
                self.assertIn(f"Calendrier : {name}", button.text_content().replace("\xa0", " "))

    @sweep("machines")
    def test_what_was_typed_is_shown_as_it_was_understood(self):
        for path, box in self.boxes():
            name = box.get("name")
            century = "1962" if box.get("data-day") == "past" else "(1962|2062)"
            for typed in WRITTEN:
                with self.subTest(path=path, typed=typed):
                    response = self.fill(path, name, typed)
                    if response.status_code == 200 or response.status_code == 422:
                        self.assertRegex(self.value(response, name), f"^15/11/{century}$")

    def test_a_day_that_no_calendar_has_is_said(self):
        for path, box in self.boxes():
            with self.subTest(path=path):
                name = box.get("name")
                response = self.fill(path, name, "32/13/2026")
                said = self.errors(response).get(name, "")
                self.assertIn("Le 32/13/2026 n'existe pas", said)
                self.assertEqual(self.value(response, name), "32/13/2026")

    @freeze_time("2026-11-26 12:00:00")
    def test_two_figures_of_a_year_have_the_meaning_of_the_question(self):
        self.full.version_id.state = "draft"
        day = self.full.version_id.field_ids.filtered(lambda field: field.key == "day")
        for limit, read in (("past", "1930"), ("future", "2030"), (False, "2030")):
            day.date_limit = limit
            self.full.version_id.state = "published"
            path = "/demarches/tout-demander/formulaire"
            response = self.fill(path, "day", "15/11/30")
            self.assertEqual(self.value(response, "day"), f"15/11/{read}")
            self.full.version_id.state = "draft"

    def test_a_birth_date_of_two_figures_opens_an_account(self):
        for number, typed in enumerate(WRITTEN):
            email = f"ne{number}@exemple.fr"
            page = self.get("/inscription")
            response = self.post(
                "/inscription",
                {
                    **self.hidden(page),
                    "kind": "resident",
                    "situation": "planning",
                    "firstname": "Jean",
                    "lastname": "Daubigny",
                    "birthdate": typed,
                    "birthplace": "Verdun",
                    "birth_country": "FR",
                    "email": email,
                    "password": PASSWORD,
                },
            )
            self.assertEqual(response.status_code, 303, self.errors(response))
            account = self.env["res.users"].with_context(active_test=False)
            account = account.search([("email", "=", email)])
            self.assertEqual(str(account.partner_id.birthdate), "1962-11-15", typed)
