from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.procedure.exceptions import AnswersInvalid

from .common import NUMBER, LodgingCase

ELSEWHERE = {**NUMBER, "lodging_address.street": "9 rue du Four"}
GOOD = (
    "99001123456AB",
    "99001 123456 AB",
    "99001-123456-ab",
    " 99001 000000 00 ",
    "99001.999999.ZZ",
    "990011234561A",
)
# What is typed: what the sentence says.
BAD = {
    "99001123456A": "12 were typed",
    "99001123456ABC": "14 were typed",
    "9900112345": "10 were typed",
    "A9001123456AB": "5 characters of the commune",
    "990C1123456AB": "5 characters of the commune",
    "99-001 1234 AB": "were typed",
    "99001A23456AB": "6 digits",
    "9900112345OAB": "6 digits",
    "99001123456É1": "2 letters or digits",
    "99001123456A_": "2 letters or digits",
    "99002123456AB": "another commune",
    "55010123456AB": "another commune",
    "٩٩٠٠١123456AB": "5 characters of the commune",
    "0": "1 were typed",
}


@tagged("post_install", "-at_install")
class TestLodgingNumber(LodgingCase):
    """Twenty numbers of the national site."""

    procedures = ("national",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_mode("national")

    def test_numbers_that_are_read(self):
        for typed in GOOD:
            with self.subTest(typed):
                request = self._declare(self.national, answers=NUMBER, lodging_number=typed)
                number = request.lodging_ids.registration_number
                self.assertEqual(len(number), 13)
                self.assertEqual(number[:5], "99001")
                self.assertEqual(request.lodging_ids.source, "national")
        live = self.declarations.search([("state", "=", "live")])
        self.assertEqual(live.registration_number, "990011234561A", "the last one is in force")

    def test_numbers_that_are_refused(self):
        for typed, sentence in BAD.items():
            with self.subTest(typed), self.assertRaises(AnswersInvalid) as refused:
                self._declare(self.national, answers=NUMBER, lodging_number=typed)
            self.assertIn(sentence, refused.exception.errors["lodging_number"])
        self.assertFalse(self.declarations.search([]))

    def test_a_commune_that_was_merged_keeps_its_numbers(self):
        self.commune.former_ids.create(
            {"name": "Ancienne", "insee_code": "99009", "commune_id": self.commune.id}
        )
        request = self._declare(self.national, answers=NUMBER, lodging_number="99009123456AB")
        self.assertEqual(request.lodging_ids.state, "live")

    def test_one_number_is_one_lodging(self):
        first = self._declare(self.national, answers=NUMBER)
        with self.assertRaises(AnswersInvalid) as refused:
            self._declare(self.national, answers=ELSEWHERE)
        self.assertIn("another address", refused.exception.errors["lodging_number"])
        self.assertEqual(first.lodging_ids.state, "live")

    def test_a_number_confirms_no_address(self):
        """An advertisement shows it: whoever types it reads the same wherever she says it is."""
        first = self._declare(self.national, answers=NUMBER).lodging_ids
        there = self._declare(self.national, self.sacha, answers=NUMBER)
        elsewhere = self._declare(self.national, self.stranger, answers=ELSEWHERE)
        for request in there | elsewhere:
            with self.subTest(request.applicant_name):
                self.assertEqual(request.lodging_ids.state, "to_check")
                self.assertEqual(request.lodging_ids.other_id, first)
                words = request.lodging_ids._get_state_words()
                self.assertEqual(words, "Received. The town hall checks the address.")
                with self.assertRaisesRegex(UserError, first.number):
                    request.with_user(self.secretary).action_accept()
        # The town hall is told where, and settles it.
        lodging = elsewhere.lodging_ids.with_user(self.secretary)
        with self.assertRaisesRegex(UserError, "4 rue du Four"):
            lodging.action_replace()
        first.with_user(self.secretary).action_cease()
        lodging.action_replace()
        self.assertEqual(lodging.state, "live")

    def test_a_number_that_is_corrected_waits_too(self):
        first = self._declare(self.national, answers=NUMBER)
        other = "99001 654321 CD"
        request = self._declare(
            self.national, self.sacha, answers={**ELSEWHERE, "lodging_number": other}
        )
        self.assertEqual(request.lodging_ids.state, "live")
        for typed, state in ((NUMBER["lodging_number"], "to_check"), (other, "live")):
            request.answers = {**request.answers, "lodging_number": typed.replace(" ", "")}
            request._correct_lodging()
            self.assertEqual(request.lodging_ids.state, state)
        self.assertEqual(first.lodging_ids.state, "live")

    def test_the_register_refuses_what_no_form_lets_through(self):
        declaration = self._declare(self.national, answers=NUMBER).lodging_ids
        with self.assertRaisesRegex(ValidationError, "is not a registration number"):
            declaration.registration_number = "99001"
