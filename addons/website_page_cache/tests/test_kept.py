from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.http import request
from odoo.sql_db import Cursor

from ..models.website_page_cache import WebsitePageCache
from .common import PATH, PageCacheCase, draw

NOON = "2026-11-27 12:00:00"


def end_at(moment):
    def act():
        request.env["website.page.cache"]._end_at(moment)
        return draw()

    return act


class TestKept(PageCacheCase):
    def test_second_visitor_gets_the_same_bytes_without_drawing(self):
        first = self.assertDrawn()
        second, drawn = self.see()
        self.assertEqual(drawn, 0)
        self.assertEqual(first.content, second.content)
        self.assertEqual(first.headers["Content-Type"], second.headers["Content-Type"])
        self.assertIn("03 53 01 00 00", second.text)

    def test_a_kept_page_costs_two_queries_at_most(self):
        self.assertKept()
        asked = []
        execute = Cursor.execute

        def watch(cursor, query, *args, **kwargs):
            asked.append(str(getattr(query, "code", query)))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, "execute", watch):
            self.see()
        ours = [query for query in asked if "SAVEPOINT" not in query and "signaling" not in query]
        self.assertLessEqual(len(ours), 2, ours)

    def test_who_only_reads_gets_neither_session_nor_cookie(self):
        for answer in (self.assertDrawn(), self.assertKept()):
            self.assertNotIn("Set-Cookie", answer.headers)

    def test_browser_that_has_the_page_is_told_so_in_a_line(self):
        answer = self.assertKept()
        self.assertEqual(answer.headers["Cache-Control"], "public, max-age=0, must-revalidate")
        for tag in (answer.headers["ETag"], "W/" + answer.headers["ETag"]):
            again, drawn = self.see(status=304, headers={"If-None-Match": tag})
            self.assertEqual((again.content, drawn), (b"", 0))
            self.assertEqual(again.headers["ETag"], answer.headers["ETag"])
        self.company.phone = "03 53 01 00 01"
        again, _drawn = self.see(headers={"If-None-Match": answer.headers["ETag"]})
        self.assertIn("03 53 01 00 01", again.text)

    def test_each_address_and_each_declared_value_has_its_page(self):
        self.assertKept()
        for path in (f"{PATH}/autre", f"{PATH}?couleur=bleu", f"{PATH}?couleur=vert"):
            self.assertDrawn(path)
            self.assertKept(path)

    def test_one_page_however_its_address_is_written(self):
        for asked in ("?&&", "?&"):
            self.assertDrawn(f"{PATH}{asked}")
        self.assertDrawn()
        for asked in ("?&&", "?&", "?"):
            self.assertEqual(self.see(f"{PATH}{asked}")[1], 0, asked)
        self.assertDrawn(f"{PATH}?couleur=bleu")
        for asked in ("?couleur=bleu&", "?&couleur=%62leu"):
            self.assertEqual(self.see(f"{PATH}{asked}")[1], 0, asked)
        pages = self.env["website.page.cache"]._get_store().pages
        self.assertEqual(len([key for key in pages if PATH in key]), 2)

    def test_each_language_has_its_page(self):
        french = self.env["res.lang"]._activate_lang("fr_FR")
        english = self.env["res.lang"]._activate_lang("en_US")
        self.website.write(
            {"language_ids": [(6, 0, (french | english).ids)], "default_lang_id": english.id}
        )
        self.view.with_context(lang="fr_FR").update_field_translations(
            "arch_db", {"fr_FR": {"Essai": "Tentative"}}
        )
        self.assertIn("Essai", self.assertKept().text)
        self.assertIn("Tentative", self.assertKept(f"/fr{PATH}").text)
        # The language that she chose is remembered.
        self.opener.cookies.pop("frontend_lang")
        answer, drawn = self.see()
        self.assertEqual(drawn, 0)
        self.assertIn("Essai", answer.text)

    def test_each_host_has_its_page(self):
        """What names the site in a page is not what another visitor called it."""
        self.assertKept()
        self.assertDrawn(headers={"Host": f"localhost:{self.http_port()}"})

    def test_page_that_ends_is_drawn_again(self):
        self.let(end_at(datetime(2026, 11, 27, 12, 30)))
        with freeze_time(NOON) as clock:
            self.assertKept()
            clock.move_to("2026-11-27 12:29:59")
            self.assertEqual(self.see()[1], 0)
            clock.move_to("2026-11-27 12:30:00")
            self.assertDrawn()

    def test_page_without_end_lives_until_midnight_of_the_territory(self):
        for end in (None, datetime(2026, 12, 25)):
            self.let(end_at(end))
            with freeze_time(NOON) as clock:
                self.env["website.page.cache"]._empty()
                self.assertKept()
                clock.move_to("2026-11-27 22:59:59")
                self.assertEqual(self.see()[1], 0)
                clock.move_to("2026-11-27 23:00:00")
                self.assertDrawn()

    def test_page_that_says_open_ends_when_that_is_no_longer_true(self):
        service = self.env["territory.service"].create(
            {
                "name": "Mairie",
                "code": "page_cache",
                "kind": "town_hall",
                # A Friday, half an hour before: "closes soon".
                "opening_ids": [(0, 0, {"weekday": "4", "hour_from": 8, "hour_to": 17})],
            }
        )

        def say():
            state = request.env["territory.service"].sudo().browse(service.id)._get_opening_state()
            return draw(words=state.state)

        self.let(say)
        with freeze_time(NOON) as clock:
            self.assertIn("open", self.assertKept().text)
            for moment, word in (("15:30", "soon"), ("16:00", "closed")):
                clock.move_to(f"2026-11-27 {moment}:00")
                self.assertIn(word, self.assertDrawn().text)

    def test_clock_that_goes_back_shows_nothing_of_tomorrow(self):
        with freeze_time(NOON) as clock:
            self.assertKept()
            clock.move_to("2026-11-26 12:00:00")
            self.assertDrawn()

    def test_end_is_heard_of_a_page_only(self):
        Cache = self.env["website.page.cache"]
        self.assertIsInstance(Cache, WebsitePageCache)
        Cache._end_at(datetime(2026, 1, 1))
        Cache._keep_private()
        self.assertKept()
