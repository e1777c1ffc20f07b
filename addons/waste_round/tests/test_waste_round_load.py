import base64

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import RoundCommon

HEAD = "Tournée;Déchet;Jour;Fréquence;Début;Commune;Rue;Côté;Du;Au\n"
GOOD = (
    HEAD
    + "OM-1;Ordures ménagères;lundi;;;Val-du-Test;Rue du Moulin;pairs;2;40\n"
    + "OM-1;OM;Lundi;;;55992;;;;\n"
    + "TRI-A;Tri;Mercredi;Quinzaine;06/01/2027;Mont du Test;;;;\n"
)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25")
class TestWasteRoundLoad(RoundCommon):
    def _load(self, text):
        return (
            self.env["waste.round.load"]
            .with_user(self.agent)
            .create({"file": base64.b64encode(text.encode("cp1252"))})
        )

    def test_a_file_is_read_then_written(self):
        wizard = self._load(GOOD)
        with self.assertRaises(UserError):
            wizard.action_apply()
        wizard.action_read()
        self.assertFalse(wizard.has_mistakes, wizard.report)
        self.assertIn("2 rounds (2 of them new), 3 streets or communes.", wizard.report)
        self.assertFalse(self.Round.search([("code", "=", "om-1")]))
        wizard.action_apply()
        bins = self.Round.search([("code", "=", "om-1")])
        sorting = self.Round.search([("code", "=", "tri-a")])
        self.assertEqual(bins.street_ids.commune_id, self.commune | self.other_commune)
        self.assertEqual((sorting.frequency, sorting.weekday), ("fortnight", "2"))
        self.assertEqual(bins.service_id, self.waste)

    def test_again_replaces_the_streets_of_these_rounds_only(self):
        for text in (GOOD, GOOD.replace("Rue du Moulin", "Rue Haute")):
            wizard = self._load(text)
            wizard.action_read()
            wizard.action_apply()
        bins = self.Round.search([("code", "=", "om-1")])
        self.assertEqual(set(bins.street_ids.mapped("street")), {"Rue Haute", False})
        self.assertTrue(self.bins.street_ids)

    def test_a_round_that_was_put_aside_comes_back(self):
        wizard = self._load(GOOD)
        wizard.action_read()
        wizard.action_apply()
        bins = self.Round.search([("code", "=", "om-1")])
        bins.active = False
        wizard = self._load(GOOD)
        wizard.action_read()
        self.assertIn("they come back: om-1.", wizard.report)
        wizard.action_apply()
        self.assertTrue(bins.active)

    def test_what_cannot_be_written_is_said_before(self):
        self._round("Tri", [{}], code="tri-a", service_id=self.school.id)
        self._round("Bacs", [{}], code="om-1", date_end="2026-12-31")
        wizard = self._load(GOOD.replace("lundi;;;Val", "lundi;;01/02/2027;Val"))
        wizard.action_read()
        self.assertTrue(wizard.has_mistakes)
        self.assertIn("ends on 31/12/2026, before its new first day", wizard.report)
        self.assertIn("is that of a round of another service", wizard.report)

    def test_one_mistake_is_told_once(self):
        wizard = self._load(GOOD.replace("OM-1;Ordures ménagères;lundi", "OM-1;Lait;lundi"))
        wizard.action_read()
        self.assertIn("1 lines to correct", wizard.report)

    def test_what_was_read_is_what_is_written(self):
        wizard = self._load(GOOD)
        wizard.action_read()
        wizard.file = base64.b64encode((HEAD + "X;OM;lundi;;;Val-du-Test;;;;\n").encode())
        with self.assertRaises(UserError):
            wizard.action_apply()

    def test_wrong_lines_are_told_and_nothing_is_written(self):
        wrong = [
            ";OM;lundi;;;Val-du-Test;;;;",
            "A;Lait;lundi;;;Val-du-Test;;;;",
            "B;OM;funday;;;Val-du-Test;;;;",
            "C;OM;lundi;;;Ailleurs;;;;",
            "D;OM;lundi;parfois;;Val-du-Test;;;;",
            "E;OM;lundi;quinzaine;;Val-du-Test;;;;",
            "F;OM;lundi;;31/02/2027;Val-du-Test;;;;",
            "G;OM;lundi;;;Val-du-Test;;pairs;;",
            "H;OM;lundi;;;Val-du-Test;Rue;;40;2",
            "I;OM;lundi;;;Val-du-Test;Rue;;x;",
            "J;OM;lundi;;;Val-du-Test;Rue;;;",
            "J;OM;mardi;;;Val-du-Test;Rue 2;;;",
            "J;OM;lundi;;;Val-du-Test;Rue;;;",
        ]
        wizard = self._load(HEAD + "\n".join(wrong))
        wizard.action_read()
        self.assertTrue(wizard.has_mistakes)
        self.assertEqual(len(wizard.report.splitlines()), len(wrong), wizard.report)
        with self.assertRaises(UserError):
            wizard.action_apply()

    def test_files_that_are_none(self):
        for text in ("", "Nom;Prénom\nA;B\n", 'Tournée;"Déchet\n'):
            with self.subTest(text), self.assertRaises(UserError):
                self._load(text).action_read()
