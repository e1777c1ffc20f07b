from urllib.parse import urlsplit

from freezegun import freeze_time

from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.waste_round.tests.common import RoundCommon

ROOT = "/dechets/calendrier"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25")
class TestCalendarRoutes(RoundCommon, HttpCase):
    def _get(self, path, status=200):
        answer = self.url_open(path, allow_redirects=False)
        self.assertEqual(answer.status_code, status, path)
        return answer

    def _leads(self, path):
        location = urlsplit(self._get(path, 303).headers["Location"])
        return f"{location.path}?{location.query}".rstrip("?")

    def test_from_the_commune_to_the_calendar(self):
        self.assertIn("55991", self._get(ROOT).text)
        found = self._leads(f"{ROOT}?commune=55991&rue=12+rue+Haute")
        self.assertEqual(found, f"{ROOT}/val-du-test/toute-la-commune")
        page = self._get(found)
        self.assertIn('datetime="2026-11-30"', page.text)
        self.assertNotIn("script", page.text.partition("<main")[2].partition("</main")[0])
        answer = self._get(f"{found}/collectes.ics")
        self.assertEqual(answer.headers["Content-Type"], "text/calendar; charset=utf-8")
        self.assertIn(b"BEGIN:VEVENT", answer.content)

    def test_a_street_with_two_sides(self):
        self._round("Pairs", [{"street": "Rue du Moulin", "side": "even"}], weekday="2")
        page = self._get(f"{ROOT}/val-du-test?rue=moulin")
        self.assertIn(f"{ROOT}/val-du-test/rue-du-moulin", page.text)
        street = f"{ROOT}/val-du-test/rue-du-moulin"
        self.assertIn('name="numero"', self._get(street).text)
        found = self._leads(f"{street}?numero=12")
        self.assertNotIn("numero", found)
        self.assertIn("tournees=pairs,tri-du-jeudi", found)

    def test_nobody_is_named(self):
        """Pages of the public hold streets; who lives there is nowhere."""
        user = new_test_user(self.env, "round_reader", groups="base.group_portal")
        self.env["territory.dwelling"]._find_or_create("77 rue Secrète", "", self.commune)
        user.partner_id.write({"firstname": "Zoé", "lastname": "Introuvable"})
        for path in (f"{ROOT}/val-du-test/toute-la-commune", ROOT, f"{ROOT}/val-du-test"):
            page = self.url_open(path).text
            self.assertNotIn("Introuvable", page)
            self.assertNotIn("rue Secrète", page)

    def test_hostile_addresses(self):
        self._get(f"{ROOT}/inconnue", 404)
        self._get(f"{ROOT}/val-du-test/inconnue", 404)
        # A phone that subscribed must not go silent: whatever the street, it reads something.
        self._get(f"{ROOT}/val-du-test/inconnue/collectes.ics")
        self._get(f"{ROOT}/inconnue/inconnue/collectes.ics", 404)
        whole = f"{ROOT}/val-du-test/toute-la-commune"
        for query in ("annee=99999999999", "annee=x", "tournees=,x,", "numero=99999999999999"):
            self._get(f"{whole}?{query}")
        self._get(f"{ROOT}?commune=xxxxx&rue=x")
        self._get(f"{ROOT}?commune=a&commune=b")

    def test_my_space_leads_to_the_calendar_of_my_address(self):
        user = new_test_user(self.env, "round_home", groups="base.group_portal")
        user.password = "round_home"
        home = self.env["territory.dwelling"]._find_or_create("1 rue Haute", "", self.commune)
        household = self.env["res.partner"].create(
            {"kind": "household", "name": "Foyer", "company_type": "company"}
        )
        user.partner_id.write({"kind": "person", "firstname": "Zoé", "lastname": "Martin"})
        self.env["household.membership"].create(
            {"household_id": household.id, "person_id": user.partner_id.id}
        )
        self.env["dwelling.occupancy"].create(
            {"dwelling_id": home.id, "occupant_id": household.id, "date_start": "2020-01-01"}
        )
        self.authenticate("round_home", "round_home")
        self.assertIn(f"{ROOT}/val-du-test/toute-la-commune", self._get("/my").text)
