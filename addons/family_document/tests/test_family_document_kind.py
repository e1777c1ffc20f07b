from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import DocumentCase


@tagged("post_install", "-at_install")
class TestFamilyDocumentKind(DocumentCase):
    def test_nothing_about_health_is_asked(self):
        for values in (
            {"name": "Certificat médical"},
            {"name": "Carnet de santé"},
            {"name": "Vaccinations à jour"},
            {"name": "PAI"},
            {"name": "Papier MDPH"},
            {"name": "Papier un", "description": "Dites les allergies de l’enfant."},
            {"name": "Papier deux", "description": "L’ordonnance du médecin."},
        ):
            with self.subTest(values), self.assertRaisesRegex(ValidationError, "Health has its"):
                self._kind(**values)
        for name in ("Attestation d’assurance", "Jugement : garde des enfants", "Confirmation"):
            self.assertTrue(self._kind(name))
        with self.assertRaisesRegex(ValidationError, "about health"):
            self.insurance.name = "Assurance maladie"

    def test_what_is_asked_by_activities_names_them(self):
        with self.assertRaisesRegex(ValidationError, "which activities"):
            self._kind("Brevet de natation", need="activities")

    def test_until_when(self):
        day = date(2026, 11, 25)
        for values, typed, found in (
            ({"validity": "school_year"}, False, (date(2027, 8, 31), "")),
            ({"validity": "school_year"}, date(2040, 1, 1), (date(2027, 8, 31), "")),
            ({"validity": "months", "months": 3}, False, (date(2027, 2, 25), "")),
            ({"validity": "none"}, date(2027, 1, 1), (False, "")),
            ({"validity": "date"}, date(2027, 1, 1), (date(2027, 1, 1), "")),
            ({"validity": "date"}, day, (day, "")),
        ):
            with self.subTest(values):
                self.insurance.write(values)
                self.assertEqual(self.insurance._read_end(typed, day), found)
        self.insurance.validity = "date"
        for typed, words in (
            (False, "Give the day"),
            (date(2026, 11, 24), "no longer valid"),
            (date(2226, 1, 1), "too far"),
        ):
            self.assertIn(words, self.insurance._read_end(typed, day)[1])
        self.insurance.validity = "school_year"
        july = date(2027, 7, 10)
        self.assertEqual(self.insurance._read_end(False, july)[0], date(2028, 8, 31))
        self.assertEqual(self.insurance._read_end(date(2027, 8, 31), july)[0], date(2027, 8, 31))

    def test_written_by_its_service_when_it_reads_the_families(self):
        kind = self.insurance.with_user(self.family_agent)
        kind.name = "Assurance de l’année"
        with self.assertRaises(AccessError):
            kind.service_id = self.service
        self.insurance.service_id = self.service
        for user in (self.agent, self.family_agent, self.secretary):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.insurance.with_user(user).write({"name": "Autre"})
        for user in (self.camille, self.communication, self.env.ref("base.public_user")):
            self.assertFalse(self.insurance.with_user(user).has_access("read"), user.login)
        with self.assertRaises(AccessError):
            self.insurance.with_user(self.family_agent).unlink()
