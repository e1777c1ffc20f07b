from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_procedure_request_circuit import CALLS, CircuitCommon

# What is done, as (moment in UTC, what, detail).
ASKED = ("2026-03-05 09:00", "ask", "2026-03-20")


@tagged("post_install", "-at_install")
class TestClock(CircuitCommon):
    def test_the_service_is_warned_before_and_after_the_due_date(self):
        with freeze_time("2026-03-02 09:00:00"):
            request = self._submit()
        self.assertEqual(str(request.date_due), "2026-03-17")
        Request = self.env["procedure.request"]
        for day, late in (
            ("2026-03-13", "none"),
            ("2026-03-14", "orange"),
            ("2026-03-17", "orange"),
            ("2026-03-18", "red"),
        ):
            with self.subTest(day), freeze_time(f"{day} 09:00:00"):
                request.invalidate_recordset(["late"])
                self.assertEqual(request.late, late)
                domain = [("id", "=", request.id)]
                self.assertEqual(Request.search(domain + [("late", "=", late)]), request)
                self.assertFalse(Request.search(domain + [("late", "!=", late)]))
                self.assertEqual(Request._read_group(domain, ["late"]), [(late,)])
        request.with_user(self.agent).action_accept()
        with freeze_time("2026-04-01"):
            request.invalidate_recordset(["late"])
            self.assertEqual(request.late, "none")
            self.assertEqual(Request._read_group([("id", "=", request.id)], ["late"]), [("none",)])

    def test_a_limit_of_today_leaves_no_time(self):
        request = self._submit()
        with freeze_time("2026-03-02 09:00"), self.assertRaises(UserError):
            request.with_user(self.agent).action_ask_completion(
                [{"label": "Bail", "reason": "Il manque"}], due=date(2026, 3, 2)
            )

    def test_the_answer_is_promised_for_a_working_day(self):
        with freeze_time("2026-11-21 09:00"):
            request = self._submit()
            self.assertEqual(request.date_due.weekday(), 6)
            self.assertEqual(request._get_due_day().weekday(), 4)
            self.assertIn("04/12/2026", request._get_due_sentence())

    def test_age(self):
        with freeze_time("2026-03-02 09:00:00"):
            request = self._submit()
        with freeze_time("2026-03-12 10:00:00"):
            request.invalidate_recordset(["age_days"])
            self.assertEqual(request.age_days, 10)
            Request = self.env["procedure.request"]
            self.assertIn(request, Request.search([("age_days", ">", 9)]))
            self.assertNotIn(request, Request.search([("age_days", ">", 10)]))

    def _happen(self, request, what, detail):
        match what:
            case "ask":
                request.with_user(self.agent).action_ask_completion(
                    [{"label": "Bail", "reason": "Il manque"}], due=detail
                )
            case "send":
                self._send_what_is_asked(request)
            case _:
                CALLS[what](self, request)

    def test_the_service_keeps_its_days_while_the_applicant_is_asked(self):
        with freeze_time("2026-03-02 09:00"):
            request = self._submit()
        self.assertEqual(str(request.date_due), "2026-03-17")
        self._happen_on(request, *ASKED)
        self.assertFalse(request.date_complete)
        self.assertEqual(str(request.date_completion_due), "2026-03-20")
        self._happen_on(request, "2026-03-15 09:00", "send", None)
        self.assertEqual(str(request.date_due), "2026-03-27")
        self.assertFalse(request.date_completion_due)

    def _happen_on(self, request, moment, what, detail):
        with freeze_time(moment):
            self._happen(request, what, detail)

    def test_a_deadline_that_has_passed_is_refused(self):
        request = self._submit()
        with freeze_time("2026-03-05 09:00"), self.assertRaisesKeeping(UserError):
            self._happen(request, "ask", "2026-03-04")
        self.assertEqual(request.state, "submitted")
        self.assertFalse(request.document_line_ids.filtered("asked"))

    def test_a_deadline_is_always_given(self):
        """Fifteen days, to the next working day: the law wants one in the letter."""
        request = self._submit()
        with freeze_time("2026-12-10 09:00"):
            self._happen(request, "ask", None)
        self.assertEqual(str(request.date_completion_due), "2026-12-28")
        line = request.document_line_ids.filtered("asked")
        self.assertEqual(line.date_due, request.date_completion_due)

    def test_a_reopened_request_has_its_days_again(self):
        with freeze_time("2026-03-02 09:00"):
            request = self._submit()
            CALLS["refuse"](self, request)
        with freeze_time("2026-06-01 09:00"):
            CALLS["reopen"](self, request)
            self.assertEqual(request.late, "none")
        self.assertEqual(str(request.date_due), "2026-06-16")
