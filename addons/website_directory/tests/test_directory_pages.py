import json
from base64 import b64encode
from unittest.mock import patch
from urllib.parse import quote

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from odoo.addons.website_parts.tests.common import PageCase, photo

from .common import DirectoryMakers

LIST_BUDGET, SHEET_BUDGET = 45, 40
HOSTILE = (
    "page=0",
    "page=-1",
    "page=1e9",
    "page=999999999999999999999",
    "page[]=2",
    "q=%27%20OR%201%3D1--",
    "q=" + "a" * 5000,
    "q=" + quote("<script>alert(1)</script>"),
    "q[]=x",
    "c=%ff&c=" + "x" * 3000,
    "&".join(f"c=x{rank}" for rank in range(500)),
    "f=1&f=__class__&f=" + quote("') OR ('"),
    "ou=../../etc&ou=%F0%9F%92%A9",
    "pour=1%20OR%201",
    "acces=step_free&acces=write_date",
    "ouvert=2&carte=x&page=x",
    "carte=1&ouvert=1&q=x&page=2",
    "=&&&==",
)


@tagged("post_install", "-at_install")
class TestDirectoryPages(DirectoryMakers, PageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_directory()
        cls.owner = cls.env["res.partner"].create(
            {
                "name": "Société Cachée",
                "company_type": "company",
                "phone": "03 99 99 99 99",
                "email": "cachee@exemple.test",
                "street": "99 rue Cachée",
            }
        )
        cls.baker = cls._sheet(
            "Le Fournil d’Essai",
            activity="Boulangerie",
            category_id=cls.bakeries.id,
            owner_id=cls.owner.id,
            summary="Pain au levain",
            phone="03 99 00 00 01",
            street="1 rue du Four",
            url="https://fournil.exemple.test/page",
            video_url="https://video.exemple.test/fournil",
            latitude=48.9,
            longitude=5.2,
            date_verified="2026-11-03",
            body="<p>Ouvert depuis 1950.</p>",
            facet_ids=[Command.set(cls.parcels.ids)],
            opening_ids=cls._week((4, 9, 12)),
            link_ids=[Command.create({"name": "La fête", "url": "https://fete.exemple.test"})],
        )
        cls.club = cls._sheet("Les Marcheurs d’Essai", category_id=cls.clubs.id)

    def names(self, page):
        return page.tree.xpath("//main//ul[contains(@class, 'et-rows--pic')]//li/div/a/text()")

    def counts(self, page, key):
        return {
            field.get("value"): " ".join(label.text_content().split())
            for field in page.tree.xpath(f"//main//input[@name='{key}'][@type='checkbox']")
            for label in page.tree.xpath(f"//main//label[@for='{field.get('id')}']")
        }

    # -- the list

    def test_visitor_reads_the_list_and_narrows_it(self):
        page = self.get("/annuaire")
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self.names(page), ["Le Fournil d’Essai", "Les Marcheurs d’Essai"])
        self.assertEqual(self.counts(page, "c")["t-boutiques"], "Boutiques (1)")
        narrow = self.get("/annuaire?c=t-boutiques&f=t-paquets")
        self.assertEqual(self.names(narrow), ["Le Fournil d’Essai"])
        self.assertEqual(self.value(narrow, "c"), ["t-boutiques"])
        chips = narrow.tree.xpath("//ul[@class='et-chosen']//a[@class='et-tag']/@href")
        self.assertEqual(chips, ["/annuaire?f=t-paquets", "/annuaire?c=t-boutiques"])
        self.assertEqual(self.names(self.get(f"/annuaire?ou={self.clairval.slug}")), [])

    def test_open_now_follows_the_clock(self):
        for moment, names in (
            ("2026-11-27 09:00:00", ["Le Fournil d’Essai"]),
            ("2026-11-27 11:00:00", []),
        ):
            with freeze_time(moment):
                self.assertEqual(self.names(self.get("/annuaire?ouvert=1")), names, moment)
        with freeze_time("2026-11-27 10:45:00"):
            state = self.get("/annuaire").tree.xpath("//*[contains(@class, 'et-open--soon')]")
            self.assertIn("12", state[0].text_content())

    def test_words_with_a_slip_and_words_that_find_nothing(self):
        self.assertEqual(self.names(self.get("/annuaire?q=boulanjerie")), ["Le Fournil d’Essai"])
        self.env["territory.search.miss"].search([]).unlink()
        page = self.get("/annuaire?q=zzzzz")
        self.assertEqual(page.status_code, 200)
        box = page.tree.xpath("//main//*[contains(@class, 'et-empty')]")[0]
        self.assertTrue(box.xpath(".//a[@href='/annuaire']"))
        self.assertTrue(self.env["territory.search.miss"].search([]))

    def test_words_that_find_something_or_are_narrowed_are_not_kept_nor_any_without_end(self):
        kept = []
        Miss = self.env.registry["territory.search.miss"]
        with patch.object(Miss, "_keep", lambda self, words: kept.append(words)):
            for query in ("q=pain", "q=zzzzz&c=t-boutiques", "q=zzzzz"):
                self.get(f"/annuaire?{query}")
            self.env["public.guard"]._hit("territory.search", "127.0.0.1", 30, 900, by=29)
            self.assertEqual(self.get("/annuaire?q=yyyyy").status_code, 200)
        self.assertEqual(kept, ["zzzzz"])

    def test_the_site_map_of_search_engines_names_what_is_online(self):
        waiting = self._sheet("Étal en attente", is_online=False)
        listed = self.url_open("/sitemap.xml").text
        self.assertIn(f"/annuaire/{self.baker.slug}<", listed)
        self.assertNotIn(waiting.slug, listed)

    def test_hostile_addresses_give_a_clean_page(self):
        for query in HOSTILE:
            page = self.get(f"/annuaire?{query}")
            self.assertEqual(page.status_code, 200, query[:80])
            self.assertEqual(len(page.tree.xpath("//h1")), 1, query[:80])
            self.assertNotIn("<script>alert", page.text)
        self.assertEqual(len(self.value(self.get(f"/annuaire?q={'x' * 3000}"), "q")), 100)
        self.assertEqual(self.get("/annuaire?q=%00").status_code, 400, "Core refuses it")
        for path in ("%ff", "..%2f", "x" * 3000, quote("<b>"), "photo", "photo/1"):
            self.assertIn(self.url_open(f"/annuaire/{path}").status_code, (400, 404), path[:50])

    def test_one_address_for_search_engines_without_noise(self):
        page = self.get("/annuaire?q=pain&page=3&utm_source=x&ouvert=1")
        canonical = page.tree.xpath("//link[@rel='canonical']/@href")
        self.assertTrue(canonical[0].endswith("/annuaire"), canonical)
        for query in ("q=pain", "ouvert=1", "carte=1", "c=t-boutiques&f=t-paquets"):
            self.assertIn("noindex", self.get(f"/annuaire?{query}").headers["X-Robots-Tag"], query)
        self.assertNotIn("X-Robots-Tag", self.get("/annuaire?c=t-boutiques").headers)
        self.assertTrue(page.tree.xpath("//meta[@name='description']/@content")[0].strip())

    def test_previous_and_next(self):
        self._many("Étal", 45, category_id=self.clubs.id)
        page = self.get("/annuaire?c=t-cercles&page=2&x=y")
        self.assertEqual(page.tree.xpath("//a[@rel='prev']/@href"), ["/annuaire?c=t-cercles"])
        self.assertEqual(
            page.tree.xpath("//a[@rel='next']/@href"), ["/annuaire?c=t-cercles&page=3"]
        )

    def test_the_map_is_ours_and_asks_nobody(self):
        marks = "//*[contains(@class, 'et-carte')]//a/@href"
        self.assertFalse(self.get("/annuaire").tree.xpath(marks))
        page = self.get("/annuaire?carte=1")
        self.assertEqual(page.tree.xpath(marks), [f"/annuaire/{self.baker.slug}"])
        self.assertFalse(self.get_outside(page))
        self.assertEqual(self.get("/annuaire?carte=1&c=t-cercles").status_code, 200)

    def test_an_empty_directory_says_so(self):
        self._take_off(self.Entry.search([("is_online", "=", True)]))
        self.assertIn("pas encore de fiche", self.get("/annuaire").text)

    # -- the sheet

    def get_outside(self, page):
        """What a browser would fetch elsewhere by itself."""
        fetched = page.tree.xpath("//main//@src | //main//iframe | //main//object | //main//video")
        return [each for each in fetched if not str(each).startswith("/")]

    def test_a_video_plays_here_once_somebody_presses(self):
        url = f"/annuaire/{self.baker.slug}"
        self.baker._publish_as("test", {"video_url": "https://www.youtube.com/watch?v=a-B_9"})
        page = self.get(url)
        self.assertFalse(self.get_outside(page))
        place = page.tree.xpath("//main//*[@data-player]")[0]
        self.assertEqual(place.get("data-player").split("?")[0][-11:], "embed/a-B_9")
        self.assertTrue(place.xpath("self::*[@hidden]//button"))
        self.assertIn("youtube.com", place.text_content(), "where it comes from")
        self.assertTrue(page.tree.xpath("//main//a[@href='https://www.youtube.com/watch?v=a-B_9']"))
        self.assertTrue(page.tree.xpath("//script[contains(@src, 'assets_video')]"))
        self.baker._publish_as("test", {"video_url": "https://autre.test/watch?v=a"})
        self.assertFalse(self.get(url).tree.xpath("//main//*[@data-player]"))

    def test_visitor_reads_the_sheet(self):
        with freeze_time("2026-11-27 09:00:00"):
            page = self.get(f"/annuaire/{self.baker.slug}")
        self.assertEqual(page.tree.xpath("string(//h1)"), "Le Fournil d’Essai")
        text = " ".join(page.tree.xpath("string(//main)").split())
        for words in (
            "Boulangerie, Valmont-Test",
            "Pain au levain",
            "Ouvert depuis 1950.",
            "1 rue du Four",
            "99100 Valmont-Test",
            "Paquets",
            "Vendredi (aujourd’hui)",
            "ferme à 12",
            "fournil.exemple.test",
        ):
            self.assertIn(words, text)
        self.assertEqual(
            set(page.tree.xpath("//main//a[@class='et-tel']/@href")), {"tel:+33399000001"}
        )
        self.assertIn("Pain au levain", page.tree.xpath("//meta[@name='description']/@content")[0])

    def test_nothing_outside_is_asked_before_a_click(self):
        page = self.get(f"/annuaire/{self.baker.slug}")
        self.assertFalse(self.get_outside(page))
        for address in ("https://video.exemple.test/fournil", "https://fete.exemple.test"):
            (link,) = page.tree.xpath(f"//main//a[@href='{address}']")
            self.assertEqual(link.get("rel"), "noopener noreferrer")
            self.assertIn("autre site", link.text_content())

    def test_the_owner_is_never_shown(self):
        for path in ("/annuaire", f"/annuaire/{self.baker.slug}", "/annuaire?q=societe"):
            text = self.get(path).text
            for words in ("Société Cachée", "99 99 99 99", "cachee@", "rue Cachée"):
                self.assertNotIn(words, text, path)

    def test_what_search_engines_read_is_valid(self):
        page = self.get(f"/annuaire/{self.baker.slug}")
        (script,) = page.tree.xpath("//script[@type='application/ld+json']/text()")
        told = json.loads(script)
        self.assertEqual(told["@type"], "Store")
        self.assertTrue(told["url"].endswith(f"/annuaire/{self.baker.slug}"))
        self.assertEqual(told["openingHoursSpecification"][0]["dayOfWeek"], "Friday")
        self._publish(self.baker, summary="</script><script>alert(1)</script>")
        self.assertNotIn("<script>alert", self.get(f"/annuaire/{self.baker.slug}").text)

    def test_former_address_leads_to_the_new_one(self):
        former = self.baker.slug
        self.baker.slug = "fournil-neuf"
        moved = self.url_open(f"/annuaire/{former}", allow_redirects=False)
        self.assertEqual(moved.status_code, 301)
        self.assertTrue(moved.headers["Location"].endswith("/annuaire/fournil-neuf"))
        self.assertEqual(self.url_open("/annuaire/fournil-neuf").status_code, 200)

    def test_a_sheet_that_is_gone_says_where_else_to_look(self):
        self._take_off(self.baker)
        page = self.get(f"/annuaire/{self.baker.slug}")
        self.assertEqual(page.status_code, 410)
        self.assertIn("n’existe plus", page.tree.xpath("string(//h1)"))
        self.assertNotIn("Fournil d’Essai", page.text)
        self.assertTrue(page.tree.xpath("//main//a[@href='/annuaire?c=t-fournils']"))

    def test_a_sheet_that_nobody_has_accepted_is_as_one_that_never_was(self):
        waiting = self._sheet("Étal en attente", is_online=False)
        shown = [self.get(f"/annuaire/{slug}") for slug in (waiting.slug, "jamais")]
        self.assertEqual([page.status_code for page in shown], [404, 404])
        self.assertNotIn("Étal en attente", shown[0].text)
        for path in ("/annuaire", f"/annuaire/{self.baker.slug}"):
            page = self.get(path).text
            self.assertIn(self.club.slug, page, "Another one of the same place")
            self.assertNotIn(waiting.slug, page)

    def test_photos_are_served_while_the_sheet_is_online(self):
        self._publish(
            self.baker,
            photo=b64encode(photo(side=400)),
            photo_alt="La vitrine",
            photo_credit="Essai",
            photo_ids=[Command.create({"image": b64encode(photo("blue", 300)), "alt": "Le four"})],
        )
        page = self.get(f"/annuaire/{self.baker.slug}")
        pictures = page.tree.xpath("//main//img[starts-with(@src, '/contenu/')]")
        self.assertEqual([each.get("alt") for each in pictures], ["La vitrine", "Le four"])
        addresses = [each.get("src") for each in pictures]
        (small,) = self.get("/annuaire").tree.xpath("//main//img[@alt='La vitrine']/@src")
        answers = [self.url_open(address) for address in (*addresses, small)]
        for answer in answers:
            self.assertEqual(answer.status_code, 200)
            self.assertTrue(answer.headers["Content-Type"].startswith("image/"))
        self.assertEqual(len({answer.content for answer in answers}), 3, "Each its own")
        self.assertIn("immutable", answers[2].headers["Cache-Control"])
        for wrong in ("photo_alt", "write_date", "owner_id"):
            path = f"/contenu/directory.entry/{self.baker.id}/{wrong}"
            self.assertEqual(self.url_open(path).status_code, 404, wrong)
        self._take_off(self.baker)
        for address in (*addresses, small):
            self.assertEqual(self.url_open(address).status_code, 404)

    # -- kept pages

    def test_what_is_published_is_shown_at_once_by_the_pages_that_are_kept(self):
        paths = ("/annuaire", f"/annuaire/{self.baker.slug}", "/annuaire?c=t-boutiques&carte=1")
        for path in paths:
            self.assertTrue(self.url_open(path).headers.get("ETag"), path)
        self._publish(self.baker, summary="Seigle et noix")
        self.env.cr.precommit.run()
        for path in paths:
            self.assertIn("Seigle et noix", self.get(path).text, path)
        for path in ("/annuaire?q=pain", "/annuaire?ouvert=1"):
            self.assertIn("private", self.url_open(path).headers["Cache-Control"], path)

    def test_a_kept_page_ends_with_the_hours_that_it_says(self):
        with freeze_time("2026-11-27 09:00:00"):
            for path in ("/annuaire", f"/annuaire/{self.baker.slug}"):
                self.assertIn("et-open", self.get(path).text)
        with freeze_time("2026-11-27 11:01:00"):
            for path in ("/annuaire", f"/annuaire/{self.baker.slug}"):
                self.assertIn("et-open--no", self.get(path).text)

    # -- budgets

    def test_budget_of_the_pages(self):
        before = self.count_queries("/annuaire")
        self.assertLessEqual(before, LIST_BUDGET)
        self.assertLessEqual(self.count_queries(f"/annuaire/{self.baker.slug}"), SHEET_BUDGET)
        self._many(
            "Étal",
            30,
            commune_ids=[Command.set(self.valmont.ids)],
            opening_ids=self._week((1, 9, 12)),
        )
        self.assertLessEqual(self.count_queries("/annuaire"), before + 1)

    def test_the_list_works_without_script(self):
        page = self.get("/annuaire")
        self.assertFalse(page.tree.xpath("//main//script"))
        self.assertTrue(page.tree.xpath("//main//form[@action='/annuaire']//button"))
