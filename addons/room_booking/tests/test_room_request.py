from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure.tests.common import upload

from .common import ANSWERS, NINE, SIX, RoomCase, room_vals


@tagged("post_install", "-at_install")
class TestRoomRequest(RoomCase):
    """What is asked, refused beside its question, cancelled, moved."""

    def _errors(self, **answers):
        with self.assertRaises(AnswersInvalid) as refused:
            self._ask(**answers)
        return refused.exception.errors

    def test_asked_the_room_is_an_option_of_its_town_hall(self):
        request = self._ask()
        booking = request.room_booking_ids
        self.assertEqual((booking.start, booking.stop, booking.state), (NINE, SIX, "option"))
        self.assertEqual(str(booking.option_until), "2026-12-03")
        self.assertEqual(request.service_id, self.town_hall)
        self.assertEqual(request.commune_id, self.commune)

    def test_room_is_named_with_its_commune(self):
        request = self._ask()
        self.assertEqual(request.answers["room"]["label"], "Salle du lavoir, Valmont, 120 persons")
        self.assertIn("Salle du lavoir, Valmont, ", request.room_booking_ids.display_name)

    def test_second_request_is_told_beside_the_day_and_takes_no_number(self):
        self._ask()
        before = self.env["procedure.request"].search_count([])
        errors = self._errors(room_period="evening", user=self.camille)
        self.assertEqual(list(errors), ["room_day"])
        self.assertIn("taken then", errors["room_day"])
        self.assertIn("it is yours if the option falls", errors["room_day"])
        self.assertEqual(self.env["procedure.request"].search_count([]), before)
        self._ask(room_day="2026-12-14")

    def test_confirmed_nobody_waits_for_it(self):
        request = self._ask()
        request.room_booking_ids.insurance_covers = True
        request.with_user(self.secretary).action_accept()
        errors = self._errors(room_waiting="1")
        self.assertNotIn("option", errors["room_day"])

    def test_each_end_frees_the_room(self):
        ends = {
            "refuse": lambda request: request.with_user(self.secretary).action_refuse("Non"),
            "drop": lambda request: request.with_user(self.secretary).action_drop("Double"),
            "cancel": lambda request: request.with_user(self.camille).action_cancel(),
        }
        for name, end in ends.items():
            with self.subTest(name):
                request = self._ask()
                end(request)
                self.assertEqual(request.room_booking_ids.state, "cancelled")

    def test_who_waits_has_the_option_when_it_falls_and_is_told(self):
        first = self._ask()
        waits, too = (self._ask(room_waiting="1") for _each in range(2))
        self.assertEqual(waits.room_booking_ids.state, "waiting")
        with self.assertRaisesRegex(UserError, "not free"):
            waits.with_user(self.secretary).action_accept()
        first.with_user(self.camille).action_cancel()
        self.assertEqual(waits.room_booking_ids.state, "option")
        self.assertEqual(too.room_booking_ids.state, "waiting")
        self.assertEqual(str(waits.room_booking_ids.option_until), "2026-12-03")
        self.assertIn("gardée pour vous", str(waits.message_ids.mapped("body")))

    def test_corrected_it_moves_or_stays(self):
        request = self._ask()
        booking = request.room_booking_ids
        other = self._ask(room_day="2026-12-14")
        with self.assertRaises(AnswersInvalid), self.env.cr.savepoint():
            request.sudo()._correct_answers({"room_day": "2026-12-14"})
        self.env.invalidate_all()
        self.assertEqual(booking.start, NINE)
        other.with_user(self.camille).action_cancel()
        request.sudo()._correct_answers({"room_day": "2026-12-14"})
        self.assertEqual((request.room_booking_ids, booking.start.day), (booking, 14))
        self._ask()

    def test_reopened_it_has_its_room_again_or_waits_and_somebody_knows(self):
        request = self._ask()
        as_hall = request.with_user(self.secretary)
        as_hall.action_refuse("Non")
        as_hall.action_reopen("Erreur")
        self.assertEqual(request.room_booking_ids.state, "option")
        as_hall.action_refuse("Non")
        self._ask()
        as_hall.action_reopen("Erreur")
        self.assertEqual(request.room_booking_ids.state, "waiting")
        self.assertIn("convenir d’un jour", request.activity_ids.mapped("summary")[-1])

    def test_accepted_then_reopened_it_is_accepted_again(self):
        request = self._ask()
        booking = request.room_booking_ids
        booking.insurance_covers = True
        as_hall = request.with_user(self.secretary)
        as_hall.action_accept()
        booking.reminded_on = "2026-11-25"
        as_hall.action_reopen("Erreur")
        self.assertEqual((booking.state, booking.complete_on), ("option", False))
        self.assertFalse(booking.reminded_on)
        as_hall.action_accept()
        self.assertEqual(booking.state, "complete")
        booking.state = "handed"
        as_hall.action_reopen("Erreur")
        as_hall.action_accept()
        self.assertEqual(booking.state, "handed")

    def test_correction_is_refused_as_a_filing_is(self):
        request = self._ask().sudo()
        self.procedure.is_communal = True
        hall = self.town_hall.copy({"code": "hall2", "commune_ids": self.other_commune.ids})
        vals = {"name": "École", "procedure_id": self.procedure.id, "open_to": "all"}
        vals = room_vals(hall, self.other_commune, **vals)
        for key, answers in (
            ("room_day", {"room_period": "weekend", "room_day": "2026-12-11"}),
            ("room_persons", {"room_persons": 900}),
            ("room_day", {"room_day": "2026-11-26"}),
            ("room", {"room": {"id": self.env["room.room"].create(vals).id, "label": "École"}}),
        ):
            with self.subTest(answers), self.assertRaises(AnswersInvalid) as refused:
                with self.env.cr.savepoint():
                    request._correct_answers(answers)
            self.env.invalidate_all()
            self.assertEqual(list(refused.exception.errors), [key])
        with freeze_time("2026-12-10"):
            request._correct_answers({"room_period": "evening"})
        self.assertEqual(request.room_booking_ids.start.hour, 17)

    def test_who_waits_and_moves_to_a_free_room_waits_no_more(self):
        self._ask()
        self._ask(room_day="2026-12-14")
        waits = self._ask(room_waiting="1").sudo()
        waits._correct_answers({"room_day": "2026-12-14"})
        self.assertEqual(waits.room_booking_ids.state, "waiting")
        waits._correct_answers({"room_day": "2026-12-16"})
        self.assertEqual(waits.room_booking_ids.state, "option")

    def test_neighbours_only_where_the_commune_says_so(self):
        errors = self._errors(user=self.sacha)
        self.assertIn("people of Valmont only", errors["room"])
        self.room.open_to = "territory"
        request = self._ask(user=self.sacha)
        self.assertEqual(request.service_id, self.town_hall)

    def test_too_many_too_soon_too_far(self):
        self.assertIn("120", self._errors(room_persons="121")["room_persons"])
        self.assertIn("7 days before", self._errors(room_day="2026-11-30")["room_day"])
        self.assertIn("so far ahead", self._errors(room_day="2028-01-01")["room_day"])
        self.assertIn(
            "Saturday", self._errors(room_period="weekend", room_day="2026-12-11")["room_day"]
        )

    def test_room_of_another_procedure_is_no_choice(self):
        self.room.procedure_id = False
        self.assertEqual(list(self._errors()), ["room"])

    def test_free_booking_that_moves_or_waits_is_still_the_one_of_the_year(self):
        association = self._let_at_a_price()
        free = self._ask(acting_for=association).sudo()
        free._correct_answers({"room_day": "2026-12-16"})
        self.assertTrue(free.room_booking_ids.is_gratis)
        self.assertFalse(free.is_price_behind)
        free.with_user(self.camille).action_cancel()
        self._ask()
        waits, second = (
            self._ask(acting_for=association, room_waiting="1", room_day=day)
            for day in ("2026-12-12", "2026-12-16")
        )
        self.assertEqual((waits.price_cents, second.price_cents), (0, 5000))

    def test_free_booking_is_still_free_once_its_answers_change(self):
        association = self._let_at_a_price()
        free = self._ask(acting_for=association).sudo()
        free._correct_answers({"room_period": "evening"})
        self.assertTrue(free.room_booking_ids.is_gratis)
        free.is_price_behind = True
        self.assertEqual(free.price_offer_label, "0,00\xa0€")
        free.with_user(self.secretary).action_take_new_price()
        self.assertEqual(free.price_cents, 0)

    def test_last_free_booking_is_given_once_to_two_that_file_at_once(self):
        """As if the other had filed between the price and the turn."""
        association = self._let_at_a_price()
        counted = iter([1, 0])
        self.patch(type(self.room), "_count_gratis_left", lambda *args: next(counted))
        with self.assertRaises(AnswersInvalid) as refused:
            self._ask(acting_for=association)
        self.assertIn("last free booking", refused.exception.errors["room_day"])

    def test_association_has_its_free_bookings_of_the_year_and_no_more(self):
        association = self._let_at_a_price()
        first, second = (
            self._ask(acting_for=association, room_day=day) for day in ("2026-12-12", "2026-12-14")
        )
        self.assertEqual((first.price_cents, first.room_booking_ids.is_gratis), (0, True))
        self.assertEqual((second.price_cents, second.room_booking_ids.is_gratis), (5000, False))
        first.with_user(self.camille).action_cancel()
        again, next_year, hers = (
            self._ask(acting_for=whose, room_day=day)
            for whose, day in (
                (association, "2026-12-16"),
                (association, "2027-01-04"),
                (None, "2027-01-06"),
            )
        )
        self.assertEqual([each.price_cents for each in (again, next_year, hers)], [0, 0, 8000])

    def test_one_applicant_has_three_options_to_come_at_most(self):
        first = self._ask()
        for day in ("2026-12-14", "2026-12-16"):
            self._ask(room_day=day)
        self.assertIn("3 options", self._errors(room_day="2026-12-18")["room"])
        first.with_user(self.camille).action_cancel()
        self._ask(room_day="2026-12-18")

    def test_options_count_in_all_rooms_of_the_commune(self):
        vals = room_vals(self.town_hall, self.commune, procedure_id=self.procedure.id)
        school = self.env["room.room"].create({**vals, "name": "École"})
        for day in ("2026-12-12", "2026-12-14"):
            self._ask(room_day=day)
        self._ask(room=school, room_day="2026-12-16")
        self.assertIn("3 options", self._errors(room=school, room_day="2026-12-18")["room"])
        self.assertIn("3 options", self._errors(room_day="2026-12-18")["room"])

    def test_insurance_is_read_again_once_the_day_is_corrected(self):
        request = self._ask()
        booking = request.room_booking_ids
        booking.insurance_covers = True
        request.sudo()._correct_answers({"room_persons": 70})
        self.assertTrue(booking.insurance_covers, "the same days")
        request.sudo()._correct_answers({"room_day": "2026-12-14"})
        self.assertFalse(booking.insurance_covers)
        with self.assertRaisesRegex(UserError, "insurance"):
            request.with_user(self.secretary).action_accept()

    def _ask_without_account(self, email, **answers):
        identity = {
            "contact_firstname": "Zoé",
            "contact_lastname": "Morel",
            "contact_email": email,
            "contact_address.street": "1 rue Haute",
            "contact_address.zip": self.commune.zip,
            "contact_address.commune": self.commune.name,
        }
        filing = Filing(
            procedure=self.procedure,
            answers={**ANSWERS, "room": str(self.room.id), **answers},
            files={"room_insurance": [upload()]},
            identity=identity,
        )
        public = self.env.ref("base.public_user")
        return self.env["procedure.request"].with_user(public)._submit(filing)

    def test_a_mailbox_written_otherwise_is_the_same_applicant(self):
        addresses = ("zoe@exemple.test", "Zoe@Exemple.test", "zoe+salle@exemple.test")
        for day, email in zip((12, 14, 16), addresses, strict=True):
            self._ask_without_account(email, room_day=f"2026-12-{day}")
        for email in ("ZOE@exemple.test", "zoe+autre@exemple.test"):
            with self.assertRaises(AnswersInvalid) as refused:
                self._ask_without_account(email, room_day="2026-12-18")
            self.assertIn("3 options", refused.exception.errors["room"])
        self._ask_without_account("chloe@exemple.test", room_day="2026-12-18")

    def test_two_forms_at_once_are_counted_one_after_the_other(self):
        """As if another form had its option since this transaction began."""
        turns = []
        take = self.registry["public.guard"]._take_turn

        def watch(guard, scope, key):
            turns.append(scope)
            return take(guard, scope, key)

        self.patch(self.registry["public.guard"], "_take_turn", watch)
        count = type(self.room)._find_options
        self.patch(
            type(self.room),
            "_find_options",
            lambda *args: turns.append("count") or count(*args),
        )
        self._ask()
        self.assertLess(turns.index("room.options"), turns.index("count"))

    def test_what_is_said_of_drinks_holds_whatever_day_is_asked(self):
        """A room is asked seven days before its day, an authorisation fifteen days before."""
        told = self.procedure.version_id.field_ids.filtered(lambda each: each.key == "i_drinks")
        self.assertIn("quinze jours avant", told.help)
        self.assertIn("appelez la mairie", told.help)

    def test_silence_refuses_associations_only(self):
        self.procedure.with_user(self.manager).action_validate_regime()
        association = self._association()
        hers, of_all = self._ask(), self._ask(acting_for=association, room_day="2026-12-14")
        self.assertFalse(hers.date_silence)
        self.assertEqual(str(of_all.date_silence), "2027-01-25")
        told = {
            each: html2plaintext(each.message_ids.filtered("subject")[-1:].body)
            for each in (hers, of_all)
        }
        for words in ("25/01/2027", "refusée", "tribunal administratif", "recours gracieux"):
            with self.subTest(words):
                self.assertIn(words, told[of_all])
                self.assertNotIn(words, told[hers])

    def test_the_page_says_what_silence_means_and_for_whom(self):
        procedure = self.procedure.sudo().with_context(lang="fr_FR")
        self.assertNotIn("valid", procedure._get_silence_words(), "the affair of the staff")
        self.procedure.with_user(self.manager).action_validate_regime()
        words = procedure._get_silence_words().replace("\xa0", " ")
        self.assertIn("contrat", words)
        self.assertIn("refus au bout de 2 mois", words)
