from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import LockError, UserError
from odoo.tests import tagged
from odoo.tools import html2plaintext, mute_logger

from odoo.addons.report_weasyprint.tests import pdf

from .common import RoomCase, room_vals

SILENCE_LOGGER = "odoo.addons.procedure.jobs"


@tagged("post_install", "-at_install", "-standard", "sweep_machines")
class TestRoomWalk(RoomCase):
    """From the option to the deposit, and the options that end."""

    def setUp(self):
        super().setUp()
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *_args, **_kwargs: 1000)
        self.request = self._ask()
        self.booking = self.request.room_booking_ids
        self.as_hall = self.booking.with_user(self.secretary)

    def _refused(self, act, words):
        with self.assertRaisesRegex(UserError, words):
            getattr(self.as_hall, act)()

    def _accept(self):
        self.as_hall.insurance_covers = True
        self.request.with_user(self.secretary).action_accept()

    def _draw(self, letter):
        """The text of its PDF."""
        letter = letter.with_context(force_report_rendering=True)
        letter.sudo()._draw()
        return pdf.get_text(letter._get_content_for(self.secretary)["content"])

    def _told(self, request=None):
        return html2plaintext((request or self.request).message_ids[:1].body)

    def test_two_agents_at_this_very_moment(self):
        self._accept()
        busy = LockError("busy")
        with (
            patch.object(self.registry["room.booking"], "lock_for_update", side_effect=busy),
            self.assertRaisesRegex(UserError, "en ce moment même"),
        ):
            self.as_hall.with_context(lang="fr_FR").action_sign()
        self.assertEqual(self.booking.state, "complete")

    def test_each_step_in_its_order_with_what_has_to_be_seen(self):
        with self.assertRaisesRegex(UserError, "insurance"):
            self.request.with_user(self.secretary).action_accept()
        self._accept()
        self.assertEqual(self.booking.state, "complete")
        letter = self.request.letter_ids.filtered(lambda each: each.kind == "room_agreement")
        for words in ("Salle du lavoir", "300 €", "Anniversaire", "Camille Duchêne"):
            self.assertIn(words, letter.body)
        self._refused("action_pay", "This booking is: Complete file")
        self.as_hall.action_sign()
        self.booking.first_cents = 5000
        self.as_hall.action_pay()
        self._refused("action_hand_over", "identity")
        self.as_hall.is_identity_seen = True
        self._refused("action_hand_over", "cheques")
        self.as_hall.has_cheques = True
        self._refused("action_hand_over", "state of the place")
        self.as_hall.note_in = "Propre"
        self.as_hall.action_hand_over()
        self.as_hall.note_out = "Une vitre cassée"
        self.as_hall.action_take_back()
        self._refused("action_keep", "why")
        self.as_hall.deposit_reason = "Une vitre à remplacer"
        self.as_hall.action_keep()
        self.assertEqual(self.booking.state, "kept")
        self.assertIn("Une vitre à remplacer", self._told())
        self._refused("action_give_back", "This booking is: Deposit kept")
        for name in ("note_in", "note_out", "deposit_reason"):
            with self.subTest(name), self.assertRaisesRegex(UserError, "not changed any more"):
                self.as_hall.write({name: "Déjà cassé"})
        self.as_hall.note_in = "Propre"
        self.as_hall.has_cheques = False
        self.assertIn("Deposit cheques received", self._told())

    def test_the_letter_of_the_decision_names_the_room_and_its_day(self):
        refused = self._ask(room_day="2026-12-14")
        refused.with_user(self.secretary).action_refuse("Non")
        self._accept()
        for request, day in ((self.request, "12 décembre"), (refused, "14 décembre")):
            letter = request.letter_ids.filtered(lambda each: each.kind == "decision")
            for words in ("Salle du lavoir", "Valmont", day):
                with self.subTest(request.state), self.subTest(words):
                    self.assertIn(words, letter.body)

    def test_a_president_signs_on_the_site_and_the_agreement_says_so(self):
        """A tick of the shipped form; nobody else is asked: neither a resident, nor the president
        who files."""
        association = self._association()
        vals = {"organisation_id": association.id, "person_id": self.sacha.partner_id.id}
        self.env["partner.delegate"].create(
            {**vals, "organisation_name": association.name, "role": "Membre", "state": "active"}
        )
        for user, day, whom, state in (
            (self.camille, "2026-12-14", None, "submitted"),
            (self.camille, "2026-12-15", association, "submitted"),
            (self.sacha, "2026-12-16", association, "signature_awaited"),
        ):
            answers = {"room_day": day, "room_president": "1"}
            request = self._ask(user, acting_for=whom, **answers).sudo()
            with self.subTest(day):
                self.assertEqual(request.state, state)
        self.assertEqual(request.room_booking_ids.state, "option", "kept meanwhile")
        asked = request.signature_ids
        self.assertEqual(asked.person_id, self.camille.partner_id)
        stamp = request._get_signed_digest(asked._get_field())
        asked._answer("signed", partner=self.camille.partner_id, stamp=stamp)
        self.assertEqual(request.state, "submitted")
        request.room_booking_ids.insurance_covers = True
        request.with_user(self.secretary).action_accept()
        self.assertEqual(request.room_booking_ids.state, "signed")
        letter = request.letter_ids.filtered(lambda each: each.kind == "room_agreement")
        words = html2plaintext(letter.body)
        self.assertIn("Signé sur le site", words)
        self.assertNotIn("Signature :", words.replace("\xa0", " "), "nothing is left to sign")
        self.assertRegex(
            self._draw(letter),
            r"Signé sur le site Signature du président ou de la présidente "
            r"Signée le 25/11/2026 par Camille Duchêne, en ligne, dans un compte",
        )

    def test_the_agreement_on_paper_has_room_to_sign(self):
        self._accept()
        letter = self.request.letter_ids.filtered(lambda each: each.kind == "room_agreement")
        self.assertRegex(
            self._draw(letter),
            r"À signer Datez.* Pour la commune ?Camille Duchêne Secrétaire de mairie .*"
            r"Date : Signature : ",
        )

    def test_given_up_once_it_is_hers_until_the_keys(self):
        self._accept()
        self.request.with_user(self.camille)._run_transition(
            "room_give_up", by=self.camille.partner_id
        )
        self.assertEqual((self.request.state, self.booking.state), ("cancelled", "cancelled"))
        again = self._ask()
        again.room_booking_ids.write({"insurance_covers": True})
        again.with_user(self.secretary).action_accept()
        as_hall = again.with_user(self.secretary)
        self.assertIn("'room_withdraw'", as_hall.get_view(view_type="form")["arch"])
        window = as_hall.with_context(reason_action="room_withdraw").action_open_reason()
        self.assertIn(again.number, window["name"])
        Wizard = self.env["procedure.reason.wizard"].with_user(self.secretary)
        wizard = Wizard.with_context(**window["context"]).create({"reasons": "Des élections"})
        wizard.action_confirm()
        self.assertIn("Des élections", self._told(again))
        third = self._ask()
        third.room_booking_ids.write({"insurance_covers": True})
        third.with_user(self.secretary).action_accept()
        third.room_booking_ids.state = "handed"
        with self.assertRaisesRegex(UserError, "keys"):
            third.with_user(self.secretary).action_withdraw_room("Trop tard")

    def test_filed_away_the_room_is_still_given_up_or_taken_back(self):
        self._accept()
        closed = self.request.with_user(self.secretary)
        closed.action_close()
        self.assertTrue(closed.is_room_to_withdraw)
        self.request.with_user(self.camille)._run_transition(
            "room_give_up", by=self.camille.partner_id
        )
        self.assertEqual((self.request.state, self.booking.state), ("cancelled", "cancelled"))
        again = self._ask()
        again.room_booking_ids.write({"insurance_covers": True})
        as_hall = again.with_user(self.secretary)
        as_hall.action_accept()
        as_hall.action_close()
        as_hall.action_withdraw_room("Des élections")
        self.assertEqual(again.room_booking_ids.state, "cancelled")
        self.assertIn("Des élections", self._told(again))

    def test_filed_away_after_a_refusal_there_is_no_room_to_give_up(self):
        refused = self.request.with_user(self.secretary)
        refused.action_refuse("Non")
        refused.action_close()
        self.assertFalse(refused.is_room_to_withdraw)
        with self.assertRaisesRegex(UserError, "no room any more"):
            refused.action_withdraw_room("Encore")

    def test_incomplete_option_is_reminded_once_then_ends(self):
        request = self._ask(whole=False, room_day="2026-12-14")
        waits = self._ask(room_day="2026-12-14", room_waiting="1")
        booking = request.room_booking_ids
        self.assertEqual((request.state, booking.state), ("to_complete", "option"))
        last = max(booking.option_until, request.date_completion_due)
        self.assertEqual(last, date(2026, 12, 3))
        cron = self.env["procedure.request"]._cron_room_options
        told = len(request.message_ids)
        for day, messages in (("2026-11-30", 0), ("2026-12-01", 1), ("2026-12-02", 1)):
            with freeze_time(day):
                cron()
            self.assertEqual(len(request.message_ids), told + messages, day)
        self.assertIn("assurance", self._told(request))
        with freeze_time("2026-12-03 20:00:00"):
            cron()
        self.assertEqual(booking.state, "option")
        with freeze_time("2026-12-04"):
            cron()
        self.assertEqual((request.state, booking.state), ("dropped", "expired"))
        self.assertIn("option est finie", str(request.message_ids.mapped("subject")))
        self.assertEqual(waits.room_booking_ids.state, "option")

    def test_an_option_that_ends_names_free_days(self):
        """Of the same room, from the day that was asked on."""
        request = self._ask(whole=False, room_day="2026-12-14")
        self._ask(room_day="2026-12-15")
        with freeze_time("2026-12-04"):
            self.env["procedure.request"]._cron_room_options()
        body = str(request.message_ids.filtered(lambda each: "option" in each.body)[:1].body)
        # Hers is free again; the 15th is an option of somebody.
        self.assertIn("14 décembre", body)
        self.assertIn("16 décembre", body)
        self.assertNotIn("15 décembre", body)
        self.assertNotIn("12 décembre", body)

    def test_complete_file_that_the_town_hall_leaves_never_ends(self):
        with freeze_time("2026-12-10"):
            self.env["procedure.request"]._cron_room_options()
        self.assertEqual((self.request.state, self.booking.state), ("submitted", "option"))

    def test_option_lasts_as_long_as_its_own_room_says(self):
        vals = room_vals(self.town_hall, self.commune, procedure_id=self.procedure.id)
        self.env["room.room"].create({**vals, "name": "École", "option_days": 60})
        request = self._ask(whole=False, room_day="2026-12-14")
        self.assertEqual(request.date_completion_due, date(2026, 12, 3))

    def test_one_that_breaks_stops_no_other(self):
        requests = [self._ask(whole=False, room_day=day) for day in ("2026-12-14", "2026-12-16")]
        known = type(self.request)._get_expiry_sentence

        def break_first(request, last):
            if request == requests[0]:
                raise ValueError
            return known(request, last)

        self.patch(type(self.request), "_get_expiry_sentence", break_first)
        with freeze_time("2026-12-04"), mute_logger(SILENCE_LOGGER):
            self.env["procedure.request"]._cron_room_options()
        states = [request.room_booking_ids.state for request in requests]
        self.assertEqual(states, ["option", "expired"])

    def test_refused_once_the_day_has_begun_it_is_no_option_any_more(self):
        with freeze_time("2026-12-13"):
            self.request.with_user(self.secretary).action_refuse("Non")
        self.assertEqual(self.booking.state, "cancelled")

    def test_who_waited_until_the_day_is_told_that_it_is_over(self):
        waits = self._ask(room_waiting="1")
        with freeze_time("2026-12-12 07:00:00"):
            self.env["procedure.request"]._cron_room_options()
        self.assertEqual(waits.state, "submitted")
        with freeze_time("2026-12-12 09:00:00"):
            self.env["procedure.request"]._cron_room_options()
        self.assertEqual((waits.state, waits.room_booking_ids.state), ("dropped", "cancelled"))
        self.assertIn("ne s’est pas libérée", self._told(waits))

    def test_without_deposit_the_keys_are_the_end(self):
        self.room.deposit = False
        self.booking.state = "back"
        self._refused("action_give_back", "no deposit")
        self.assertNotIn("deposit", self.booking._get_applicant_words())

    def test_kept_until_settled_then_as_long_as_its_procedure_says_after_the_day(self):
        """It was accepted months before the day of the room."""
        request = self.request.sudo()
        self.procedure.retention_months = 12
        for state, moment, is_kept in (
            ("returned", "2027-12-01", True),
            ("returned", "2027-12-20", False),
            ("cancelled", "2026-11-26", False),
            ("handed", "2029-01-01", True),
            ("back", "2029-01-01", True),
        ):
            self.booking.state = state
            with self.subTest(state, on=moment), freeze_time(moment):
                self.assertEqual(bool(request._filter_unfinished()), is_kept)
        self.room.deposit = False
        with freeze_time("2029-01-01"):
            self.assertFalse(request._filter_unfinished(), "given back, and no deposit")

    def test_forgotten_the_room_stays_taken_by_nobody(self):
        self._accept()
        self.booking.write({"state": "kept", "note_in": "x", "deposit_reason": "y"})
        self.request.sudo()._anonymise()
        self.assertEqual(
            (self.booking.note_in, self.booking.deposit_reason, self.booking.state),
            (False, False, "kept"),
        )
