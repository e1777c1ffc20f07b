from odoo.tests import BaseCase

from ..tools.page import HIDDEN, PAGE_MAX, clean_page, link_page

SIGNED = "eyJpZCI6MTJ9.Zx8-a_Qk3pW7vT"
CODE = "K7M9P2QRST"


class TestCleanPage(BaseCase):
    """What is kept of an address opens nothing."""

    def test_a_page_of_ours_stays_as_it_is(self):
        for page in (
            "/",
            "/demarches/demander-un-bac/formulaire",
            "/suivi/BAC-2026-0001",
            "/my/demandes/123",
            "/communes/l-épine-aux-bois-2",
            "/contenu/territory.commune/5/image",
            "/web/login",
        ):
            self.assertEqual(clean_page(page), page)

    def test_no_query_no_fragment_no_host(self):
        for typed in (
            f"/suivi?numero=BAC-2026-0001&code={CODE}",
            f"/suivi#code={CODE}",
            f"/suivi%3Fcode={CODE}",
            f"/suivi%253Fcode={CODE}",
            f"https://exemple.test/suivi?access_token={SIGNED}",
            f"/suivi;code={CODE}",
            f"/suivi\\?code={CODE}",
        ):
            with self.subTest(typed):
                self.assertEqual(clean_page(typed), "/suivi")

    def test_no_secret_among_the_parts(self):
        for secret in (
            SIGNED,
            CODE,
            "ABCDEFGHJK",
            "550e8400-e29b-41d4-a716-446655440000",
            "d41d8cd98f00b204e9800998ecf8427e",
            "a" * 40,
            "ana@exemple.test",
        ):
            with self.subTest(secret):
                self.assertEqual(clean_page(f"/avis/{secret}/lire"), f"/avis/{HIDDEN}/lire")

    def test_what_is_no_address_is_nothing(self):
        for typed in (None, 5, "", "demarches", "javascript:alert(1)", "//exemple.test", "\x00"):
            self.assertEqual(clean_page(typed), "")
        self.assertLessEqual(len(clean_page("/mot" * 500)), PAGE_MAX)

    def test_a_link_is_one_parameter(self):
        self.assertEqual(link_page("/a&b=c"), f"/{link_page('/' + HIDDEN)[1:]}")
        self.assertEqual(link_page("/demarches/fête"), "/demarches/f%C3%AAte")
