from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import config

from .common import CommuneHttpCase

COOKIE = "mon_village"
PATH = "/communes/mon-village"


@tagged("post_install", "-at_install")
class TestMyVillage(CommuneHttpCase):
    def post(self, values, **headers):
        return self.url_open(PATH, data=values, headers=headers, allow_redirects=False)

    def choose(self, code="99001"):
        response = self.post({"commune": code})
        self.assertEqual(response.status_code, 303)
        return response

    def test_a_reader_has_her_village_remembered_then_forgotten(self):
        self.get("/")
        self.assertNotIn(COOKIE, self.opener.cookies)
        chosen = self.choose()
        self.assertEqual(self.opener.cookies[COOKIE], "99001")
        written = chosen.headers["Set-Cookie"]
        self.assertIn("SameSite=Lax", written)
        self.assertIn("Max-Age=31536000;", written)
        self.assertEqual(chosen.headers["Cache-Control"], "no-store")
        page = self.get(PATH)
        self.assertIn("03 00 00 00 09", self.text(page))
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.post({"oublier": "1"})
        self.assertNotIn(COOKIE, self.opener.cookies)
        self.assertNotIn("03 00 00 00 09", self.text(self.get(PATH)))

    def test_what_was_chosen_by_https_is_not_sent_otherwise(self):
        proxied = {"X-Forwarded-Host": "127.0.0.1", "X-Forwarded-Proto": "https"}
        with patch.dict(config.options.maps[0], {"proxy_mode": True}):
            chosen = self.post({"commune": "99001"}, **proxied)
        self.assertIn("; Secure;", chosen.headers["Set-Cookie"])
        self.assertNotIn("Secure", self.choose().headers["Set-Cookie"])

    def test_the_home_page_is_the_same_for_everybody(self):
        """One that is kept in memory would show somebody's village to another."""

        def main():
            return self.get("/").text.partition("<main")[2].partition("</main>")[0]

        before = main()
        self.choose()
        self.assertEqual(main(), before)
        self.assertIn('id="mon-village"', before)
        self.assertNotIn("csrf_token", before)

    def test_the_lines_of_the_script_are_the_same_for_everybody(self):
        before = self.get("/communes/99001/en-bref")
        self.choose("99002")
        self.assertEqual(self.get("/communes/99001/en-bref").text, before.text)
        self.assertIn("Valmont", before.text)
        self.assertIn("noindex", before.headers["X-Robots-Tag"])

    def test_another_site_does_not_choose_for_her(self):
        for site in ("cross-site", "same-site"):
            self.post({"commune": "99001"}, **{"Sec-Fetch-Site": site})
            self.assertNotIn(COOKIE, self.opener.cookies, site)
        # Nor does an address that was given to her.
        self.url_open(f"{PATH}?commune=99001", data={"x": ""}, allow_redirects=False)
        self.assertNotIn(COOKIE, self.opener.cookies)
        self.choose()
        self.url_open(f"{PATH}?oublier=1", data={"x": ""}, allow_redirects=False)
        self.assertIn(COOKIE, self.opener.cookies)

    def test_a_code_that_is_none_changes_nothing(self):
        for code in ("", "00000", "é", "x" * 5000, "99001; Path=/", "\r\nSet-Cookie: a=b"):
            self.assertEqual(self.post({"commune": code}).status_code, 303, code)
            self.assertNotIn(COOKIE, self.opener.cookies)
        self.opener.cookies[COOKIE] = "<script>"
        self.assertNotIn("<script>alert", self.get(PATH).text)

    def test_the_cookie_is_told_where_cookies_are(self):
        for path in ("/donnees-personnelles", "/mentions-legales"):
            self.assertIn(COOKIE, self.text(self.get(path)))
