from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.content_approval.tests.reading import accept
from odoo.addons.territory_base.tests.common import folder_of

from .common import DirectoryCase

COMMUNES = "code_insee,nom\n99011,Valmont-Test\n99012,Clairval-Test\n"
HEAD = "identifiant,nom,activite,categorie,communes,telephone,latitude,en_ligne\n"
FIRST = "W001,Club d’essai,Pêche,t-cercles,99011|99012,03 99 00 00 01,48.9,oui\n"
SECOND = "W002,Autre club,,t-cercles,99011,,,\n"
COMPANY = "S001,Fournil d’essai,,t-fournils,99011,,,\n"


@tagged("post_install", "-at_install")
class TestTerritoryLoader(DirectoryCase):
    def load(self, check=False, **files):
        with folder_of(communes=COMMUNES, **files) as folder:
            report = self.env["territory.loader"]._load_folder(folder, check=check)
        return {
            name: tuple(counts[key] for key in ("created", "updated", "unchanged"))
            for name, counts in report.items()
            if name != "communes.csv"
        }

    def propose(self, sheet, **values):
        """By one of the staff, accepted by another."""
        author, reader = (
            new_test_user(self.env, f"{role}.{sheet.id}", groups=group, email=f"{role}@test.fr")
            for role, group in (
                ("agent", "territory_base.territory_group_agent"),
                ("relit", "territory_base.territory_group_communication"),
            )
        )
        self.env["content.validator"].create({"user_id": reader.id})
        draft = sheet.with_user(author)._propose()
        draft._change(values)
        draft.action_submit()
        accept(draft.with_user(reader))

    def find(self, number):
        return self.Entry.with_context(active_test=False).search([("external_id", "=", number)])

    def test_a_file_makes_sheets_and_says_so(self):
        both = {"associations": HEAD + FIRST + SECOND, "companies": HEAD + COMPANY}
        self.assertEqual(
            self.load(check=True, **both),
            {"associations.csv": (2, 0, 0), "companies.csv": (1, 0, 0)},
        )
        self.assertFalse(self.find("W001"), "Told, not done")
        self.load(**both)
        club = self.find("W001")
        self.assertEqual(club.source, "associations")
        self.assertEqual(club.commune_ids, self.valmont + self.clairval)
        self.assertEqual(club.latitude, 48.9)
        self.assertTrue(club.is_online)
        self.assertFalse(self.find("W002").is_online, "Only what the file says")
        self.assertEqual(
            self.load(**both), {"associations.csv": (0, 0, 2), "companies.csv": (0, 0, 1)}
        )
        self.assertTrue(all(self.find(number).active for number in ("W001", "W002", "S001")))

    def test_what_somebody_wrote_is_never_overwritten(self):
        self.load(associations=HEAD + FIRST)
        club = self.find("W001")
        self.propose(club, phone="03 99 00 00 99")
        changed = FIRST.replace("00 01", "00 02").replace("Pêche", "Pêche et nature")
        self.assertEqual(self.load(associations=HEAD + changed)["associations.csv"], (0, 1, 0))
        self.assertEqual(club.phone, "03 99 00 00 99")
        self.assertEqual(club.activity, "Pêche et nature", "Nobody confirmed it")
        club._confirm(["activity"])
        self.load(associations=HEAD + FIRST)
        self.assertEqual(club.activity, "Pêche et nature")

    def test_a_sheet_taken_off_the_site_stays_off(self):
        self.load(associations=HEAD + FIRST)
        club = self.find("W001")
        self._take_off(club)
        self.load(associations=HEAD + FIRST.replace("Pêche", "Truites"))
        self.assertFalse(club.is_online)
        self.assertEqual(club.activity, "Truites")

    def test_what_the_file_forgets_is_archived_unless_somebody_keeps_it(self):
        self.load(associations=HEAD + FIRST + SECOND, companies=HEAD + COMPANY)
        kept = "W003,Nouveau,,t-cercles,,,,\n"
        self.propose(self.find("W001"), phone="03 99 00 00 99")
        third = "W004,Troisième,,t-cercles,99011,,,oui\n"
        self.load(associations=HEAD + FIRST + third)
        self.load(associations=HEAD + kept, companies=HEAD + COMPANY)
        self.assertTrue(self.find("W001").is_online, "Its owner wrote there")
        self.assertFalse(self.find("W004").is_online)
        self.assertTrue(self.find("S001").exists(), "Of another file")

    def test_a_sheet_that_one_file_forgot_comes_back_with_the_next_one(self):
        self.load(associations=HEAD + FIRST + SECOND)
        club = self.find("W001")
        self.load(associations=HEAD + SECOND)
        self.assertFalse(club.is_online)
        self.load(associations=HEAD + FIRST + SECOND)
        self.assertTrue(club.is_online)
        self.load(associations=HEAD + SECOND)
        self.load(associations=HEAD + FIRST.replace("Pêche", "Truites") + SECOND)
        self.assertEqual((club.is_online, club.activity), (True, "Truites"))

    def test_what_a_reader_took_off_does_not_come_back_with_a_file(self):
        self.load(associations=HEAD + FIRST + SECOND)
        club = self.find("W001")
        self.load(associations=HEAD + SECOND)
        self.propose(club, phone="03 99 00 00 99")
        self.assertTrue(club.is_online)
        reader = self.env["content.validator"].search([], limit=1, order="id desc").user_id
        club.with_user(reader).action_take_offline("Fermé.")
        self.load(associations=HEAD + FIRST + SECOND)
        self.assertFalse(club.is_online)

    def test_what_is_wrong_is_told_and_nothing_is_loaded(self):
        wrong = "W001,Club,,inconnue,99011,,abc,peut-être\n"
        with self.assertRaises(UserError) as caught:
            self.load(associations=HEAD + FIRST.replace("W001", "W009") + wrong)
        for words in ("inconnue", "abc", "peut-être"):
            self.assertIn(words, str(caught.exception))
        self.assertFalse(self.find("W009"))
