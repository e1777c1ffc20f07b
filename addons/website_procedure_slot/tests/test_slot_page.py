from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.procedure_slot.field_types import SLOT_TYPE
from odoo.addons.procedure_slot.tests.common import NINE, NOW, TWENTY_PAST, SlotCommon
from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_procedure.tests.page_case import FormPageCase

GONE = "Ce créneau vient d’être pris. Choisissez-en un autre."
LAST = TWENTY_PAST.replace(minute=40)


def value(start):
    return str(SLOT_TYPE.to_id(start))


class SlotPageCommon(FormPageCase, SlotCommon):
    """A form of two pages: the hour, then why."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.meeting = cls._procedure("Refaire sa carte", "CARTE", cls.waste, cls._slot_form())

    @classmethod
    def _slot_form(cls):
        return [
            {"key": "p1", "type": "page", "label": "Quand"},
            {
                "key": "slot",
                "type": "slot",
                "label": "Rendez-vous",
                "required": True,
                "slot_calendar_id": cls.calendar.id,
            },
            {"key": "p2", "type": "page", "label": "Pourquoi"},
            {"key": "why", "type": "text", "label": "Motif"},
        ]

    def _choose(self, user=None, start=NINE, **posted):
        """« Suivant », with this hour."""
        posted = {"slot": value(start), "_action": "next", **posted}
        page = self.open(self.meeting, user or self.camille, **posted)
        page.keep()
        return page

    def _item(self, page):
        return next(
            item
            for section in page.sections
            for item in section["fields"]
            if item["name"] == "slot"
        )

    def _shown(self, page):
        """Hours of each day that has some, as they are read."""
        tree = self.draw(page).tree
        shown = {}
        for day in tree.xpath("//fieldset[legend]//fieldset"):
            name = " ".join(day.xpath("./legend")[0].text_content().split())
            hours = [" ".join(each.split()) for each in day.xpath(".//label/span/text()")]
            shown[name] = hours
        return shown


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSlotPage(SlotPageCommon):
    """Days and hours of the question, a week after the other."""

    def test_a_fieldset_for_each_day_and_one_name_for_all(self):
        page = self.open(self.meeting, self.camille)
        self.assertEqual(self._shown(page), {"Mardi 24 mars": ["9 h 00", "9 h 20", "9 h 40"]})
        tree = self.draw(page).tree
        radios = tree.xpath("//input[@type='radio']")
        self.assertEqual({radio.get("name") for radio in radios}, {"slot"})
        self.assertEqual(len(radios), 3)
        reasons = tree.xpath("//*[contains(@class, 'et-slots__none')]")
        words = [" ".join(each.text_content().split()) for each in reasons]
        self.assertEqual(words[0], "Lundi 23 mars Pas de rendez-vous ce jour-là")
        self.assertEqual(len(words), 4)
        self.assertIn("mardi 24 mars à 9\xa0h\xa000", self.draw(page).text)

    def test_another_week_by_a_button_of_the_form(self):
        """What was chosen in another week goes on; what is ticked here takes its place."""
        week = "week slot 2026-03-30"
        page = self.open(self.meeting, self.camille, slot=value(NINE), _action=week)
        self.assertEqual(list(self._shown(page)), ["Mardi 31 mars"])
        tree = self.draw(page).tree
        self.assertEqual(tree.xpath("//input[@type='hidden'][@name='slot']/@value"), [value(NINE)])
        # Two values of one name: the first is that of the radio.
        self.assertTrue(tree.xpath("//input[@type='radio']/following::input[@type='hidden']"))
        pressed = tree.xpath("//button[starts-with(@value, 'week slot')]/@value")
        self.assertEqual(pressed, ["week slot 2026-03-23"])
        # Ten days ahead: nothing after.
        for wrong in ("2026-09-01", "yesterday", "2026-13-01", "0001-01-01"):
            page = self.open(self.meeting, self.camille, _action=f"week slot {wrong}")
            self.assertIn("Mardi", str(self._shown(page)))

    def test_it_opens_on_the_week_of_what_is_chosen(self):
        tuesday = NINE.replace(day=31, hour=7)
        page = self._choose(start=tuesday)
        page.go(0)
        self.assertEqual(list(self._shown(page)), ["Mardi 31 mars"])
        (ticked,) = self.draw(page).tree.xpath("//input[@checked]/@value")
        self.assertEqual(ticked, value(tuesday))

    def test_a_day_without_hours_says_why(self):
        self.calendar.exception_ids.create(
            {"calendar_id": self.calendar.id, "date_from": "2026-03-31", "date_to": "2026-03-31"}
        )
        for start in (NINE, TWENTY_PAST, LAST):
            self.calendar._take(start, self._submit(self.dominique))
        self.calendar.days_ahead = 15
        page = self.open(self.meeting, self.camille, _action="week slot 2026-03-23")
        self.assertIn("Complet", self.draw(page).text)
        page = self.open(self.meeting, self.camille, _action="week slot 2026-03-30")
        self.assertIn("Fermé", self.draw(page).text)
        # The first free hour is of the week after.
        page = self.open(self.meeting, self.camille)
        self.assertEqual(list(self._shown(page)), ["Mardi 7 avril"])

    def test_a_closed_day_says_the_reason_written_for_everybody(self):
        day = {"calendar_id": self.calendar.id, "date_from": "2026-03-31", "date_to": "2026-03-31"}
        closed = self.calendar.exception_ids.create({**day, "note": "Congé de Mme Secret"})
        page = self.open(self.meeting, self.camille, _action="week slot 2026-03-30")
        text = self.draw(page).text
        self.assertIn("Fermé", text)
        self.assertNotIn("Secret", text)
        closed.public_note = "travaux <b>rue Haute</b>"
        page = self.open(self.meeting, self.camille, _action="week slot 2026-03-30")
        text = self.draw(page).text
        self.assertIn("Fermé\xa0: travaux &lt;b&gt;rue Haute", text)
        self.assertNotIn("Secret", text)
        # What is no closing says nothing.
        closed.write({"kind": "capacity", "capacity": 0})
        page = self.open(self.meeting, self.camille, _action="week slot 2026-03-30")
        self.assertNotIn("travaux", self.draw(page).text)

    def test_what_a_browser_sends_is_not_believed(self):
        for wrong in ("", "x", "-1", "9" * 9, "9" * 19, "²", "29572320.5", "\x00"):
            page = self.open(self.meeting, self.camille, slot=wrong, _action="next")
            self.assertIn("slot", page.errors, wrong)
            self.assertTrue(self._shown(page))


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSlotHold(SlotPageCommon):
    """A quarter of an hour, from « Suivant » on."""

    def test_it_is_kept_and_said_in_words(self):
        page = self._choose()
        self.assertFalse(page.errors)
        self.assertEqual(self.calendar.booking_ids.mapped("state"), ["held"])
        (sentence,) = page.reminders
        self.assertIn("gardé pour vous jusqu’à 9\xa0h\xa015", sentence)
        self.assertIn("mardi 24 mars", sentence)
        # Her own is offered to her, and to nobody else.
        page.go(0)
        self.assertIn("9 h 00", self._shown(page)["Mardi 24 mars"])
        other = self.open(self.meeting, self.dominique)
        self.assertEqual(self._shown(other), {"Mardi 24 mars": ["9 h 20", "9 h 40"]})

    def test_another_choice_frees_the_first(self):
        self._choose()
        self._choose(start=TWENTY_PAST)
        self.assertEqual(self.calendar.booking_ids.mapped("start"), [TWENTY_PAST])

    def test_one_that_somebody_holds_is_said_beside_it_and_nothing_typed_is_lost(self):
        self._choose(self.dominique)
        page = self.open(self.meeting, self.camille, slot=value(NINE), why="Perdue", _action="next")
        self.assertEqual(page.errors, {"slot": GONE})
        self.assertEqual(self._shown(page), {"Mardi 24 mars": ["9 h 20", "9 h 40"]})
        self.assertEqual(page.raw["why"], "Perdue")
        self.assertIn(GONE, self.draw(page).text)

    def test_the_draft_that_is_given_up_frees_it(self):
        page = self._choose()
        page.pending.unlink()
        self.assertFalse(self.calendar.booking_ids)

    def test_the_draft_that_is_left_frees_it_after_a_quarter_of_an_hour(self):
        self._choose()
        with freeze_time("2026-03-23 08:16:00"):
            page = self.open(self.meeting, self.camille)
            (sentence,) = page.reminders
            self.assertIn("n’est pas gardé pour vous", sentence)
            self.assertFalse(self._choose(self.dominique).errors)
            page = self._choose()
            self.assertEqual(page.errors, {"slot": GONE})

    def test_it_is_taken_when_the_form_is_sent(self):
        page = self._choose()
        page.token = None
        request = page.submit().sudo()
        self.assertEqual(request.slot_booking_ids.mapped("state"), ["taken"])
        self.assertEqual(self.calendar.booking_ids, request.slot_booking_ids)
        page.pending.unlink()
        self.assertEqual(request.slot_booking_ids.state, "taken")

    def test_sent_twice_is_the_request_that_has_it(self):
        """A double click on the last button: what it took is not gone for itself."""
        page = self._choose()
        page.token = None
        request = page.submit().sudo()
        page.pending.unlink()
        again = self._choose()
        self.assertEqual(again.errors, {"slot": GONE}, "As another request, it would be")
        self.assertTrue(again.is_same(request))
        self.assertFalse(self._choose(start=TWENTY_PAST).is_same(request))

    def test_a_visitor_holds_by_the_secret_of_her_form(self):
        public = self.env.ref("base.public_user")
        page = self._choose(public)
        self.assertNotIn("slot", page.errors)
        again = self._choose(public, _claim=page.claim)
        self.assertNotIn("slot", again.errors)
        self.assertEqual(again.pending, page.pending)
        # Another browser, without it.
        self.assertEqual(self._choose(public).errors["slot"], GONE)

    def test_two_questions_of_one_calendar_hold_two_places(self):
        form = self._slot_form()
        form.insert(2, {**form[1], "key": "other", "label": "Retrait"})
        self.meeting = self._procedure("Deux", "DEUX", self.waste, form)
        page = self._choose(other=value(TWENTY_PAST))
        self.assertFalse(page.errors)
        self.assertEqual(self.calendar.booking_ids.mapped("start"), [NINE, TWENTY_PAST])
        self.assertEqual(len(page.reminders), 2)
        page.token = None
        self.assertEqual(page.submit().sudo().slot_booking_ids.mapped("state"), ["taken"] * 2)

    def test_who_holds_too_many_goes_on_without(self):
        self.patch(self.registry["public.guard"], "_hit", self._refuse)
        page = self._choose()
        self.assertFalse(page.errors)
        self.assertFalse(self.calendar.booking_ids)
        self.assertIn("n’est pas gardé", page.reminders[0])

    def _refuse(self, purpose, *args, **values):
        if purpose == "procedure.slot.hold":
            raise TooManyRequests("non")

    def test_one_connection_holds_three_places_of_a_calendar_at_once(self):
        """Ten forms that nobody means to send do not fill a day."""
        self.calendar.capacity = 10
        public = self.env.ref("base.public_user")
        pages = [self._choose(public) for _form in range(3)]
        self.assertEqual(self.calendar.booking_ids.mapped("state"), ["held"] * 3)
        # The same form may change its mind.
        again = self._choose(public, start=TWENTY_PAST, _claim=pages[0].claim)
        self.assertIn("gardé pour vous jusqu’à", again.reminders[0])
        fourth = self._choose(public)
        self.assertNotIn("slot", fourth.errors)
        self.assertIn("n’est pas gardé pour vous", fourth.reminders[0])
        self.assertEqual(len(self.calendar.booking_ids), 3)
        # Others have theirs, and what is over does not count.
        self.assertTrue(self.calendar._holds_enough("test", "another form"))
        self.assertFalse(self.calendar._holds_enough("192.0.2.7", "another form"))
        with freeze_time("2026-03-23 08:16:00"):
            self.assertFalse(self.calendar._holds_enough("test", "another form"))

    def test_a_post_of_another_site_holds_nothing(self):
        page = self.meeting.sudo()._make_form_page(
            self.open(self.meeting, self.camille, slot=value(TWENTY_PAST)).visit
        )
        self.calendar.booking_ids.unlink()
        page.read_post(is_trusted=False)
        page.find_errors()
        self.assertFalse(self.calendar.booking_ids)
