from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import TerritoryCase, folder_of

COMMUNES = """code_insee,nom,code_postal,population,siren,anciens_codes_insee,anciens_noms
98001,Le Val-Fictif,98100,120,732829320,98011|98012,Amont|Aval
98002,Mont-Fictif,98200,40,,,
"""
SERVICES = """code,nom,type,communes,telephone,courriel,lit_dossier_famille,lit_logement
fict_ecole,École du Val,ecole,98001|98002,03 00 00 00 00,ecole@example.org,oui,
fict_mairie,Mairie de Mont,mairie,98002,,,,non
"""
EPCI = """nom,siren,telephone,courriel,rue,code_postal,ville,horaires
CC du Fictif,732829320,03 00 00 00 01,cc@example.org,1 place Haute,98100,Le Val-Fictif,Lundi 9h-12h
"""
TOPICS = "code,nom,ordre,icone\nfict_eau,Eau,3,drop\n"


@tagged("post_install", "-at_install")
class TestTerritoryLoader(TerritoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Only the communes of these tests exist: those of an installed platform stay out.
        cls.env["territory.commune"].search([]).active = False
        cls.loader = cls.env["territory.loader"]

    def _load(self, **files):
        with folder_of(**files) as folder:
            return self.loader._load_folder(folder)

    def _refused(self, **files):
        with self.assertRaises(UserError) as caught, self.cr.savepoint():
            self._load(**files)
        return str(caught.exception)

    def test_another_territory_is_loaded_from_its_folder_only(self):
        report = self._load(communes=COMMUNES, services=SERVICES, topics=TOPICS, epci=EPCI)
        self.assertEqual(report["communes.csv"]["created"], 2)
        self.assertEqual(report["services.csv"]["created"], 2)
        self.assertEqual(report["topics.csv"]["created"], 1)
        company = self.env.company
        self.assertEqual((company.name, company.company_registry), ("CC du Fictif", "732829320"))
        self.assertEqual(company.opening_hours, "Lundi 9h-12h")
        communes = self.env["territory.commune"].search([])
        self.assertEqual(communes.mapped("insee_code"), ["98001", "98002"])
        self.assertEqual(communes[0].former_ids.mapped("name"), ["Amont", "Aval"])
        school = self.env["territory.service"].search([("code", "=", "fict_ecole")])
        self.assertEqual((school.kind, school.commune_ids), ("school", communes))
        self.assertTrue(school.reads_family_file)
        self.assertFalse(school.reads_dwelling)

    def test_loading_again_changes_nothing(self):
        files = {"communes": COMMUNES, "services": SERVICES, "topics": TOPICS, "epci": EPCI}
        self._load(**files)
        for counts in self._load(**files).values():
            self.assertEqual((counts["created"], counts["updated"]), (0, 0))
            self.assertTrue(counts["unchanged"])

    def test_what_changed_is_updated_and_what_left_is_archived_not_deleted(self):
        self._load(communes=COMMUNES)
        gone = self.env["territory.commune"]._find_by_insee("98002")
        changed = COMMUNES.replace(",120,", ",130,").replace("98012", "98013")
        changed = "\n".join(changed.splitlines()[:2])
        report = self._load(communes=changed)
        self.assertEqual(
            report["communes.csv"],
            {"created": 0, "updated": 1, "unchanged": 0, "archived": ["Mont-Fictif"]},
        )
        self.assertTrue(gone.exists())
        self.assertFalse(gone.active)
        commune = self.env["territory.commune"]._find_by_insee("98013")
        self.assertEqual((commune.insee_code, commune.population), ("98001", 130))
        self.assertFalse(self.env["territory.commune"]._find_by_insee("98012"))
        self.assertEqual(self._load(communes=COMMUNES)["communes.csv"]["updated"], 2)
        self.assertTrue(gone.active, "a commune that comes back is the same record")

    def test_hours_written_by_the_secretary_stay(self):
        self._load(communes=COMMUNES)
        commune = self.env["territory.commune"]._find_by_insee("98001")
        commune.opening_hours = "Mardi 14 h - 18 h"
        self.assertEqual(self._load(communes=COMMUNES)["communes.csv"]["unchanged"], 2)
        self.assertEqual(commune.opening_hours, "Mardi 14 h - 18 h")

    def test_each_bad_row_is_told_and_nothing_is_loaded(self):
        bad = COMMUNES.replace("98002,Mont", "9800,Mont").replace(",120,", ",beaucoup,")
        message = self._refused(communes=bad)
        self.assertIn("communes.csv, line 2, column population: “beaucoup”", message)
        self.assertIn("communes.csv, line 3, column code_insee: “9800”", message)
        self.assertFalse(self.env["territory.commune"].search([]))

    def test_bad_values_of_communes(self):
        for good, bad, column in (
            ("732829320", "732829321", "siren"),
            ("98100", "981", "code_postal"),
            ("Amont|Aval", "Amont", "anciens_noms"),
            ("Mont-Fictif", "", "nom"),
            ("98002", "98001", "code_insee"),
        ):
            with self.subTest(column=column):
                message = self._refused(communes=COMMUNES.replace(good, bad))
                self.assertIn(f"column {column}", message)

    def test_bad_values_of_services(self):
        for good, bad, column in (
            (",ecole,", ",college,", "type"),
            ("98001|98002", "98001|98009", "communes"),
            (",oui,", ",peut-être,", "lit_dossier_famille"),
            ("fict_mairie", "fict_ecole", "code"),
        ):
            with self.subTest(column=column):
                message = self._refused(communes=COMMUNES, services=SERVICES.replace(good, bad))
                self.assertIn(f"column {column}", message)
                self.assertFalse(self.env["territory.commune"].search([]), "nor the other file")

    def test_files_that_are_not_csv(self):
        self.assertIn("UTF-8", self._refused(communes=COMMUNES.encode("utf-16")))
        self.assertIn("no row", self._refused(communes=COMMUNES.splitlines()[0]))
        self.assertIn("line 4", self._refused(communes=COMMUNES + "98003,Trop,98300,1,,,,,\n"))
        self.assertIn("communes.csv", self._refused(services=SERVICES))

    def test_the_report_is_read_by_people(self):
        loader = self.loader.with_context(lang="en_US")
        report = loader._format_report(
            {"communes.csv": {"created": 1, "updated": 2, "unchanged": 3, "archived": ["Aval"]}}
        )
        self.assertEqual(
            report,
            "communes.csv: 1 created, 2 updated, 3 unchanged\n"
            "communes.csv: no longer in the file, archived: Aval\n",
        )
