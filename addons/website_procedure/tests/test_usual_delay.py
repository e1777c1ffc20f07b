from datetime import timedelta

from freezegun import freeze_time

from odoo import fields

from ..models.procedure_procedure import MIN_DECISIONS
from .common import WebsiteProcedureCommon


class OthersAnswered:
    def answer_others(self, days, count=MIN_DECISIONS, since="2026-09-01"):
        """Requests of other people, each answered after so many days."""
        with freeze_time(since):
            requests = [
                self._submit(self.dominique, answers=self._answers()) for _each in range(count)
            ]
        for request in requests:
            with freeze_time(fields.Datetime.to_datetime(since) + timedelta(days=days)):
                request.with_user(self.agent).action_accept("Oui.")
        self.env.registry.clear_cache()


class TestUsualDelay(OthersAnswered, WebsiteProcedureCommon):
    """What the page of a procedure says of the answers that were given."""

    def test_usual_delay_is_that_of_the_others(self):
        self.answer_others(days=7.5, count=5)
        self.answer_others(days=11.2, count=5, since="2026-08-01")
        with freeze_time("2026-10-01"):
            self.assertEqual(self.procedure._get_usual_delay(), (10, 12))
            self.procedure.handling_days = 15
            self.assertEqual(self.promise(), "En général 10 jours (15 jours au plus).")
            # As usual as promised, or slower: the page contradicts nobody.
            self.procedure.handling_days = 10
            self.assertEqual(self.promise(), "Réponse sous 10 jours.")
            self.procedure.handling_days = 1
            self.assertEqual(self.promise(), "En général 10 jours ; le service vise un jour.")

    def promise(self):
        """What the page of the procedure says of the answer."""
        (place,) = self.get(self.path).tree.xpath("//dt[normalize-space()='Réponse']/../dd")
        return " ".join(place.text_content().split())

    def test_too_few_answers_say_nothing(self):
        self.answer_others(days=3, count=MIN_DECISIONS - 1)
        with freeze_time("2026-10-01"):
            self.assertIsNone(self.procedure._get_usual_delay())
            self.assertNotIn("En général", self.get(self.path).text)

    def test_old_answers_and_requests_closed_without_one_do_not_count(self):
        self.answer_others(days=3)
        with freeze_time("2026-09-20"):
            dropped = self._submit(self.dominique, answers=self._answers(note="x"))
        with freeze_time("2026-09-21"):
            dropped.with_user(self.agent).action_drop("Doublon")
            self.env.registry.clear_cache()
            self.assertEqual(self.procedure._get_usual_delay(), (3, 3))
        with freeze_time("2027-09-03"):
            self.assertEqual(self.procedure._get_usual_delay(), (3, 3))
        with freeze_time("2027-09-05"):
            self.assertIsNone(self.procedure._get_usual_delay())

    def test_a_reopened_request_counts_by_its_first_answer(self):
        self.answer_others(days=3)
        request = self.requests_of()[:1].with_user(self.agent)
        with freeze_time("2026-09-29"):
            request.action_reopen("Erreur")
        with freeze_time("2026-09-30"):
            request.action_accept("Oui.")
            self.env.registry.clear_cache()
            self.assertEqual(self.procedure._get_usual_delay(), (3, 3))

    def test_delay_is_asked_of_the_database_once_a_day(self):
        self.answer_others(days=3)
        with freeze_time("2026-10-01 08:00"):
            self.procedure._get_usual_delay()
            with self.assertQueryCount(0):
                self.procedure._get_usual_delay()
