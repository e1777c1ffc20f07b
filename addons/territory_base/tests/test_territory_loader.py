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
OPENINGS = """service,jour,du,au,de,a,note
fict_mairie,mardi,,,16h,19 h,
fict_mairie,mardi,,,9:30,12h,
fict_mairie,vendredi,,,9,12,sur rendez-vous
fict_mairie,,24/12/2026,31/12/2026,,,congés
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
        self._load(communes=COMMUNES, services=SERVICES)
        commune = self.env["territory.commune"]._find_by_insee("98002")
        town_hall = self._as_data(commune.town_hall_id)
        town_hall.write({"opening_note": "Mardi 14 h - 18 h", "phone": "03 00 00 00 07"})
        report = self._load(communes=COMMUNES, services=SERVICES)
        self.assertEqual(report["services.csv"]["unchanged"], 2)
        self.assertEqual(commune.opening_hours, "Mardi 14 h - 18 h")
        self.assertEqual(commune.phone, "03 00 00 00 07", "an empty cell leaves what was typed")
        self._load(communes=COMMUNES, services=SERVICES.replace("98002,,,,non", "98002,-,,,non"))
        self.assertFalse(commune.phone, "a dash empties it")

    def test_each_bad_row_is_told_and_nothing_is_loaded(self):
        bad = COMMUNES.replace("98002,Mont", "9800,Mont").replace(",120,", ",beaucoup,")
        message = self._refused(communes=bad)
        self.assertIn("communes.csv, line 2, column population: “beaucoup”", message)
        self.assertIn("communes.csv, line 3, column code_insee: “9800”", message)
        self.assertFalse(self.env["territory.commune"].search([]))

    def test_the_centre_of_a_commune(self):
        places = 'code_insee,nom,latitude,longitude\n98001,Le Val-Fictif,"48,25",5.5\n'
        self._load(communes=places)
        commune = self.env["territory.commune"]._find_by_insee("98001")
        self.assertEqual((commune.latitude, commune.longitude), (48.25, 5.5))
        for bad in ("au nord", "inf", "nan"):
            message = self._refused(communes=places.replace("5.5", bad))
            self.assertIn("column longitude", message)

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

    def test_opening_hours_are_found_by_several_columns(self):
        files = {"communes": COMMUNES, "services": SERVICES, "openings": OPENINGS}
        self._load(**files)
        town_hall = self.env["territory.commune"]._find_by_insee("98002").town_hall_id
        town_hall = self._as_data(town_hall)
        self.assertEqual(len(town_hall.week_opening_ids), 3)
        self.assertEqual(town_hall.exception_ids.mapped("note"), ["congés"])
        typed = town_hall.opening_ids.create(
            {"service_id": town_hall.id, "weekday": "0", "hour_from": 8, "hour_to": 9}
        )
        self.assertEqual(self._load(**files)["openings.csv"]["unchanged"], 4)
        files["openings"] = OPENINGS.replace("fict_mairie,vendredi,,,9,12,sur rendez-vous\n", "")
        files["openings"] = files["openings"].replace("16h,19 h", "16h,18 h")
        report = self._load(**files)["openings.csv"]
        self.assertEqual((report["created"], report["updated"], len(report["archived"])), (0, 1, 1))
        self.assertTrue(typed.exists(), "what was made on screen stays")
        self.assertEqual(sorted(town_hall.week_opening_ids.mapped("hour_to")), [9, 12, 18])

    def test_bad_opening_hours(self):
        for good, bad, column in (
            ("16h", "seize", "de"),
            ("19 h", "25 h", "a"),
            ("vendredi", "vendredy", "jour"),
            ("24/12/2026", "24/13/2026", "du"),
            ("vendredi,", "vendredi,01/12/2026", "jour"),
            ("fict_mairie", "inconnu", "service"),
            ("9:30,12h", "16h,12h", "service"),
        ):
            with self.subTest(column=column):
                message = self._refused(
                    communes=COMMUNES, services=SERVICES, openings=OPENINGS.replace(good, bad)
                )
                self.assertIn(f"column {column}", message)

    def test_a_service_that_left_the_file_is_archived_one_made_on_screen_stays(self):
        self._load(communes=COMMUNES, services=SERVICES)
        gone = self.env["territory.service"].search([("code", "=", "fict_ecole")])
        rows = SERVICES.splitlines()
        report = self._load(communes=COMMUNES, services="\n".join([rows[0], rows[2]]))
        self.assertEqual(report["services.csv"]["archived"], ["École du Val"])
        self.assertFalse(gone.active)
        self.assertTrue(self.service.active)
        self._load(communes=COMMUNES, services=SERVICES)
        self.assertTrue(gone.active, "a service that comes back is the same record")

    def test_the_other_names_of_a_commune_find_it(self):
        communes = COMMUNES.replace("anciens_noms\n", "anciens_noms,autres_noms\n").replace(
            "Amont|Aval", "Amont|Aval,Vieux-Val"
        )
        self._load(communes=communes)
        commune = self.env["territory.commune"]._find_by_insee("98001")
        self.assertEqual(commune.search([("display_name", "ilike", "vieux-v")]), commune)
        self.assertEqual(self._load(communes=communes)["communes.csv"]["unchanged"], 2)

    def test_a_file_may_be_json(self):
        services = """[{"code": "fict_ecole", "nom": "École du Val", "type": "ecole",
            "communes": ["98001", "98002"], "lit_dossier_famille": true, "telephone": null}]"""
        report = self._load(communes=COMMUNES, services=services)
        self.assertEqual(report["services.json"]["created"], 1)
        school = self.env["territory.service"].search([("code", "=", "fict_ecole")])
        self.assertEqual(len(school.commune_ids), 2)
        self.assertTrue(school.reads_family_file)
        self.assertEqual(
            self._load(communes=COMMUNES, services=services)["services.json"]["unchanged"], 1
        )
        for bad in ('{"code": "x"}', '["x"]', "[{"):
            self.assertIn("JSON", self._refused(communes=COMMUNES, services=bad))
        bad = services.replace('"ecole"', '"college"')
        self.assertIn("column type", self._refused(communes=COMMUNES, services=bad))

    def test_a_check_tells_and_writes_nothing(self):
        with folder_of(communes=COMMUNES, services=SERVICES) as folder:
            report = self.loader._load_folder(folder, check=True)
        self.assertEqual(report["communes.csv"]["created"], 2)
        self.assertFalse(self.env["territory.commune"].search([]))
        self.assertFalse(self.env["territory.service"].search([("code", "like", "fict_")]))
        bad = COMMUNES.replace(",120,", ",beaucoup,")
        topics = TOPICS.replace(",3,", ",trois,")
        with folder_of(communes=bad, topics=topics) as folder, self.assertRaises(UserError) as told:
            self.loader._load_folder(folder, check=True)
        self.assertIn("communes.csv", str(told.exception))
        self.assertIn("topics.csv", str(told.exception), "each file is told at once")

    def test_details_of_a_town_hall_are_those_of_its_service(self):
        communes = COMMUNES.replace("anciens_noms\n", "anciens_noms,telephone\n").replace(
            "Amont|Aval", "Amont|Aval,03 00 00 00 00"
        )
        self.assertIn("column telephone", self._refused(communes=communes))

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
