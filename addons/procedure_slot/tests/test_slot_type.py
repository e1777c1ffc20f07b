from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.procedure.exceptions import AnswersInvalid

from ..field_types import SLOT_TYPE
from .common import NINE, NOW, TWENTY_PAST, SlotCommon

GONE = "Ce créneau vient d’être pris. Choisissez-en un autre."
WORDS = "mardi 24 mars 2026 de 9\xa0h\xa000 à 9\xa0h\xa020"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSlotType(SlotCommon):
    """A question that takes a slot: in the transaction of the request, until it is over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.meeting = cls._procedure("Refaire sa carte", "CARTE", cls.waste, cls._slot_form())
        form = [
            {"key": "people", "type": "integer", "label": "Personnes", "required": True},
            *cls._slot_form(),
        ]
        form[-1]["formula"] = "people"
        cls.several = cls._procedure("À plusieurs", "PLUS", cls.waste, form)
        cls.calendar.invalidate_recordset()

    @classmethod
    def _slot_form(cls):
        return [
            {"key": "why", "type": "text", "label": "Motif"},
            {
                "key": "slot",
                "type": "slot",
                "label": "Rendez-vous",
                "required": True,
                "slot_calendar_id": cls.calendar.id,
            },
        ]

    def _meet(self, user=None, start=NINE, **kwargs):
        answers = {"why": "Perdue", "slot": str(SLOT_TYPE.to_id(start))}
        self.env = self.env(context={**self.env.context, "lang": "fr_FR"})
        meeting = self.meeting.with_context(lang="fr_FR")
        filing = self._filing(user, procedure=meeting, files={}, answers=answers, **kwargs)
        requests = self.env["procedure.request"].with_user(user or self.camille)
        return requests._submit(filing).with_user(self.env.user)

    def assertGone(self, *args, **kwargs):
        with self.assertRaises(AnswersInvalid) as caught:
            self._meet(*args, **kwargs)
        self.assertEqual(caught.exception.errors, {"slot": GONE})

    def test_it_is_taken_with_the_request(self):
        request = self._meet()
        booking = request.slot_booking_ids
        self.assertEqual((booking.state, booking.start), ("taken", NINE))
        self.assertEqual(request.answers["slot"]["label"], WORDS)
        rows = [row for _section, rows in request._get_answer_sections() for row in rows]
        self.assertIn(("Rendez-vous", WORDS, "slot"), rows)
        index = request.answer_ids.filtered(lambda row: row.key == "slot")
        self.assertEqual(str(index.value_date), "2026-03-24")
        self.assertEqual(index.value_text, WORDS)

    def test_one_that_is_taken_is_refused_beside_the_question(self):
        count = self.env["procedure.request"].search_count([])
        self._meet()
        self.assertGone(self.dominique)
        self.assertGone(self.dominique, TWENTY_PAST.replace(minute=25))
        self.assertEqual(self.env["procedure.request"].search_count([]), count + 1)
        self.assertTrue(self._meet(self.dominique, TWENTY_PAST))

    def test_each_sees_her_own_only(self):
        """Two people, two slots: neither her list nor her page says that of the other."""
        mine, other = self._meet(), self._meet(self.dominique, TWENTY_PAST)
        question = self.meeting.version_id.field_ids.filtered(lambda each: each.key == "slot")
        free = question.with_user(self.camille)._get_record_choices(self.camille.partner_id)
        self.assertNotIn(str(SLOT_TYPE.to_id(TWENTY_PAST)), [key for key, _label in free])
        seen = self.env["procedure.request"].with_user(self.camille).search([])
        self.assertIn(mine, seen)
        self.assertNotIn(other, seen)
        self.assertFalse(other.slot_booking_ids.with_user(self.camille).has_access("read"))
        self.assertFalse(mine.slot_booking_ids.with_user(self.camille).has_access("read"))

    def test_what_the_form_held_is_taken_by_it_only(self):
        self.calendar._hold(NINE, "form of Camille slot")
        self.assertGone(self.dominique)
        self.env = self.env(context={**self.env.context, "slot_holder": "form of Camille"})
        self.assertTrue(self._meet())
        self.assertEqual(self.calendar.booking_ids.mapped("state"), ["taken"])

    def test_the_end_of_the_request_frees_it(self):
        ends = {
            "refused": lambda request: request.with_user(self.agent).action_refuse("Non"),
            "dropped": lambda request: request.with_user(self.agent).action_drop("Double"),
            "cancelled": lambda request: request.with_user(self.camille).action_cancel(),
        }
        for state, end in ends.items():
            with self.subTest(state):
                request = self._meet()
                end(request)
                self.assertEqual(request.state, state)
                self.assertEqual(request.slot_booking_ids.state, "freed")
                self.assertIn(NINE, self._starts())

    def test_accepted_or_filed_away_it_stays(self):
        request = self._meet().with_user(self.agent)
        request.action_accept()
        request.action_close()
        self.assertEqual(request.slot_booking_ids.state, "taken")

    def test_who_came_is_forgotten_with_the_rest(self):
        request = self._meet()
        request.with_user(self.agent).action_accept()
        request.sudo()._anonymise()
        self.assertFalse(self.calendar.booking_ids)

    def test_reopened_it_has_its_slot_again_or_says_that_it_has_none(self):
        request = self._meet().with_user(self.agent)
        request.action_refuse("Non")
        request.action_reopen("Erreur")
        self.assertEqual(request.slot_booking_ids.mapped("state"), ["freed", "taken"])
        request.action_refuse("Non")
        self._meet(self.dominique)
        request.action_reopen("Erreur")
        self.assertNotIn("taken", request.slot_booking_ids.mapped("state"))
        notes = " ".join(request.message_ids.mapped(lambda each: str(each.body)))
        self.assertIn("plus de créneau", notes)
        tasks = request.sudo().activity_ids
        self.assertIn("Convenir d’un autre créneau", tasks.mapped("summary"))
        self.assertEqual(tasks.user_id, request.user_id or request.service_id.user_ids)

    def test_reopened_it_has_its_slot_again_though_it_is_not_offered_any_more(self):
        request = self._meet().with_user(self.agent)
        request.action_refuse("Non")
        self.calendar.active = False
        self.calendar.opening_ids.unlink()
        # An hour before: less than the notice.
        with freeze_time("2026-03-24 07:00:00"):
            self.assertFalse(self.calendar._find_run(NINE))
            request.action_reopen("Erreur")
            self.assertEqual(request.slot_booking_ids.mapped("state"), ["freed", "taken"])
            self.assertFalse(request.sudo().activity_ids)
            request.action_refuse("Non")
        # What is over is taken back by nobody.
        with freeze_time("2026-03-24 09:00:00"):
            request.action_reopen("Erreur")
            self.assertNotIn("taken", request.slot_booking_ids.mapped("state"))

    def test_a_correction_moves_it(self):
        request = self._meet().sudo()
        later = {"id": SLOT_TYPE.to_id(TWENTY_PAST), "label": "…"}
        request._correct_answers({"slot": later})
        taken = request.slot_booking_ids.filtered(lambda each: each.state == "taken")
        self.assertEqual(taken.start, TWENTY_PAST)
        self.assertIn(NINE, self._starts())
        # Its own slot is free for it, whatever else is corrected.
        self.assertIn(TWENTY_PAST, self._starts(request=request))
        self._meet(self.dominique)
        with self.assertRaises(AnswersInvalid):
            request._correct_answers({"slot": {"id": SLOT_TYPE.to_id(NINE), "label": "…"}})

    def test_another_correction_asks_for_no_place(self):
        request = self._meet().sudo()
        request.slot_booking_ids._release()
        self._meet(self.dominique)
        request._correct_answers({"why": "Volée"})
        self.assertEqual(request.answers["why"], "Volée")
        self.assertEqual(request.slot_booking_ids.mapped("state"), ["freed"])

    def _ask_for(self, people, start=NINE, user=None):
        """As many slots in a row as people come."""
        answers = {"people": str(people), "why": "Tous", "slot": str(SLOT_TYPE.to_id(start))}
        self.env = self.env(context={**self.env.context, "lang": "fr_FR"})
        procedure = self.several.with_context(lang="fr_FR")
        filing = self._filing(user, procedure=procedure, files={}, answers=answers)
        return self.env["procedure.request"].with_user(user or self.camille)._submit(filing).sudo()

    def test_several_in_a_row_are_taken_together_or_not_at_all(self):
        request = self._ask_for(2)
        self.assertEqual(request.slot_booking_ids.mapped("start"), [NINE, TWENTY_PAST])
        self.assertEqual(request.slot_booking_ids.mapped("question_key"), ["slot"] * 2)
        self.assertIn("de 9\xa0h\xa000 à 9\xa0h\xa040", request.answers["slot"]["label"])
        # One of the two is taken: nothing of the other is.
        for start in (NINE, TWENTY_PAST):
            with self.assertRaises(AnswersInvalid):
                self._ask_for(2, start, self.dominique)
        self.assertEqual(len(self.calendar.booking_ids), 2)
        # Fewer people: what is too much is free again.
        request._correct_answers({"people": 1})
        taken = request.slot_booking_ids.filtered(lambda each: each.state == "taken")
        self.assertEqual(taken.mapped("start"), [NINE])
        self.assertTrue(self._ask_for(2, TWENTY_PAST, self.dominique))
        request.with_user(self.agent).action_refuse("Non")
        request.with_user(self.agent).action_reopen("Erreur")
        states = request.slot_booking_ids.mapped(lambda each: (each.start, each.state))
        self.assertIn((NINE, "taken"), states)

    def test_what_is_taken_stays_when_its_calculation_lacks_an_answer(self):
        request = self._ask_for(2)
        request.answers = {key: each for key, each in request.answers.items() if key != "people"}
        request._correct_answers({"why": "Moins"})
        self.assertEqual(request.slot_booking_ids.mapped("state"), ["taken", "taken"])

    def test_an_age_is_that_of_the_day_of_the_filing(self):
        """A minor needs two slots in a row; she comes of age before another answer is corrected."""
        birth = {"key": "birth", "type": "date", "label": "Née le", "required": True}
        form = [birth, *self._slot_form()]
        form[-1]["formula"] = "if(age(birth) < 18, 2, 1)"
        procedure = self._procedure("Mineure", "MINEURE", self.waste, form)
        answers = {"why": "Perdue", "birth": "2008-03-24", "slot": str(SLOT_TYPE.to_id(NINE))}
        filing = self._filing(self.camille, procedure=procedure, files={}, answers=answers)
        request = self.env["procedure.request"].with_user(self.camille)._submit(filing).sudo()
        self.assertEqual(request.slot_booking_ids.mapped("start"), [NINE, TWENTY_PAST])
        with freeze_time("2026-03-24 07:00:00"):
            request._correct_answers({"why": "Volée"})
        self.assertEqual(request.slot_booking_ids.mapped("state"), ["taken", "taken"])

    def test_six_people_before_closing_are_not_offered(self):
        """Ten minutes each, from 9 to 10: at 9:00 they may begin, at 9:10 no more."""
        self.calendar.write({"duration": 10, "days_ahead": 5})
        question = self.several.version_id.field_ids.filtered("formula")
        offered = question._find_choices(self.camille.partner_id, {"people": 6})
        self.assertEqual(list(offered), [SLOT_TYPE.to_id(NINE)])
        self.assertFalse(question._find_choices(self.camille.partner_id, {"people": 7}))
        with self.assertRaises(AnswersInvalid) as caught:
            self._ask_for(6, NINE.replace(minute=10))
        self.assertEqual(caught.exception.errors, {"slot": GONE})
        self.assertEqual(len(self._ask_for(6).slot_booking_ids), 6)

    def test_a_household_counts_each_of_those_in_a_row(self):
        self.calendar.max_per_household = 2
        with self.assertRaises(AnswersInvalid) as caught:
            self._ask_for(3)
        self.assertIn("Annulez-en un", caught.exception.errors["slot"])
        self.assertTrue(self._ask_for(2))

    def test_a_calculation_that_cannot_be_is_not_published(self):
        draft = self.meeting.action_new_version()
        question = draft.field_ids.filtered(lambda each: each.key == "slot")
        question.formula = "nobody + 1"
        self.assertIn("nobody", " ".join(draft._get_problems()))
        question.formula = ""
        self.assertFalse(draft._get_problems())

    def _ask_of_two(self, **vals):
        """A draft whose calculation adds two questions up, the second one so."""
        draft = self.several.action_new_version()
        kids = {"key": "kids", "type": "integer", "label": "Enfants", "sequence": 500}
        draft.field_ids = [Command.create({**kids, **vals})]
        slot = draft.field_ids.filtered(lambda each: each.key == "slot")
        slot.write({"formula": "people + kids", "sequence": 501})
        draft.invalidate_recordset(["field_ids"])
        return draft, slot

    def test_a_sum_that_lacks_an_answer_is_not_one_slot(self):
        _draft, slot = self._ask_of_two()
        slot = slot.with_context(lang="fr_FR")
        self.assertIsNone(SLOT_TYPE.count_slots(slot, {"people": 2}))
        self.assertEqual(SLOT_TYPE.count_slots(slot, {"people": 2, "kids": 1}), 3)
        self.assertFalse(slot._find_choices(self.camille.partner_id, {"people": 2}))
        self.assertEqual(
            SLOT_TYPE.get_lacking_sentence(slot, {"people": 2}),
            "Avant de choisir un créneau, répondez d’abord à\xa0: Enfants.",
        )
        self.assertNotIn("help", SLOT_TYPE.get_attributes(slot))

    def test_a_calculation_on_what_may_lack_is_not_published(self):
        draft, slot = self._ask_of_two()
        self.assertIn("“Enfants”, which may have no answer", " ".join(draft._get_problems()))
        kids = draft.field_ids.filtered(lambda each: each.key == "kids")
        kids.required = True
        self.assertFalse(draft._get_problems())
        kids.condition_ids = [Command.create({"key": "people", "operator": ">", "value": "1"})]
        self.assertTrue(slot._get_lacking_sentences())
        slot.formula = "if(people > 1, people + kids, people)"
        self.assertFalse(slot._get_lacking_sentences())

    def _ask_twice(self, order):
        """Two questions on one calendar; the first of the form takes the first of `order`."""
        form = self._slot_form()
        form += [{**form[1], "key": "other", "label": "Autre"}]
        twice = self._procedure("Deux fois", "DEUX", self.waste, form)
        chosen = [str(SLOT_TYPE.to_id(start)) for start in order]
        answers = {"why": "Perdue", "slot": chosen[0], "other": chosen[1]}
        filing = self._filing(self.camille, procedure=twice, files={}, answers=answers)
        return self.env["procedure.request"].with_user(self.camille)._submit(filing).sudo()

    def test_the_maximum_counts_what_the_form_asks_besides(self):
        self.calendar.max_per_household = 1
        with self.assertRaises(AnswersInvalid) as caught:
            self._ask_twice([NINE, TWENTY_PAST])
        self.assertEqual(list(caught.exception.errors), ["other"])

    def test_two_slots_are_taken_in_the_same_order_whatever_the_form(self):
        request = self._ask_twice([TWENTY_PAST, NINE])
        bookings = request.slot_booking_ids.sorted("id")
        self.assertEqual(bookings.mapped("start"), [NINE, TWENTY_PAST])

    def test_a_household_takes_no_more_than_it_may(self):
        self.calendar.max_per_household = 1
        self._meet()
        with self.assertRaises(AnswersInvalid) as caught:
            self._meet(start=TWENTY_PAST)
        self.assertIn("Annulez-en un", caught.exception.errors["slot"])

    def test_a_question_without_calendar_is_not_published(self):
        draft = self.meeting.action_new_version()
        question = draft.field_ids.filtered(lambda each: each.key == "slot")
        self.assertEqual(question.slot_calendar_id, self.calendar)
        self.assertFalse(draft._get_problems())
        self.calendar.active = False
        self.assertIn(
            "“Rendez-vous”: its calendar is archived, nobody could choose a slot.",
            draft._get_problems(),
        )
        question.slot_calendar_id = False
        self.assertIn("“Rendez-vous”: choose its calendar.", draft._get_problems())

    def test_where_none_is_free_one_reads_what_to_do(self):
        question = self.meeting.with_context(lang="fr_FR").version_id.field_ids[1]
        self.assertNotIn("help", SLOT_TYPE.get_attributes(question))
        question.sudo().slot_calendar_id.active = False
        said = SLOT_TYPE.get_attributes(question.with_user(self.camille))["help"]
        self.assertEqual(said, "Aucun créneau n’est libre pour le moment : appelez le service.")

    def test_a_slot_is_not_asked_in_a_repeated_block(self):
        draft = self.meeting.action_new_version()
        draft.field_ids = [Command.create({"key": "each", "type": "block", "label": "Personnes"})]
        draft.field_ids.filtered(lambda each: each.key == "slot").write(
            {"block_key": "each", "sequence": 99}
        )
        with self.assertRaises(ValidationError):
            self.meeting.with_user(self.manager).action_publish()
