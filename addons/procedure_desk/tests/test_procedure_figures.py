from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.procedure.tests.common import ProcedureCommon


@tagged("post_install", "-at_install")
class TestFigures(ProcedureCommon):
    """What a director reports, and how it is averaged."""

    def test_days_and_share_of_the_first_answers(self):
        with freeze_time("2026-03-02 09:00:00"):
            soon, late, waiting = self._submit(), self._submit(user=self.dominique), self._submit()
        with freeze_time("2026-03-04 09:00:00"):
            soon.with_user(self.agent).action_refuse("Hors délai")
        with freeze_time("2026-06-01 09:00:00"):
            late.with_user(self.agent).action_accept()
            # A reopening changes nothing of the first answer.
            soon.with_user(self.agent).action_reopen("Une erreur de notre part")
            soon.with_user(self.agent).action_accept()
        self.assertEqual((soon.answer_days, soon.in_time_rate), (2, 100))
        self.assertEqual((late.answer_days, late.in_time_rate), (91, 0))
        [group] = (
            self.env["procedure.request"]
            .with_user(self.manager)
            .formatted_read_group(
                [("id", "in", (soon | late | waiting).ids)],
                ["service_id"],
                ["answer_days:avg", "in_time_rate:avg"],
            )
        )
        self.assertEqual(group["answer_days:avg"], 46.5)
        self.assertEqual(group["in_time_rate:avg"], 50, "what waits counts for nothing")

    def test_a_reopening_changes_nothing_of_a_late_answer(self):
        with freeze_time("2026-03-02 09:00:00"):
            late = self._submit()
        with freeze_time("2026-06-01 09:00:00"):
            late.with_user(self.agent).action_refuse("Hors délai")
            late.with_user(self.agent).action_reopen("Une erreur de notre part")
        with freeze_time("2026-06-02 09:00:00"):
            late.with_user(self.agent).action_accept()
        self.assertEqual((late.answer_days, late.in_time_rate), (91, 0))

    def test_closing_without_decision_is_no_answer(self):
        with freeze_time("2026-03-02 09:00:00"):
            request = self._submit()
        with freeze_time("2026-03-03 09:00:00"):
            request.with_user(self.agent).action_drop("Un double")
        self.assertFalse(request.is_answered)
        with freeze_time("2026-06-01 09:00:00"):
            request.with_user(self.agent).action_reopen("Une erreur de notre part")
            request.with_user(self.agent).action_accept()
        self.assertTrue(request.is_answered)
        self.assertEqual(request.answer_days, 91)

    def test_what_is_not_answered_is_averaged_by_nobody(self):
        waiting = self._submit()
        self.assertFalse(waiting.is_answered)
        found = (
            self.env["procedure.request"].with_user(self.agent).search([("is_answered", "=", True)])
        )
        self.assertNotIn(waiting, found.sudo())
        with self.assertRaises(AccessError):
            waiting.with_user(self.camille).read(["answer_days"])
