import base64
import io
from datetime import datetime

from lxml.html import fromstring
from PIL import Image

from odoo import Command
from odoo.tests import tagged

from odoo.addons.room_booking.tests.common import NINE, SIX, RoomCase, room_vals
from odoo.addons.territory_search.models.territory_search_index import Asked
from odoo.addons.website_parts.tests.common import PageCase, photo
from odoo.addons.website_procedure.controllers.form_commune import ELSEWHERE

from ..pages.room_month import RoomMonth

# Of a month, by somebody who acts for an association; one looks for the form that she began.
QUERIES = 46


@tagged("post_install", "-at_install")
class TestRoomPages(RoomCase, PageCase):
    """What everybody reads of a room."""

    def _states(self, month="2026-12"):
        weeks = RoomMonth(self.room, month).weeks
        return {cell["number"]: cell["state"] for week in weeks for cell in week if cell}

    def test_each_day_free_or_taken_with_its_set_up(self):
        for start, stop in (
            (NINE, SIX),
            (datetime(2026, 12, 16, 19), datetime(2026, 12, 16, 21)),
            (datetime(2026, 12, 18, 7), datetime(2026, 12, 18, 23)),
        ):
            self.room._book(start, stop, state="internal")
        states = self._states()
        # Cleaned until 19:00, and the evening is set up from 17:00 on.
        self.assertEqual(
            [states[day] for day in (12, 16, 17, 18)], ["taken", "day", "free", "taken"]
        )
        # Too near: it is asked seven days before.
        self.assertEqual((states[1], states[2]), ("late", "free"))
        self.assertEqual(self._states("2026-11")[24], "past")
        self.room.days_ahead = 20
        self.assertEqual(self._states()[16], "ahead")

    def test_an_address_is_of_one_room_whatever_came_and_went(self):
        def make(count):
            vals = room_vals(self.room.service_id, self.room.commune_id, name="Salle d’essai")
            return self.env["room.room"].create([dict(vals) for _each in range(count)])

        first, second, third = make(3)
        root = first.slug
        self.assertEqual((second.slug, third.slug), (f"{root}-2", f"{root}-3"))
        second.unlink()
        self.assertEqual(make(1).slug, f"{root}-2")
        # An address that was printed leads to another room never, even once it has changed.
        third.slug = f"{root}-du-bas"
        self.assertEqual(make(1).slug, f"{root}-4")
        find = self.env["room.room"]._find_by_slug
        self.assertEqual(find(f"{root}-3", [("id", "in", (first | third).ids)]), third)

    def test_the_search_knows_the_list_of_the_rooms(self):
        found = self.env["territory.search.index"]._list(Asked("louer une salle")).documents
        self.assertIn("/salles", found.mapped("url"))

    def test_who_lives_elsewhere_reads_it_before_she_chooses_a_day(self):
        url = self.room._get_content_url()
        for user, is_told in ((None, False), (self.camille, False), (self.sacha, True)):
            self.sign_in(user) if user else self.authenticate(None, None)
            words = self.get(url).tree.xpath("string(//main)")
            self.assertEqual(
                "Votre adresse est ailleurs" in words, is_told, " ".join(words.split())[:900]
            )
        self._association(user=self.sacha)
        self.assertNotIn("Votre adresse est ailleurs", self.get(url).tree.xpath("string(//main)"))

    def _tariffs(self, *tariffs):
        """A version where durations have a price: (duration, euros, kind of applicant)."""
        draft = self.procedure.action_new_version()
        draft.tariff_ids = [
            Command.create(
                {
                    "basis": "choice",
                    "key": "room_period",
                    "value": period,
                    "amount": amount,
                    "who": who,
                }
            )
            for period, amount, who in tariffs
        ]
        self.procedure.action_publish()

    def _periods(self, asking=None):
        day = RoomMonth(self.room, day="2026-12-12", asking=asking).day
        words = {each["value"]: each["words"].replace("\xa0", " ") for each in day["periods"]}
        return [words[period] for period in ("day", "evening", "weekend")]

    def test_each_duration_has_its_price_of_who_reads(self):
        self.env = self.env(context={**self.env.context, "lang": "fr_FR"})
        self.room = self.room.with_env(self.env)
        plain = ["9 h – 18 h", "18 h – 2 h", "Samedi 9 h – dimanche 18 h"]
        self.assertEqual(self._periods(), plain, "no tariff, no price")
        self._tariffs(
            ("day", "80", False), ("evening", "90", False), ("evening", "0", "association")
        )
        day, evening, weekend = self._periods()
        self.assertEqual(day, "9 h – 18 h, 80,00 €")
        self.assertEqual(evening, "18 h – 2 h, de 0,00 € à 90,00 €, selon qui demande")
        self.assertEqual(weekend, plain[2])
        camille = self.camille.partner_id
        self.assertEqual(self._periods(camille)[1], "18 h – 2 h, 90,00 €")
        club = self._association()
        self.assertEqual(self._periods(club)[1], "18 h – 2 h, 0,00 €")
        self.assertIn("selon qui demande", self._periods(camille | club)[1])

    def test_a_price_that_another_answer_makes_is_not_said(self):
        self._tariffs(("day", "80", False))
        self.assertIn("80,00", self._periods()[0])
        reckon = type(self.procedure.version_id)._reckon

        def reckon_more(version, answers, who, day=None):
            lines = reckon(version, answers, who, day)
            return [*lines, {"is_told_later": True, "total_cents": 0}]

        self.patch(type(self.procedure.version_id), "_reckon", reckon_more)
        self.assertNotIn("€", self._periods()[0])

    def test_a_month_costs_few_queries_whatever_is_booked_and_whoever_reads(self):
        self._tariffs(("day", "80", False), ("day", "0", "association"), ("weekend", "120", False))
        path = f"{self.room._get_content_url()}?jour=2026-12-12"
        self.room._book(NINE.replace(day=9), SIX.replace(day=9), state="internal")
        few = self.count_queries(path)
        for day in range(13, 29):
            start = datetime(2026, 12, day, 9)
            self.room._book(start, start.replace(hour=10), state="internal")
        self.assertLessEqual(self.count_queries(path), few)
        self._association()
        self.authenticate(self.camille.login, self.camille.login)
        hers = self.count_queries(path)
        self.assertLess(max(few, hers), QUERIES)

    def test_legend_says_the_words_of_this_month_only(self):
        room = self.room.with_context(lang="fr_FR")
        legend = RoomMonth(room, "2027-01").legend
        self.assertFalse(legend, "everything is free")
        self.room._book(NINE, SIX, state="internal")
        legend = RoomMonth(room, "2026-12").legend
        self.assertIn("pris", legend)
        self.assertIn("tél.", legend)
        self.assertNotIn("fermé", legend)
        self.room.days_ahead = 20
        self.assertIn("fermé", RoomMonth(room, "2026-12").legend)

    def test_page_says_when_and_never_who_nor_why(self):
        self._ask(room_purpose="Mariage de Lou")
        page = self.url_open(f"{self.room._get_content_url()}?jour=2026-12-11")
        self.assertEqual(page.status_code, 200)
        for word in ("Duchêne", "Camille", "Mariage"):
            self.assertNotIn(word, page.text)
        self.assertIn("no-store", page.headers["Cache-Control"])
        # A day that is chosen leads to its form, without script.
        for name, value in {"salle": self.room.id, "jour": "2026-12-11"}.items():
            self.assertIn(f'name="{name}" value="{value}"', page.text)

    def test_a_day_in_option_says_so_and_leads_to_its_wait(self):
        request = self._ask()
        self.assertEqual(self._states()[12], "option")
        month = RoomMonth(self.room.with_context(lang="fr_FR"), day="2026-12-12")
        self.assertIn("en option", month.legend)
        page = self.get(f"{self.room._get_content_url()}?jour=2026-12-12")
        (link,) = page.tree.xpath("//table//a[contains(@href, 'jour=2026-12-12')]")
        self.assertIn("en option", link.text_content())
        self.assertNotIn("Duchêne", page.text)
        form = page.tree.xpath("//form[.//input[@name='attente']]")[0]
        waited = form.xpath(".//input[@name='moment']/@value")
        self.assertEqual(waited, ["day", "evening", "weekend"], "cleaned until the evening begins")
        self.assertIn("2026-12-12", form.xpath(".//input[@name='jour']/@value"))
        # Once it is given, nobody waits.
        request.room_booking_ids.state = "complete"
        self.assertEqual(self._states()[12], "taken")
        request.room_booking_ids.state = "option"
        # Nor where the form does not ask it.
        draft = self.procedure.action_new_version()
        draft.field_ids.filtered(lambda each: each.key == "room_waiting").unlink()
        self.procedure.action_publish()
        self.assertEqual(self._states()[12], "taken")

    def _read_kept(self):
        """The word of the cell of Saturday, the words of the page, whether it leads to the form."""
        page = self.get(f"{self.room._get_content_url()}?jour=2026-12-12")
        (cell,) = page.tree.xpath("//table//td[.//b[@data-j][normalize-space()='12']]")
        form = f"/demarches/{self.procedure.slug}/formulaire"
        return (
            cell.text_content().split()[-1],
            " ".join(page.tree.xpath("string(//main)").split()),
            bool(page.tree.xpath(f"//main//a[@href='{form}']")),
        )

    def _assert_only_busy(self):
        word, words, is_led = self._read_kept()
        self.assertEqual((word, is_led), ("pris", False))
        self.assertIn("Ce jour n’est plus libre", words)
        self.assertNotIn("pour vous", words)

    def test_a_day_that_her_form_holds_is_kept_for_her_and_busy_for_the_others(self):
        Pending = self.env["website.procedure.pending"].sudo()
        pending, _claim = Pending._start(self.procedure, self.camille.partner_id)
        holder = pending._get_slot_holder()
        held = self.env["room.booking"].sudo()._hold(self.room, NINE, SIX, holder)
        self.sign_in(self.camille)
        word, words, is_led = self._read_kept()
        self.assertEqual((word, is_led), ("gardé", True))
        self.assertIn("gardée pour vous jusqu’à 1 h 15", words)
        self.assertNotIn("Ce jour n’est plus libre", words)
        self.assertNotIn("Prise ce jour-là", words)
        for user in (self.sacha, self.stranger):
            self.sign_in(user)
            self._assert_only_busy()
        self.authenticate(None, None)
        self._assert_only_busy()
        held.held_until = "2026-11-24 00:00:00"
        self.sign_in(self.camille)
        word, words, _is_led = self._read_kept()
        self.assertNotEqual(word, "gardé", "it is over")
        self.assertNotIn("gardée pour vous", words)

    def test_a_visitor_reads_what_this_browser_holds(self):
        path = f"/demarches/{self.procedure.slug}/formulaire"
        asked = {
            "room": str(self.room.id),
            "room_day": "12/12/2026",
            "room_period": "day",
            "_action": "next",
        }
        self.authenticate(None, None)
        self.post(path, {**self.hidden(self.get(path)), **asked})
        self.assertEqual(self.room.booking_ids.mapped("state"), ["held"])
        word, words, is_led = self._read_kept()
        self.assertEqual((word, is_led), ("gardé", True))
        self.assertIn("gardée pour vous", words)
        self.authenticate(None, None)
        self._assert_only_busy()

    def test_the_commune_of_a_neighbour_leads_to_the_rooms_for_her(self):
        """The procedure is answered at Valmont; a room of it takes those of Clairval."""
        self.procedure.commune_ids = self.commune
        begin = f"/demarches/{self.procedure.slug}/commencer?commune="
        there = begin + self.other_commune.insee_code
        page = self.get(there)
        words = " ".join(page.tree.xpath("string(//main)").split())
        self.assertNotIn("ne concerne pas", words)
        self.assertIn("Salle du lavoir : pour les habitants de Valmont seulement", words)
        self.room.open_to = "territory"
        page = self.get(there)
        self.assertIn("/formulaire", page.url)
        elsewhere = " ".join(self.get(f"{begin}{ELSEWHERE}").tree.xpath("string(//main)").split())
        self.assertIn("Salle du lavoir", elsewhere)
        self.room.open_to = "all"
        self.assertIn("/formulaire", self.get(there).url)

    def test_page_of_a_room_says_the_prices_of_its_procedure(self):
        self._let_at_a_price()
        tariffs = self.procedure.with_context(lang="fr_FR")._get_tariff_sentences()
        self.assertTrue(tariffs)
        page = fromstring(self.url_open(self.room._get_content_url()).content.decode())
        words = " ".join(page.xpath("string(//main)").split())
        for sentence in tariffs:
            self.assertIn(" ".join(sentence.split()), words)

    def test_page_of_a_room_leaves_out_the_prices_of_the_others(self):
        vals = room_vals(self.town_hall, self.commune, procedure_id=self.procedure.id)
        other = self.env["room.room"].create({**vals, "name": "Salle du four"})
        draft = self.procedure.action_new_version()
        draft.tariff_ids = [
            Command.create(
                {"basis": "choice", "key": "room", "value": str(room.id), "amount": each}
            )
            for room, each in ((self.room, "61"), (other, "97"))
        ]
        self.procedure.action_publish()
        page = self.url_open(self.room._get_content_url()).text
        self.assertIn("61,00", page)
        self.assertNotIn("97,00", page)

    def test_room_of_no_procedure_has_no_page(self):
        url = self.room._get_content_url()
        self.room.procedure_id = False
        self.assertEqual(self.url_open(url).status_code, 404)
        self.assertNotIn(self.room.name, self.url_open("/salles").text)

    def test_page_of_a_commune_leads_to_its_days_even_when_it_is_tried(self):
        # As a publication makes it.
        on_page = self.env["commune.room"]._as_publication()
        on_page = on_page.create({"name": "Salle du lavoir", "commune_id": self.room.commune_id.id})
        self.room.page_room_id = on_page
        self.assertEqual(on_page._get_calendar_url(), self.room._get_content_url())
        for tried, url in (
            (on_page.new(origin=on_page), self.room._get_content_url()),
            (on_page.new({"name": "Salle neuve"}), False),
        ):
            with self.assertNoLogs("odoo.domains", "WARNING"):
                self.assertEqual(tried._get_calendar_url() or False, url)

    def test_the_list_shows_the_photo_of_each_room(self):
        (drawing,) = self.get("/salles").tree.xpath("//main//li/img")
        self.assertEqual((drawing.get("alt"), drawing.get("loading")), ("", "lazy"))
        self.assertEqual(self.url_open(drawing.get("src")).status_code, 200)
        commune = self.room.commune_id
        commune.page_state = "open"
        commune._publish_as(
            "test",
            {
                "room_ids": [
                    Command.create(
                        {
                            "name": "Salle du lavoir",
                            "photo": base64.b64encode(photo(side=1200)),
                            "photo_alt": "La salle et son parquet",
                        }
                    )
                ]
            },
        )
        self.room.page_room_id = commune.room_ids
        (shown,) = self.get("/salles").tree.xpath("//main//li/img")
        self.assertEqual(
            (shown.get("alt"), shown.get("loading")), ("La salle et son parquet", "lazy")
        )
        served = self.url_open(shown.get("src"))
        self.assertEqual(Image.open(io.BytesIO(served.content)).width, 480)
        # A commune that is closed serves no picture.
        commune.page_state = "closed"
        (shown,) = self.get("/salles").tree.xpath("//main//li/img")
        self.assertEqual(shown.get("src"), drawing.get("src"))

    def test_whatever_the_address_says(self):
        url = self.room._get_content_url()
        for wrong in ("?mois=x", "?mois=9999-99", "?jour=2026-02-30", "?jour=0001-01-01", "?mois="):
            with self.subTest(wrong):
                self.assertEqual(self.url_open(url + wrong).status_code, 200)
