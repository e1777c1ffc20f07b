import csv
import re
from html import unescape
from pathlib import Path

from freezegun import freeze_time

from odoo.tests import HttpCase, new_test_user, tagged

FOLDER = Path(__file__).parent / "second_epci"
FIRST_EPCI = Path(__file__).parents[3] / "data"
PAGES = (
    "/",
    "/demarches",
    "/suivi",
    "/mentions-legales",
    "/inscription",
    "/web/login",
    "/demarches/{slug}",
    "/demarches/{slug}/formulaire",
)


@tagged("post_install", "-at_install")
class TestSecondEpci(HttpCase):
    """Another authority swaps `data/` and keeps the code: nothing speaks of the first one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.dpo_contact = "Déléguée d’essai, dpo@exemple.test"
        cls.env["territory.loader"]._load_folder(FOLDER)
        cls.service = cls.env["territory.service"].search([("code", "=", "dechets-fictif")])
        cls.procedure = cls.env.ref("waste_collection.procedure_bin")
        cls.procedure.write(
            {
                "service_id": cls.service.id,
                "topic_id": cls.env["territory.topic"].search([("code", "=", "bacs-fictif")]).id,
            }
        )
        if cls.procedure.state != "published":
            manager = new_test_user(
                cls.env, "second_epci", "territory_base.territory_group_manager"
            )
            cls.procedure.with_user(manager).action_publish()

    @classmethod
    def _read_names(cls):
        """What the first authority's data name: itself, its communes, those they absorbed."""
        names = {"Argonne"}
        with (FIRST_EPCI / "communes.csv").open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                names |= {row["nom"], *row["anciens_noms"].split("|")}
        names.discard("")
        return names

    def _open(self, page):
        response = self.url_open(page.format(slug=self.procedure.slug))
        self.assertEqual(response.status_code, 200, page)
        return unescape(response.text).replace("’", "'")

    def test_the_folder_alone_makes_the_territory(self):
        company = self.env.company
        self.assertEqual(company.name, "Communauté de communes du Val-Fictif")
        self.assertEqual(company.company_registry, "000000018")
        communes = self.env["territory.commune"].search([], order="insee_code")
        self.assertEqual(communes.mapped("insee_code"), ["98001", "98002", "98003"])
        self.assertEqual(communes._find_by_insee("98012"), communes[0])
        self.assertEqual(communes.search([("display_name", "ilike", "Aval-F")]), communes[0])
        town_hall = self.env["territory.service"].search([("code", "=", "mairie-98002")])
        self.assertEqual(
            (town_hall.kind, town_hall.commune_ids, self.service.commune_ids.ids),
            ("town_hall", communes[1], []),
        )

    def test_its_services_and_their_hours(self):
        town_hall = self.env["territory.commune"]._find_by_insee("98002").town_hall_id
        self.assertEqual(town_hall.code, "mairie-98002")
        with freeze_time("2026-12-01"):
            said = town_hall.with_context(lang="fr_FR").opening_hours
        self.assertEqual(
            said.splitlines(),
            [
                "Jeudi\xa0: 14\xa0h – 16\xa0h\xa030",
                "Fermé du 20 au 31 décembre (congés)",
            ],
        )
        page = self._open("/demarches/{slug}").replace("\xa0", " ")
        self.assertIn("Lundi et mardi : 9 h – 12 h", page)

    def test_pages_bear_its_name(self):
        self.assertIn("Val-Fictif", self._open("/"))
        self.assertIn("Bacs et tri du Val", self._open("/demarches"))
        self.assertIn("03 00 00 00 02", self._open("/demarches/{slug}"))
        form = self._open("/demarches/{slug}/formulaire")
        for commune in ("Val-Fictif", "Mont-Fictif", "Pré-Fictif"):
            self.assertIn(commune, form)
        legal = self._open("/mentions-legales")
        self.assertIn("Communauté de communes du Val-Fictif", legal)

    def test_no_page_names_the_first_one(self):
        names = self._read_names()
        self.assertGreater(len(names), 47)
        pattern = re.compile(rf"\b({'|'.join(map(re.escape, names))})\b")
        for page in PAGES:
            found = set(pattern.findall(self._open(page)))
            self.assertFalse(found, f"{page} names {found}")
