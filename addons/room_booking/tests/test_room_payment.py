from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import RoomCase
from .test_room_deadline import tidy


@tagged("post_install", "-at_install")
class TestRoomPayment(RoomCase):
    """Accepted with a price: how much first, by when, and how."""

    def setUp(self):
        super().setUp()
        self.association = self._let_at_a_price()
        self.room.first_percent = 30

    def _accept(self, **answers):
        request = self._ask(**answers)
        request.room_booking_ids.insurance_covers = True
        request.with_user(self.secretary).action_accept()
        return request

    def _read(self, request):
        """What its applicant reads: agreement, mail, page."""
        letter = request.letter_ids.filtered(lambda each: each.kind == "room_agreement")
        words = request.room_booking_ids.with_context(lang="fr_FR")._get_applicant_words()
        mail = request.message_ids.filtered("subject")[:1].body
        return {"agreement": tidy(letter.body), "mail": tidy(mail), "page": tidy(words)}

    def test_the_shipped_form_says_how_it_is_paid(self):
        self.assertEqual(
            (self.procedure.payment_kind, self.procedure.payment_when), ("words", "accepted")
        )
        self.assertIn("chèque", self.procedure.payment_words)

    def test_agreement_mail_and_page_say_how_much_when_and_how(self):
        request = self._accept()
        booking = request.room_booking_ids
        self.assertEqual((booking.first_cents, booking.first_until), (2400, date(2026, 12, 10)))
        self.assertEqual(request.payment_state, "due")
        for where, words in self._read(request).items():
            for told in ("24,00 €", "10/12/2026", "Trésor public"):
                with self.subTest(where, told=told):
                    self.assertIn(told, words)
        as_hall = booking.with_user(self.secretary)
        as_hall.action_sign()
        self.assertTrue(as_hall.is_first_expected)
        as_hall.action_pay()
        self.assertEqual(booking.state, "paid")
        self.assertFalse(as_hall.is_first_expected)

    def test_where_nothing_is_expected_nothing_is_received(self):
        """No share, no price, or a payment that was cancelled."""
        free = self._accept(acting_for=self.association, room_day="2026-12-19")
        self.room.first_percent = 0
        none = self._accept(room_day="2026-12-20")
        self.room.first_percent = 30
        waived = self._accept(room_day="2026-12-21")
        waived.with_user(self.secretary).action_cancel_payment()
        for request in (free, none, waived):
            as_hall = request.room_booking_ids.with_user(self.secretary)
            as_hall.action_sign()
            with self.subTest(request.number), self.assertRaisesRegex(UserError, "No first"):
                as_hall.action_pay()
            self.assertFalse(as_hall.is_first_expected)
            self.assertNotIn("Acompte", as_hall.with_context(lang="fr_FR")._get_applicant_words())
        arch = as_hall.get_view(view_type="form")["arch"]
        self.assertRegex(arch, r'action_pay"[^>]*not is_first_expected')

    def test_an_amount_is_never_more_than_the_price_and_has_its_days(self):
        self.room.write({"first_percent": 0, "first_amount": "50,00", "first_days": 3})
        request = self._accept()
        booking = request.room_booking_ids
        self.assertEqual((booking.first_cents, booking.first_until), (5000, date(2026, 11, 28)))
        self.room.first_amount = "500"
        again = self._accept(room_day="2026-12-18")
        self.assertEqual(again.room_booking_ids.first_cents, 8000)

    def test_before_the_day_of_the_room(self):
        self.room.notice_days = 0
        request = self._accept(room_day="2026-11-30")
        self.assertEqual(request.room_booking_ids.first_until, date(2026, 11, 29))

    def test_a_price_that_is_corrected_moves_the_share(self):
        request = self._accept()
        line = request.price_line_ids
        request.with_user(self.secretary)._correct_price("Erreur", line, line.label, 10000)
        self.assertEqual(request.room_booking_ids.first_cents, 3000)

    def test_a_share_or_an_amount(self):
        for vals in (
            {"first_percent": 101},
            {"first_percent": -1},
            {"first_percent": 30, "first_amount": "50"},
            {"first_amount": "cinquante"},
            {"first_percent": 0, "first_amount": "-5"},
            {"first_days": 400},
        ):
            with self.subTest(str(vals)), self.assertRaises(ValidationError):
                self.room.write(vals)

    def test_what_is_asked_says_the_means_beside_the_first_payment(self):
        request = self._ask()
        sentences = request._get_payment_sentences("accepted")
        self.assertIn("24,00", sentences[0])
        self.assertIn("Trésor public", sentences[-1])
        self.assertFalse(request._get_payment_sentences())

    def test_the_receipt_names_the_room_its_days_its_price_and_its_option(self):
        """On the page that says it is sent and in its mail, as for an appointment."""
        request = self._ask(room_period="weekend", whole=False)
        french = request.with_context(lang="fr_FR")
        [told] = french._acknowledgment_values()["settled"]
        words = (
            "Salle du lavoir, Valmont, du samedi 12 décembre 2026 à 9 h",
            "au dimanche 13 décembre 2026 à 18 h, 80,00 €",
            "en option jusqu’au jeudi 3 décembre 2026",
        )
        mail = tidy(request.message_ids.filtered("subject")[-1:].body)
        for each in words:
            self.assertIn(each, tidy(told))
            self.assertIn(each, mail)
        club = self._association("Comité des fêtes", user=self.sacha)
        waits = self._ask(self.sacha, acting_for=club, room_waiting="1")
        [told] = waits.with_context(lang="fr_FR")._acknowledgment_values()["settled"]
        self.assertIn("vous attendez qu’elle se libère", told)
        waits.with_user(self.sacha)._run_transition("cancel", by=self.sacha.partner_id)
        self.assertFalse(waits._acknowledgment_values()["settled"], "it is no longer true")
        with freeze_time("2026-12-14"):
            self.assertFalse(request._acknowledgment_values()["settled"], "it is over")
