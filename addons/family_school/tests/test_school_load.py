from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.territory_base.tests.common import folder_of

from .common import SchoolCase

COMMUNES = "code_insee,nom\n99001,Valmont\n99002,Clairval\n"
GROUPS = "code,nom\nrpi-nord,RPI du Nord\n"
SERVICES = (
    "code,nom,type,uai,niveaux,regroupement\n"
    "ecole-a,École A,ecole,0750655E,PS|MS|GS,rpi-nord\n"
    "ecole-b,École B,ecole,,CP|CE1,rpi-nord\n"
)
SECTORS = (
    "commune,rue,cote,du,au,ecole,niveaux\n"
    "99001,,,,,ecole-a,\n"
    "99002,Rue Haute,pairs,2,40,ecole-b,CP|CE1\n"
)


@tagged("post_install", "-at_install")
class TestSchoolLoad(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Sector.search([]).unlink()

    def load(self, **files):
        files = {
            "communes": COMMUNES,
            "school_groups": GROUPS,
            "services": SERVICES,
            "school_sectors": SECTORS,
            **files,
        }
        with folder_of(**files) as folder:
            return self.env["territory.loader"]._load_folder(folder)

    def test_schools_and_sectors_are_loaded_and_again(self):
        report = self.load()
        self.assertEqual(report["school_sectors.csv"]["created"], 2)
        rows = self.Sector.search([])
        first, second = rows.sorted("street_key")
        self.assertEqual((first.school_id.uai, first.side), ("0750655E", "all"))
        self.assertEqual(
            first.school_id.school_group_id.school_ids.mapped("code"), ["ecole-a", "ecole-b"]
        )
        self.assertEqual((second.side, second.number_from, second.number_to), ("even", 2, 40))
        self.assertEqual(second.level_ids.mapped("code"), ["CP", "CE1"])
        report = self.load()
        for name in ("school_groups.csv", "services.csv", "school_sectors.csv"):
            self.assertEqual((report[name]["created"], report[name]["updated"]), (0, 0), name)

    def test_what_the_file_no_longer_holds_goes(self):
        self.load()
        by_hand = self.Sector.create(
            {"commune_id": self.commune.id, "street": "Impasse", "school_id": self.school.id}
        )
        self.load(school_sectors="\n".join(SECTORS.splitlines()[:2]))
        self.assertEqual(self.Sector.search([]).mapped("street"), [False, "Impasse"])
        self.assertTrue(by_hand.exists())

    def test_what_is_wrong_is_told_by_line(self):
        for files, words in (
            ({"services": SERVICES.replace("0750655E", "0750655F")}, "line 2, column uai"),
            ({"services": SERVICES.replace("PS|", "XX|")}, "line 2, column niveaux"),
            ({"school_sectors": SECTORS.replace("ecole-b", "nulle")}, "line 3, column ecole"),
            ({"school_sectors": SECTORS.replace("Rue Haute", "")}, "line 3, column rue"),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                self.load(**files)
