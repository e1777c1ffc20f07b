from .common import PASSWORD, PUBLIC_PAGES, ThemeCase

QUERY = "utm_source=lettre&utm_campaign=ete&utm_medium=mail&gclid=1"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
ALLOWED_COOKIES = {"session_id", "frontend_lang"}


class TestNoTracking(ThemeCase):
    def test_nothing_is_kept_of_a_visitor(self):
        self.env.ref("website_territory_theme.home").track = True
        visitors = self.env["website.visitor"].search_count([])
        tracks = self.env["website.track"].search_count([])
        for path in PUBLIC_PAGES:
            response = self.url_open(f"{path}?{QUERY}", headers=BROWSER)
            self.assertEqual(response.status_code, 200, path)
            self.assertLessEqual(set(self.opener.cookies.keys()), ALLOWED_COOKIES, path)
            self.assertNotIn("document.cookie", response.text, path)
        self.assertEqual(self.env["website.visitor"].search_count([]), visitors)
        self.assertEqual(self.env["website.track"].search_count([]), tracks)

    def test_nothing_is_kept_of_a_resident(self):
        visitors = self.env["website.visitor"].search_count([])
        self.authenticate("resident@example.com", PASSWORD)
        self.url_open(f"/my?{QUERY}", headers=BROWSER)
        self.assertLessEqual(set(self.opener.cookies.keys()), ALLOWED_COOKIES)
        self.assertEqual(self.env["website.visitor"].search_count([]), visitors)

    def test_no_addon_can_make_a_visitor(self):
        visitors = self.env["website.visitor"].search_count([])
        self.assertFalse(self.env["website.visitor"]._get_visitor_from_request(force_create=True))
        self.assertEqual(self.env["website.visitor"].search_count([]), visitors)

    def test_an_analytics_key_loads_nothing(self):
        self.website.write({"google_analytics_key": "G-1", "plausible_shared_key": "x"})
        response = self.url_open("/")
        self.assertNotIn("googletagmanager", response.text)
        self.assertNotIn("plausible", response.text)
