from unittest.mock import patch

from odoo import api, modules
from odoo.tests import tagged

from .common import GuardCase, is_let_in
from .races import at_once

SCOPE = "race"
EMAIL = "race@exemple.test"
TOGETHER = 5


@tagged("post_install", "-at_install")
class TestRaces(GuardCase):
    """Five at once give what one after the other gives."""

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(modules.module, "current_test", False))
        self.addCleanup(self.forget)

    def forget(self):
        with self.registry.cursor() as cr:
            cr.execute(
                "DELETE FROM public_guard_hit WHERE scope IN %s",
                [(SCOPE, f"{SCOPE}.value", "code", "code_try")],
            )
            cr.execute("DELETE FROM public_guard_token WHERE purpose = %s", [SCOPE])
            cr.execute("DELETE FROM public_guard_code")

    def run_together(self, *calls):
        return at_once(
            self.registry, *[lambda env, call=call: call(env["public.guard"]) for call in calls]
        )

    def test_tries(self):
        passed = self.run_together(
            *[lambda guard: is_let_in(lambda: guard._hit(SCOPE, "x", 3, 600))] * TOGETHER
        )
        self.assertEqual(sum(passed), 3)

    def test_distinct_values(self):
        passed = self.run_together(
            *[
                lambda guard, value=value: is_let_in(
                    lambda: guard._hit_distinct(SCOPE, "x", value, 3, 600)
                )
                for value in ("a", "b", "c", "d", "e")
            ]
        )
        self.assertEqual(sum(passed), 3)

    def test_the_same_value(self):
        passed = self.run_together(
            *[lambda guard: is_let_in(lambda: guard._hit_distinct(SCOPE, "x", "a", 1, 600))]
            * TOGETHER
        )
        self.assertEqual(sum(passed), TOGETHER)

    def test_what_is_given_back(self):
        """All of them may be inside together: the limit counts who has not come out."""

        def come_and_go(guard):
            entered = is_let_in(lambda: guard._hit(SCOPE, "x", TOGETHER, 600))
            guard._give_back(SCOPE, "x")
            return entered

        self.assertTrue(all(self.run_together(*[come_and_go] * TOGETHER)))
        with self.registry.cursor() as cr:
            guard = api.Environment(cr, self.env.uid, {})["public.guard"]
            left = [is_let_in(lambda: guard._hit(SCOPE, "x", TOGETHER, 600)) for _try in range(6)]
        self.assertEqual(sum(left), TOGETHER)

    def test_a_right_code_serves_once(self):
        with self.registry.cursor() as cr:
            code = api.Environment(cr, self.env.uid, {})["public.guard"]._issue_code(SCOPE, EMAIL)
        passed = self.run_together(
            *[lambda guard: guard._verify_code(SCOPE, EMAIL, code)] * TOGETHER
        )
        self.assertEqual(sum(passed), 1)

    def test_wrong_codes_end_the_code(self):
        with self.registry.cursor() as cr:
            code = api.Environment(cr, self.env.uid, {})["public.guard"]._issue_code(SCOPE, EMAIL)
        wrong = f"{(int(code) + 1) % 10**6:06}"
        self.run_together(*[lambda guard: guard._verify_code(SCOPE, EMAIL, wrong)] * TOGETHER)
        (passed,) = self.run_together(lambda guard: guard._verify_code(SCOPE, EMAIL, code))
        self.assertFalse(passed)

    def test_codes_of_one_address(self):
        def issue(guard):
            return is_let_in(lambda: guard._issue_code(SCOPE, EMAIL))

        passed = self.run_together(*[issue] * (TOGETHER + 3))
        self.assertEqual(sum(passed), TOGETHER)

    def test_a_form_token_is_spent_once(self):
        token = self.guard._form_token(SCOPE)
        passed = self.run_together(*[lambda guard: guard._claim_token(token)[1]] * TOGETHER)
        self.assertEqual(sum(passed), 1)
