from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import FamilyCase


@tagged("post_install", "-at_install")
class TestFamilyQuotient(FamilyCase):
    def test_told_checked_then_told_again(self):
        row = self.tell(self.camille, fund="caf", number="123 4567", quotient=780)
        self.assertEqual((row.number, row.quotient, row.checked_on), ("1234567", 780, False))
        self.assertEqual(self.tell(self.camille, fund="caf", number="1234567", quotient=780), row)
        self._open_file_to(self.other_service)
        row.with_user(self.family_agent).action_check()
        self.assertEqual(row.checked_by, self.family_agent)
        row.date_start = "2026-01-01"
        other = self.tell(self.camille, fund="caf", number="1234567", quotient=810)
        self.assertEqual((str(row.date_end), other.checked_on), ("2026-11-24", False))

    def test_not_told_is_an_answer(self):
        self.tell(self.camille, number="1234567", quotient=780)
        row = self.tell(self.camille, is_untold=True, number="1234567", quotient=780)
        self.assertEqual((row.number, row.quotient, row.is_untold), (False, 0, True))
        self.assertEqual(self.Quotient.search([]), row)

    def test_what_is_typed_wrong_is_told(self):
        for values, words in (
            ({"quotient": 780, "number": "1 85 05 78 006 084"}, "Never give your"),
            ({"quotient": 780, "number": "185057800608436"}, "social security"),
            ({"quotient": 780, "number": "abc"}, "6 to 8"),
            ({"quotient": None}, "whole number"),
            ({"quotient": " "}, "whole number"),
            ({"quotient": "²"}, "whole number"),
            ({"quotient": 780, "fund": "x"}, "answers proposed"),
            ({"quotient": 780, "date_end": "2026-11-24"}, "is over"),
            ({"quotient": -1}, "whole number"),
            ({"quotient": 20_001}, "whole number"),
            ({"quotient": 0.5}, "whole number"),
        ):
            with self.subTest(values), self.assertRaisesRegex(ValidationError, words):
                self.tell(self.camille, **values)
        self.assertTrue(self.tell(self.camille, quotient=0))

    def test_nobody_tells_it_for_another(self):
        for user in (self.sacha, self.agent, self.family_agent):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.Quotient.with_user(user)._say(
                    self.camille.partner_id.with_user(user), {"quotient": 1}
                )

    def test_who_checks(self):
        row = self.tell(self.camille, quotient=780)
        for user in (self.family_agent, self.agent, self.camille):
            with self.subTest(user.login), self.assertRaises(UserError):
                row.with_user(user).action_check()
        self.assertFalse(row.checked_on)

    def test_an_attestation_ticked_by_mistake_is_to_be_seen_again(self):
        row = self.tell(self.camille, quotient=780)
        row.with_user(self.manager).action_check()
        self.assertTrue(row.checked_on)
        with self.assertRaises(AccessError):
            row.with_user(self.agent).action_uncheck()
        row.with_user(self.manager).action_uncheck()
        self.assertFalse(row.checked_on or row.checked_by)

    def test_two_that_stand_give_way_to_the_next(self):
        """As after the merge of two sheets."""
        first = self.tell(self.camille, quotient=780, date_end="2026-12-31")
        second = first.copy({"quotient": 900})
        row = self.tell(self.camille, quotient=600)
        self.assertFalse((first | second).exists(), "both were said today")
        self.assertEqual(row.quotient, 600)
