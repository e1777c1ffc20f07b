from urllib.parse import quote

from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.territory_base.tests.sweep import sweep

from .common import CommuneHttpCase

PASSWORD = "une phrase assez longue"
HOSTILE = (
    "0",
    "-1",
    "99999999999999999999",
    "é",
    "None",
    "a" * 3000,
    "%00",
    "%ff",
    "<script>",
    "' OR 1=1 --",
    "..",
    "{{7*7}}",
    "name desc",
    "٣٣٣٣٣",
)


@tagged("post_install", "-at_install")
class TestCommuneRoutes(CommuneHttpCase):
    def test_everybody_reads_the_pages(self):
        login = new_test_user(
            self.env, "lectrice.test", groups="base.group_portal", password=PASSWORD
        ).login
        staff = new_test_user(
            self.env,
            "equipe.test",
            groups="territory_base.territory_group_communication",
            password=PASSWORD,
        ).login
        for user in (None, login, staff):
            self.authenticate(user, PASSWORD if user else None)
            self.assertIn("Valmont", self.text(self.get("/communes")))
            self.assertIn("Ada Maire", self.text(self.get("/communes/valmont")))
            self.assertIn("Il était", self.text(self.get("/communes/valmont/lhistoire")))
            self.get("/communes/carte")

    def test_previous_names_and_codes_lead_to_the_commune_of_today(self):
        for slug in ("vieux-bourg", "99001", "99011"):
            moved = self.get(f"/communes/{slug}", 301)
            self.assertTrue(moved.headers["Location"].endswith("/communes/valmont"), slug)
        self.commune.name = "Valmont-sur-Eau"
        moved = self.get("/communes/valmont", 301)
        self.assertTrue(moved.headers["Location"].endswith("/communes/valmont-sur-eau"))
        moved = self.get("/communes/valmont/lhistoire", 301)
        self.assertTrue(moved.headers["Location"].endswith("/communes/valmont-sur-eau/lhistoire"))

    def test_a_page_that_is_not_open_keeps_what_the_commune_wrote(self):
        self.commune.page_state = "closed"
        page = self.text(self.get("/communes/valmont"))
        self.assertIn("en préparation", page)
        self.assertIn("03 00 00 00 09", page)
        self.assertNotIn("Ada Maire", page)
        self.assertNotIn("Au bord de l’eau", page)
        self.assertNotIn("PanneauPocket", page)
        groups = "territory_base.territory_group_communication"
        staff = new_test_user(self.env, "equipe.test", groups=groups, password=PASSWORD)
        with mute_logger("odoo.http"):
            for login in (None, staff.login):
                self.authenticate(login, PASSWORD if login else None)
                self.get("/communes/valmont/lhistoire", 404)

    def test_a_local_page_that_is_not_online_is_nowhere(self):
        self.page._publish_as("test", {}, is_online=False)
        with mute_logger("odoo.http"):
            self.get("/communes/valmont/lhistoire", 404)
        other = self.make_page(name="Le lavoir")
        for path in ("", f"/{other.slug}"):
            self.assertNotIn("lhistoire", self.get(f"/communes/valmont{path}").text)

    def test_a_name_leads_to_its_page_words_to_the_list(self):
        moved = self.get("/communes?q=Vieux%20bourg", 303)
        self.assertTrue(moved.headers["Location"].endswith("/communes/valmont"))
        listed = self.get("/communes?q=vieux")
        self.assertIn("Valmont", self.text(listed))
        self.assertIn("private", listed.headers["Cache-Control"], "Words are endless")
        near = self.get("/communes?q=valmonq")
        self.assertIn(
            "Valmont", near.tree.xpath("//main//div[@class='et-empty']")[0].text_content()
        )
        long = self.get(f"/communes?q={'x' * 3000}")
        self.assertEqual(len(long.tree.xpath("//main//input[@name='q']/@value")[0]), 100)

    @sweep("fuzz")
    @mute_logger("odoo.http")
    def test_hostile_addresses_never_break(self):
        for word in HOSTILE:
            safe = word if word.startswith("%") else quote(word, safe="")
            for path in (
                f"/communes/{safe}",
                f"/communes/valmont/{safe}",
                f"/communes/{safe}/lhistoire",
                f"/communes/{safe}/village.svg",
                f"/communes/{safe}/bandeau.svg",
                f"/communes/{safe}/en-bref",
                f"/communes?q={safe}",
                f"/communes?q={safe}&q=x",
            ):
                response = self.url_open(path, allow_redirects=False)
                self.assertLess(response.status_code, 500, path)

    def test_drawings_are_kept_by_browsers(self):
        for path in ("carte.svg", "valmont/village.svg", "valmont/bandeau.svg"):
            drawing = self.get(f"/communes/{path}")
            self.assertEqual(drawing.headers["Content-Type"].partition(";")[0], "image/svg+xml")
            self.assertIn("max-age=604800", drawing.headers["Cache-Control"])
            self.assertEqual(
                drawing.headers["Content-Security-Policy"],
                "default-src 'none'; style-src 'unsafe-inline'",
            )

    def test_each_page_has_a_title_a_description_and_its_own_address(self):
        seen = set()
        for path in (
            "/communes",
            "/communes/carte",
            "/communes/mon-village",
            "/communes/valmont",
            "/communes/valmont/lhistoire",
        ):
            page = self.get(path).tree
            self.assertEqual(len(page.xpath("//h1")), 1, path)
            description = page.xpath("//meta[@name='description']/@content")
            self.assertEqual(len(description), 1, path)
            seen.add(description[0])
            canonical = page.xpath("//link[@rel='canonical']/@href")
            self.assertTrue(canonical[0].endswith(path), canonical)
        self.assertEqual(len(seen), 5)

    def test_every_link_of_the_pages_leads_somewhere(self):
        for path in ("/communes", "/communes/carte", "/communes/valmont", "/communes/mon-village"):
            page = self.get(path).tree
            ids = set(page.xpath("//@id"))
            for href in set(page.xpath("//main//@href | //main//img/@src")):
                if href.startswith("#"):
                    self.assertIn(href[1:], ids, path)
                elif href.startswith("/") and not href.startswith("/web/image"):
                    response = self.url_open(href, allow_redirects=False)
                    self.assertLess(response.status_code, 400, (path, href))

    def test_what_the_intercommunality_tells_stands_on_one_page(self):
        self.shared.commune_ids = self.commune
        self.env["commune.shared.block"].create({"name": "Éteint", "body": "x", "active": False})
        page = self.get("/infos-pratiques").tree
        block = page.xpath(f"//main//*[@id='bloc-{self.shared.id}']")[0]
        self.assertIn("Le mardi.", block.text_content())
        self.assertEqual(block.xpath(".//a/@href"), ["/communes/valmont"])
        self.assertNotIn("Éteint", page.text_content())

    def test_the_site_map_of_search_engines_names_every_page(self):
        self.make_page(self.other_commune, name="Pas encore ouverte")
        self.make_page(name="Retirée")._publish_as("test", {}, is_online=False)
        listed = self.url_open("/sitemap.xml").text
        for path in (
            "/infos-pratiques",
            "/communes",
            "/communes/valmont",
            "/communes/valmont/lhistoire",
        ):
            self.assertIn(f"{path}<", listed)
        for hidden in ("/communes/mon-village", "pas-encore-ouverte", "retiree", ".svg"):
            self.assertNotIn(hidden, listed)

    def test_the_menu_is_in_french(self):
        menu = self.env.ref("website_commune.website_menu_communes")
        self.assertEqual(menu.with_context(lang="fr_FR").name, "Nos villages")
        self.assertIn("Nos villages", self.get("/").tree.xpath("//header")[0].text_content())

    def test_the_list_costs_the_same_with_ten_times_the_communes(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.url_open("/communes")
            return self.env.cr.sql_log_count - before

        def make(first, last):
            self.env["territory.commune"].create(
                [
                    {
                        "name": f"Bourg {n}",
                        "insee_code": f"98{n:03}",
                        "latitude": 48.7 + n / 2000,
                        "longitude": 5.2 + n % 9 / 20,
                        "former_ids": [(0, 0, {"name": f"Hameau {n}"})],
                    }
                    for n in range(first, last)
                ]
            )

        make(0, 47)
        count()
        few = count()
        make(47, 470)
        count()
        self.assertLessEqual(count(), few + 1)
