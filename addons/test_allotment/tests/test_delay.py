from datetime import date

from freezegun import freeze_time

from odoo.tools import html2plaintext

from odoo.addons.procedure.tests.common import upload

from .common import AllotmentCommon

ITEMS = [{"label": "Bail", "reason": "Il manque"}]


@freeze_time("2027-03-01 10:00")
class TestDelay(AllotmentCommon):
    """`_get_due_limit`, `_get_resumed_due`, `_get_other_dates`, and the sentences about the delay:
    plots are let on one day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.allotment.plots_let_on = "2027-03-10"

    def _last_words(self, request):
        return " ".join(html2plaintext(request._get_messages_for_applicant()[-1].body).split())

    def _last_letter(self, request, kind):
        [letter] = request.letter_ids.filtered(lambda letter: letter.kind == kind)
        return letter.body

    def test_nothing_is_promised_after_that_day(self):
        request = self._ask()
        self.assertEqual(request.date_due, date(2027, 3, 10))
        self.assertEqual(self._submit().date_due, date(2027, 3, 16), "another procedure")

    def test_that_day_waits_for_nobody(self):
        """What the applicant took to answer is not given back."""
        self.allotment.handling_days = 5
        request = self._ask()
        self._wait_for_her(request)
        self.assertEqual(request.date_due, date(2027, 3, 6))
        self.allotment.plots_let_on = False
        other = self._ask(user=self.dominique)
        self._wait_for_her(other)
        self.assertEqual(other.date_due, date(2027, 3, 11), "without that day")

    def _wait_for_her(self, request):
        request.with_user(self.agent).action_ask_completion(ITEMS, due="2027-03-08")
        with freeze_time("2027-03-06 10:00"):
            request.with_user(self.agent).action_take()

    def test_staff_is_told_that_day(self):
        self.assertEqual(
            self._ask().with_context(lang="en_US")._get_other_dates(),
            [("Plots let on", date(2027, 3, 10))],
        )

    def test_acknowledgment_says_what_no_answer_means(self):
        request = self._ask()
        [letter] = request.letter_ids
        for words in (self._last_words(request), letter.body):
            self.assertIn("Sans réponse le 2027-03-10", words)
            self.assertIn("une parcelle peut encore être libre", words)

    def test_it_is_said_again_once_it_is_complete(self):
        request = self._ask()
        request.with_user(self.agent).action_ask_completion(ITEMS)
        self.assertIn("ne change pas", self._last_words(request))
        self.assertIn("ne change pas", self._last_letter(request, "completion"))
        files = {item["key"]: [upload()] for item in request._get_asked_items()}
        request.with_user(self.agent)._receive(files=files)
        self.assertIn("Sans réponse le 2027-03-10", self._last_words(request))
        self.assertIn("Sans réponse le 2027-03-10", self._last_letter(request, "completed"))

    def test_a_reopening_says_what_it_does_to_that_day(self):
        request = self._ask()
        request.with_user(self.agent).action_refuse("Plus de place")
        request.with_user(self.agent).action_reopen("Une place se libère")
        self.assertIn("le même jour", self._last_words(request))
