from freezegun import freeze_time

from odoo.tests import tagged

from ..exceptions import TooManyRequests
from .common import GuardCase

EMAIL = "camille@example.org"


@tagged("post_install", "-at_install")
class TestCode(GuardCase):
    def setUp(self):
        super().setUp()
        with freeze_time("2026-11-25 10:00:00"):
            self.code = self.guard._issue_code("follow", EMAIL)
        self.wrong = "000000" if self.code != "000000" else "111111"

    def verify(self, code, email=EMAIL, purpose="follow", at="2026-11-25 10:05:00"):
        with freeze_time(at):
            return self.guard._verify_code(purpose, email, code)

    def test_code_is_right_once(self):
        self.assertRegex(self.code, r"^\d{6}$")
        self.assertTrue(self.verify(self.code))
        self.assertFalse(self.verify(self.code))

    def test_code_may_be_typed_with_spaces_and_address_in_capitals(self):
        self.assertTrue(
            self.verify(f" {self.code[:3]} {self.code[3:]} ", email="Camille@Example.ORG ")
        )

    def test_wrong_codes_are_all_refused_alike(self):
        self.assertIs(self.verify(self.wrong), False)
        self.assertIs(self.verify(""), False)
        self.assertIs(self.verify(None), False)
        self.assertIs(self.verify(self.code, email="sacha@example.org"), False)
        self.assertIs(self.verify(self.code, purpose="sign-up"), False)
        self.assertTrue(self.verify(self.code))

    def test_code_serves_ten_minutes(self):
        self.assertFalse(self.verify(self.code, at="2026-11-25 10:10:00"))
        self.assertTrue(self.verify(self.code, at="2026-11-25 10:09:59"))

    def test_right_code_is_refused_after_five_wrong_ones(self):
        for _try in range(5):
            self.assertFalse(self.verify(self.wrong))
        self.assertFalse(self.verify(self.code))

    def test_right_code_is_accepted_at_the_fifth_try(self):
        for _try in range(4):
            self.assertFalse(self.verify(self.wrong))
        self.assertTrue(self.verify(self.code))

    def test_new_code_replaces_the_old_one(self):
        with freeze_time("2026-11-25 10:01:00"):
            codes = {self.guard._issue_code("follow", EMAIL) for _try in range(2)}
        codes.discard(self.code)
        self.assertFalse(self.verify(self.code))
        self.assertTrue(any(self.verify(code) for code in codes))

    def test_five_codes_an_hour_for_one_address(self):
        with freeze_time("2026-11-25 10:30:00"):
            for _try in range(4):
                self.guard._issue_code("follow", EMAIL)
            with self.assertRaises(TooManyRequests):
                self.guard._issue_code("follow", EMAIL)
            self.assertTrue(self.guard._issue_code("follow", "sacha@example.org"))

    def test_neither_address_nor_code_is_stored(self):
        self.env.cr.execute("SELECT row_to_json(code)::text FROM public_guard_code code")
        rows = " ".join(row for (row,) in self.env.cr.fetchall())
        self.assertIn("code_digest", rows)
        self.assertNotIn("camille", rows)
        self.assertNotIn(f'"{self.code}"', rows)

    def test_past_codes_are_erased(self):
        with freeze_time("2026-11-25 10:30:00"):
            self.guard._gc_expired()
        self.assertFalse(self.env["public.guard.code"].search_count([]))
