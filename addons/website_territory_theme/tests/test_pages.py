from http.client import HTTPConnection
from unittest.mock import patch
from urllib.parse import urlsplit

from lxml import html
from werkzeug.exceptions import NotFound

from odoo.tools import mute_logger

from odoo.addons.territory_base import clock

from .common import PASSWORD, PUBLIC_PAGES, ThemeCase


class TestPages(ThemeCase):
    def check_page(self, page, path):
        self.assertEqual(page.get("lang").split("-")[0], "fr", path)
        self.assertEqual(len(page.xpath("//h1")), 1, path)
        self.assertEqual(len(page.xpath("//main[@id='contenu']")), 1, path)
        self.assertEqual(len(page.xpath("//header")), 1, path)
        self.assertEqual(len(page.xpath("//footer")), 1, path)
        self.assertTrue(page.xpath("//a[@href='#contenu'][hasclass('et-skip')]"), path)
        self.assertFalse(page.xpath("//img[not(@alt)]"), path)
        base = self.env["ir.config_parameter"].get_param("web.base.url")
        outside = [
            address
            for address in self.addresses(page)
            if address.startswith(("http:", "https:", "//")) and not address.startswith(base)
        ]
        self.assertFalse(outside, path)
        self.assertNotIn("Powered by", page.text_content(), path)

    def test_visitor_opens_every_public_page_without_any_script(self):
        for path in PUBLIC_PAGES:
            with self.subTest(path):
                page = self.open_page(path)
                self.check_page(page, path)
                self.assertFalse(self.scripts(page), path)

    def test_the_menu_says_where_one_is(self):
        self.env["website.menu"].create(
            {
                "name": "Essais",
                "url": "/accessibilite",
                "parent_id": self.website.menu_id.id,
                "website_id": self.website.id,
            }
        )
        for path, current in (("/accessibilite", "page"), ("/mentions-legales", None)):
            page = self.open_page(path)
            links = page.xpath("//nav[hasclass('et-nav')]//a[@href='/accessibilite']")
            self.assertTrue(links)
            self.assertEqual({link.get("aria-current") for link in links}, {current}, path)
            self.assertTrue(page.xpath("//footer//a[@href='/accessibilite'][.='Essais']"))

    def test_the_number_of_the_publisher_bears_its_name(self):
        for number, name in (("200 066 140", "SIREN"), ("200 066 140 00012", "SIRET")):
            self.website.company_id.company_registry = number
            labels = self.open_page("/mentions-legales").xpath("//dt/text()")
            self.assertIn(f"Numéro {name}", [label.strip() for label in labels])

    def test_visitor_can_call_from_every_page(self):
        page = self.open_page("/mentions-legales")
        self.assertIn("tel:+33353010000", self.addresses(page))
        tools = page.xpath("//div[hasclass('et-tools')]")[0]
        words = " ".join(tools.text_content().split())
        for word in ("Menu", "Chercher", "Appeler", "Mon espace"):
            self.assertIn(word, words)

    def test_resident_is_greeted_and_finds_the_account(self):
        self.authenticate("resident@example.com", PASSWORD)
        page = self.open_page("/my")
        self.check_page(page, "/my")
        self.assertEqual(page.xpath("//h1")[0].text_content().split(), ["Bonjour", "Camille"])
        self.assertFalse(self.scripts(page))
        self.assertIn("Camille D.", page.xpath("//header")[0].text_content())
        for path in ("/my/account", "/my/security"):
            self.assertIn(path, self.addresses(page))
            self.check_page(self.open_page(path), path)

    def test_resident_has_one_contact_sheet(self):
        self.authenticate("resident@example.com", PASSWORD)
        for path in ("/my/addresses", "/my/address", "/my/address?use_delivery_as_billing=x"):
            response = self.url_open(path, allow_redirects=False)
            self.assertEqual(response.status_code, 303, path)
            self.assertTrue(response.headers["Location"].endswith("/my/account"))

    def test_errors_speak_plainly(self):
        page = self.open_page("/nulle-part", status=404)
        self.check_page(page, "404")
        self.assertIn("Cette page n’existe pas", page.xpath("//h1")[0].text_content())
        self.assertFalse(self.scripts(page))
        with mute_logger("odoo.http"):
            page = self.open_page("/mentions-legales?x=%00", status=400)
        self.check_page(page, "400")

    def test_errors_of_routes_without_website_are_ours_for_a_browser(self):
        for path, status in (
            ("/web/content/99999999", 404),
            ("/web/assets/1234/nulle.part.css", 404),
            ("/web/login/totp", 303),
            ("/report/barcode", 400),
        ):
            with self.subTest(path), mute_logger("odoo.http"):
                answer = self.url_open(
                    path, headers={"Accept": "text/html,*/*;q=0.8"}, allow_redirects=False
                )
                self.assertEqual(answer.status_code, status)
                if status != 303:
                    self.check_page(html.fromstring(answer.text), path)

    def test_errors_of_files_that_a_page_shows_are_no_page(self):
        for error, status in ((NotFound(), 404), (RuntimeError(), 500), (KeyError("x"), 404)):
            with (
                self.subTest(error),
                mute_logger("odoo.http"),
                patch.object(self.registry["ir.binary"], "_find_record", side_effect=error),
            ):
                answer = self.url_open("/web/content/1", headers={"Accept": "image/*,*/*"})
                self.assertEqual(answer.status_code, status)
                self.assertNotIn("<main", answer.text)

    def test_page_of_error_is_kept_by_nobody(self):
        for login in (None, "resident@example.com"):
            if login:
                self.authenticate(login, PASSWORD)
            for path in (
                "/nulle-part",
                "/my/nulle-part",
                "/web/content/99999999",
                "/mentions-legales?x=%00",
            ):
                with self.subTest(path, login=login), mute_logger("odoo.http"):
                    answer = self.url_open(path, headers={"Accept": "text/html"})
                    self.assertIn(answer.status_code, (400, 404))
                    self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_the_500_page_needs_no_record(self):
        views = self.env["ir.ui.view"].with_context(lang="fr_FR")
        content = views._render_template("http_routing.500", {"editable": False, "debug": ""})
        self.assertIn("Quelque chose s’est cassé chez nous", content)
        self.assertIn("standalone.css", content)
        self.assertNotIn("<script", content)
        self.assertIn("<title>Quelque chose s’est cassé chez nous</title>", content)
        content = views._render_template("http_routing.500", {"editable": True, "debug": ""})
        self.assertNotIn("standalone.css", content, "designers restore templates on core's page")

    def test_hostile_addresses_of_a_resident_get_no_500(self):
        self.authenticate("resident@example.com", PASSWORD)
        for path in (
            "/web/partner/vcard",
            "/web/profile_config/x",
            "/web/speedscope/x",
        ):
            with self.subTest(path), mute_logger("odoo.http"):
                self.assertEqual(self.url_open(path).status_code, 404)

    def test_hostile_addresses_get_no_500(self):
        for path, status in [
            ("/mentions-legales?x=%00", 400),
            ("/report/barcode", 400),
            ("/%00", 400),
            ("/web/%00", 400),
            ("/%5C", 404),
            ("/web/assets/x/x.css?assets_params=[1]", 404),
            ("/web/assets/x/%25.css", 404),
            ("/nulle-part%2F..%2F..%2Fetc", 404),
            ("/web/image/website/1/logo?width=x", 404),
            ("/website/action/a.b", 404),
            ("/website/search?search=a&order=%27&page=%7B%7D", 301),
        ]:
            with self.subTest(path), mute_logger("odoo.http"):
                response = self.url_open(path, allow_redirects=False)
                self.assertEqual(response.status_code, status)

    def test_addresses_that_climb_get_our_404(self):
        """As sent: a client of HTTP takes the dots away."""
        base = urlsplit(self.base_url())
        for path in (
            "/nulle/../part",
            "/nulle/%2e%2e/part",
            "/nulle/%252e%252e/part",
            "/mentions-legales/..%2fx",
            "/demarches/%2e%2e",
            "/web/static/%252e%252e/x",
            "/%2e%2e%2fx",
            "/%25ff",
            "//hote/%2e%2e",
            "//hote/part/./x",
            "//[hote/x",
        ):
            for method in ("GET", "POST"):
                with (
                    self.subTest(path, method=method),
                    mute_logger("odoo.http"),
                    self.allow_requests(all_requests=True),
                ):
                    connection = HTTPConnection(base.hostname, base.port, timeout=30)
                    connection.request(method, path, headers={"Accept": "text/html"})
                    answer = connection.getresponse()
                    self.assertEqual(answer.status, 404, (path, method))
                    self.assertIn("Cette page n’existe pas", answer.read().decode())
                    connection.close()

    def test_blanks_of_the_legal_notice_are_shown_to_who_fills_them_in(self):
        self.website.territory_publisher = False
        page = self.open_page("/mentions-legales")
        self.assertNotIn("À compléter", page.text_content())
        self.authenticate("admin", "admin")
        page = self.open_page("/mentions-legales")
        self.assertIn("À compléter par l’administrateur", page.text_content())
        self.authenticate(None, None)
        self.website.write(
            {"territory_publisher": "La présidente", "territory_host": "Un hébergeur"}
        )
        self.website.company_id.write(
            {"company_registry": "20006655700015", "email": "a@example.com", "street": "1 rue"}
        )
        page = self.open_page("/mentions-legales")
        self.assertIn("La présidente", page.text_content())
        self.assertNotIn("À compléter", page.text_content())

    def test_accessibility_is_declared_with_its_date_and_plan_only(self):
        """Loi 2005-102, art. 47: before, the page says that it is being prepared."""
        day = clock.today()
        for updated, plan in ((False, False), (day, False), (False, "Sur demande"), (day, " ")):
            self.website.write(
                {"territory_accessibility_updated": updated, "territory_accessibility_plan": plan}
            )
            self.website.company_id.email = "contact@exemple.test"
            text = self.open_page("/accessibilite").xpath("//main")[0].text_content()
            self.assertIn("en cours de préparation", text)
            self.assertIn("n’est pas conforme", text)
            self.assertIn("contact@exemple.test", text)
            self.assertIn("Défenseur des droits", text)
            self.assertNotIn("À compléter", text)
            self.assertNotIn("Cette déclaration", text)
        self.website.territory_accessibility_plan = "Schéma pluriannuel 2026-2028"
        text = self.open_page("/accessibilite").xpath("//main")[0].text_content()
        self.assertIn("Schéma pluriannuel 2026-2028", text)
        self.assertIn(day.strftime("%d/%m/%Y"), text)
        self.assertNotIn("en cours de préparation", text)

    def test_accessibility_gives_no_rate_that_was_not_measured(self):
        self.website.write(
            {
                "territory_accessibility_updated": clock.today(),
                "territory_accessibility_plan": "Schéma pluriannuel",
            }
        )
        self.website.write({"territory_audit_date": False, "territory_audit_rate": 0})
        page = self.open_page("/accessibilite")
        self.assertIn("Ce site n’est pas conforme", page.text_content())
        self.assertNotIn("%", page.xpath("//main")[0].text_content())
        self.website.write(
            {
                "territory_audit_date": clock.today(),
                "territory_audit_rate": 62.5,
                "territory_audit_findings": "Le plan du village n'a pas d'équivalent écrit.",
            }
        )
        page = self.open_page("/accessibilite")
        self.assertIn("Ce site est partiellement conforme", page.text_content())
        self.assertIn("62,5 %", page.xpath("//main")[0].text_content().replace("\xa0", " "))
        self.assertIn("Le plan du village", page.text_content())
        self.assertIn(
            "partiellement conforme", page.xpath("//a[@href='/accessibilite']")[-1].text_content()
        )

    def test_core_pages_that_ours_replace(self):
        # Another addon may bring the search of the whole site.
        search = self.env["website"]._get_search_url()
        for path, target in [
            ("/contactus", "/#nous-joindre"),
            ("/website/info", "/mentions-legales"),
            ("/pages?page=x", "/plan-du-site"),
            ("/website/search?search=bac&order=1;&page=x", f"{search}?q=bac"),
        ]:
            response = self.url_open(path, allow_redirects=False)
            self.assertEqual(response.status_code, 301, path)
            self.assertTrue(response.headers["Location"].endswith(target), path)

    def test_menu_lists_the_records_of_the_site(self):
        page = self.open_page("/")
        menus = page.xpath("//nav[@aria-label='Menu principal']//a/@href")
        self.assertIn("/demarches", menus)
        self.assertIn("/suivi", menus)
        self.assertNotIn("/contactus", menus)
