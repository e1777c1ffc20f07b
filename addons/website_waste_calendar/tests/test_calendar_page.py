from datetime import date

import icalendar
from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.territory_search.models.territory_search_index import Asked
from odoo.addons.waste_round.tests.common import RoundCommon

from ..pages.calendar_page import WHOLE, CalendarPage, find_url


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25")
class TestCalendarPage(RoundCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.odd = cls._round("Impairs", [{"street": "Rue du Moulin", "side": "odd"}], weekday="1")
        cls.even = cls._round("Pairs", [{"street": "Rue du Moulin", "side": "even"}], weekday="2")

    def _page(self, commune=None):
        return CalendarPage(
            self.env(user=self.env.ref("base.public_user")), commune or self.commune
        )

    def test_the_search_knows_its_page(self):
        found = self.env["territory.search.index"]._list(Asked("jours de collecte")).documents
        self.assertIn("/dechets/calendrier", found.mapped("url"))

    def test_a_number_leads_to_rounds_and_is_named_nowhere(self):
        page = self._page()
        url = "/dechets/calendrier/val-du-test/rue-du-moulin"
        for number, round_ in ((13, self.odd), (2012, self.even)):
            found = page.find_way(f"{number} r. du Moulin")
            codes = ",".join(sorted((round_ | self.sorting).mapped("code")))
            self.assertEqual(found, f"{url}?tournees={codes}")
        self.assertEqual(page.find_way("rue du moulin"), url)
        self.assertEqual(page.find_way("Rue Inconnue"), "")
        self.assertEqual(self._page(self.other_commune).find_way("Rue"), "")

    def test_a_street_asks_its_number_until_the_rounds_are_named(self):
        page = self._page()
        asked = page.find_calendar("rue-du-moulin")
        self.assertTrue(asked.asks_number)
        every = self.bins | self.odd | self.even | self.sorting
        self.assertEqual(asked.rounds_sudo, every, "other numbers are those of the commune")
        known = page.find_calendar("rue-du-moulin", self.odd.code)
        self.assertFalse(known.asks_number)
        self.assertEqual(known.rounds_sudo, self.odd | self.sorting)

    def test_who_subscribed_keeps_a_calendar_when_rounds_change(self):
        page = self._page()
        calendar = page.find_calendar("rue-du-moulin", "gone,never")
        self.assertEqual(calendar.rounds_sudo, self.bins | self.odd | self.even | self.sorting)

    def _events(self, content):
        return icalendar.Calendar.from_ical(content).walk("VEVENT")

    def test_a_subscription_whose_rounds_are_gone_says_so_first(self):
        page = self._page()
        held = page.find_calendar("rue-du-moulin", self.odd.code)
        self.assertNotIn("changed", str(self._events(held.make_ics("test"))))
        self.odd.street_ids.unlink()
        self._round("Impairs bis", [{"street": "Rue du Moulin", "side": "odd"}], weekday="4")
        stale = self._page().find_calendar("rue-du-moulin", self.odd.code)
        events = self._events(stale.make_ics("test"))
        notice = [each for each in events if "have changed" in str(each["summary"])]
        self.assertEqual(len(notice), 1)
        self.assertEqual(notice[0]["dtstart"].dt, date(2026, 11, 25))
        self.assertIn("/dechets/calendrier/val-du-test/rue-du-moulin", str(notice[0]["url"]))
        self.assertGreater(len(events), 1, "the days go on")

    def test_a_subscription_to_a_street_that_is_gone(self):
        page = self._page()
        whole = page.find_subscription("rue-du-moulin-disparue")
        self.assertIn("have changed", str(self._events(whole.make_ics("test"))[0]["summary"]))
        self.assertGreater(len(self._events(whole.make_ics("test"))), 1)
        (self.bins | self.sorting).street_ids.unlink()
        none = self._page().find_subscription("rue-du-moulin-disparue")
        (event,) = self._events(none.make_ics("test"))
        self.assertIn("have changed", str(event["summary"]))
        known = self._page().find_subscription("rue-du-moulin", self.odd.code)
        self.assertNotIn("have changed", str(self._events(known.make_ics("test"))[0]["summary"]))

    def test_no_such_street(self):
        self.assertIsNone(self._page().find_calendar("rue-haute"))
        self.assertIsNone(self._page(self.other_commune).find_calendar(WHOLE))

    def test_next_days_and_the_year_say_what_moved(self):
        self._shift("2026-12-07", "2026-12-08")
        self._shift("2026-12-14")
        values = self._page().find_calendar(WHOLE).get_values(2026)
        self.assertIn("annee=2027", values["other_url"])
        days = {row["iso"]: row["pickups"][0] for row in values["next_days"]}
        self.assertIn(" 7 ", days["2026-12-08"]["note"])
        self.assertFalse(days["2026-12-08"]["is_off"])
        self.assertTrue(days["2026-12-14"]["is_off"])
        self.assertEqual(len(values["months"]), 12)
        shown = [row["iso"] for month in values["months"] for row in month["days"]]
        self.assertEqual(shown, sorted(set(shown)))
        self.assertEqual(len([day for day in shown if day < "2026-02"]), 7)

    def test_an_event_follows_its_shift(self):
        def events():
            content = self._page().find_calendar(WHOLE).make_ics("site.test")
            for line in content.split(b"\r\n"):
                self.assertLessEqual(len(line), 75, line)
            return {
                str(event["uid"]): event
                for event in icalendar.Calendar.from_ical(content).walk("VEVENT")
            }

        uid = f"{self.bins.code}-2026-12-07@site.test"
        before = events()
        self.assertEqual(before[uid].decoded("dtstart"), date(2026, 12, 7))
        self.assertEqual(before[uid].decoded("dtend"), date(2026, 12, 8))
        self._shift("2026-12-07", "2026-12-08")
        self._shift("2026-12-14")
        after = events()
        self.assertEqual(set(after), set(before))
        self.assertEqual(after[uid].decoded("dtstart"), date(2026, 12, 8))
        cancelled = after[f"{self.bins.code}-2026-12-14@site.test"]
        self.assertEqual(cancelled["status"], "CANCELLED")

    def test_the_address_of_a_dwelling(self):
        Dwelling = self.env["territory.dwelling"]
        home = Dwelling._find_or_create("13 rue du Moulin", "", self.commune)
        self.assertIn(f"tournees={self.odd.code}", find_url(self.env, home))
        lost = Dwelling._find_or_create("1 rue Haute", "", self.commune)
        self.assertEqual(find_url(self.env, lost), "/dechets/calendrier/val-du-test")
        far = Dwelling._find_or_create("1 rue Haute", "", self.other_commune)
        self.assertEqual(find_url(self.env, far), "")

    def test_a_page_costs_few_queries_at_the_volume_of_the_territory(self):
        self.Street.create(
            [
                {
                    "round_id": (self.bins if rank % 2 else self.sorting).id,
                    "commune_id": self.commune.id,
                    "street": f"Rue {rank}",
                }
                for rank in range(600)
            ]
        )
        self.env.invalidate_all()
        with self.assertQueryCount(14):
            self._page().find_calendar("rue-3").get_values(2026)
