from contextlib import closing
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.procedure.tests.test_procedure_request_circuit import CALLS, CircuitCommon
from odoo.addons.territory_base.tests.sweep import sweep

from .common import SilenceCommon

SVR = {"regime": "svr"}
SVA = {"regime": "sva"}
FOUR_MONTHS = {"has_consultative_body": True}
# What is done, as (moment in UTC, what, detail).
ASKED = ("2026-03-05 09:00", "ask", "2026-03-20")
# (what is shown, settings of the procedure, filed on (UTC), what then happens, last day to answer)
SILENCE = [
    # The day of the month, the end of the month, leap years.
    ("two months, ends on a Saturday", SVR, "2026-03-02 09:00", [], "2026-05-02"),
    ("two months, ends on a bank holiday", SVR, "2026-03-01 09:00", [], "2026-05-01"),
    ("31 December, then 28 February", SVR, "2026-12-31 09:00", [], "2027-02-28"),
    ("31 December, then 29 February", SVR, "2027-12-31 09:00", [], "2028-02-29"),
    ("29 February, a year", {**SVR, "delay_number": 12}, "2028-02-29 09:00", [], "2029-02-28"),
    ("three months, 30 November", {**SVA, "delay_number": 3}, "2026-11-30 09:00", [], "2027-02-28"),
    (
        "days, over the new year",
        {**SVR, "delay_number": 15, "delay_unit": "day"},
        "2026-12-20 09:00",
        [],
        "2027-01-04",
    ),
    # A consultative body.
    ("four months, 31 October", {**SVR, **FOUR_MONTHS}, "2026-10-31 09:00", [], "2027-02-28"),
    ("four months accept too", {**SVA, **FOUR_MONTHS}, "2026-08-15 09:00", [], "2026-12-15"),
    # Nothing is promised.
    ("no regime", {"regime": "none"}, "2026-03-02 09:00", [], None),
    ("a declaration", {"regime": "declaration"}, "2026-03-02 09:00", [], None),
    ("not validated", {**SVR, "validated": False}, "2026-03-02 09:00", [], None),
    (
        "validated after the filing",
        {**SVR, "validated": False},
        "2026-03-02 09:00",
        [("2026-03-03 09:00", "validate", {})],
        "2026-05-02",
    ),
    # The rule of the day of the filing.
    (
        "the delay changed since",
        SVR,
        "2026-03-02 09:00",
        [("2026-03-03 09:00", "validate", {"delay_number": 4})],
        "2026-05-02",
    ),
    (
        "the regime changed since, completed after",
        SVA,
        "2026-03-02 09:00",
        [
            ("2026-03-03 09:00", "validate", {"regime": "svr", "delay_number": 6}),
            ASKED,
            ("2026-03-15 09:00", "send", None),
        ],
        "2026-05-15",
    ),
    # Midnight here, not in Greenwich.
    ("1 July here, 30 June in UTC", SVR, "2026-06-30 22:30", [], "2026-09-01"),
    ("1 January here, 31 December in UTC", SVR, "2026-12-31 23:30", [], "2027-03-01"),
    ("still 31 December here", SVR, "2026-12-31 22:30", [], "2027-02-28"),
    # Silence refuses: what was given to the applicant does not count.
    ("asked, not answered yet", SVR, "2026-03-02 09:00", [ASKED], "2026-05-17"),
    (
        "answered before the deadline",
        SVR,
        "2026-03-02 09:00",
        [ASKED, ("2026-03-15 09:00", "send", None)],
        "2026-05-12",
    ),
    (
        "answered the same day",
        SVR,
        "2026-03-02 09:00",
        [ASKED, ("2026-03-05 15:00", "send", None)],
        "2026-05-02",
    ),
    (
        "answered after the deadline",
        SVR,
        "2026-03-02 09:00",
        [ASKED, ("2026-03-28 09:00", "send", None)],
        "2026-05-17",
    ),
    (
        "asked twice",
        SVR,
        "2026-03-02 09:00",
        [
            ASKED,
            ("2026-03-15 09:00", "send", None),
            ("2026-03-16 09:00", "ask", "2026-03-31"),
            ("2026-03-21 09:00", "send", None),
        ],
        "2026-05-17",
    ),
    (
        "the agent goes on without",
        SVR,
        "2026-03-02 09:00",
        [ASKED, ("2026-03-08 09:00", "take", None)],
        "2026-05-05",
    ),
    (
        "the deadline falls on a Sunday: Monday, and silence waits until then",
        SVR,
        "2026-03-02 09:00",
        [("2026-03-05 09:00", "ask", "2026-03-22")],
        "2026-05-20",
    ),
    (
        "the deadline falls on a Sunday, and is kept",
        {**SVR, "holiday_rule": "none"},
        "2026-03-02 09:00",
        [("2026-03-05 09:00", "ask", "2026-03-22")],
        "2026-05-19",
    ),
    (
        "asked at 00:30 on the night of summer time, sent three days later",
        SVR,
        "2026-03-02 09:00",
        [("2026-03-28 23:30", "ask", "2026-04-10"), ("2026-04-01 09:00", "send", None)],
        "2026-05-05",
    ),
    (
        "no suspension",
        {**SVR, "suspension": "none"},
        "2026-03-02 09:00",
        [ASKED, ("2026-03-15 09:00", "send", None)],
        "2026-05-02",
    ),
    # Silence accepts, or the delay starts with the complete file.
    ("accepts, incomplete: no date", SVA, "2026-03-02 09:00", [ASKED], None),
    (
        "accepts, complete since",
        SVA,
        "2026-03-02 09:00",
        [ASKED, ("2026-03-15 09:00", "send", None)],
        "2026-05-15",
    ),
    (
        "refuses, from the complete file",
        {**SVR, "clock_start": "complete"},
        "2026-03-02 09:00",
        [ASKED, ("2026-03-15 09:00", "send", None)],
        "2026-05-15",
    ),
    # Somebody answered: silence says nothing more.
    (
        "reopened, then asked again",
        SVA,
        "2026-03-02 09:00",
        [
            ("2026-03-03 09:00", "refuse", None),
            ("2026-03-04 09:00", "reopen", None),
            ASKED,
            ("2026-03-15 09:00", "send", None),
        ],
        None,
    ),
]


@tagged("post_install", "-at_install")
class TestSilenceClock(CircuitCommon):
    def test_no_silence_date_until_the_regime_is_validated(self):
        self.procedure.write({"regime": "svr", "legal_basis": "Décret 2016-625"})
        self.assertFalse(self._submit().date_silence)
        self.procedure.with_user(self.manager).action_validate_regime()
        self.assertEqual(self.procedure.validated_by_id, self.manager)
        with freeze_time("2026-12-31 09:00:00"):
            self.assertEqual(str(self._submit().date_silence), "2027-02-28")
        self.procedure.delay_number = 4
        self.assertFalse(self.procedure.validated_on, "what was validated has changed")
        self.assertFalse(self._submit().date_silence)

    def test_a_validated_regime_reaches_the_requests_that_are_open(self):
        self.procedure.write({"regime": "svr", "legal_basis": "Décret 2016-625"})
        with freeze_time("2026-01-05 09:00:00"):
            past, answered = self._submit(), self._submit()
        with freeze_time("2026-01-06 09:00:00"):
            answered.with_user(self.agent).action_accept()
        with freeze_time("2026-03-02 09:00:00"):
            recent, asked = self._submit(), self._submit()
        with freeze_time("2026-03-04 09:00:00"):
            asked.with_user(self.agent).action_ask_completion(
                [{"label": "Bail", "reason": "Il manque"}], due=date(2026, 3, 19)
            )
        procedure = self.procedure.with_user(self.manager)
        with freeze_time("2026-03-10 09:00:00"):
            numbers = ", ".join((past | recent | asked).mapped("number"))
            self.assertEqual(procedure.open_without_silence, numbers)
            action = procedure.action_validate_regime()
        self.assertEqual(
            set(self.env["procedure.request"].search(action["domain"])), {past, recent, asked}
        )
        self.assertFalse(procedure.open_without_silence)
        dates = [str(request.date_silence) for request in (past, recent, asked)]
        self.assertEqual(dates, ["2026-03-05", "2026-05-02", "2026-05-17"])
        self.assertEqual(
            (past | recent | asked).mapped("is_silence_to_check"), [True, False, False]
        )
        self.assertFalse(answered.date_silence)
        self.assertFalse(past._get_unanswered_sentence(), "nothing is said before it is checked")
        self.assertIn("02/05/2026", recent._get_unanswered_sentence())
        self.assertIn("02/05/2026", str(recent.message_ids[0].body))
        self.assertLessEqual(recent.date_due, recent.date_silence)

    def test_once_reopened_no_letter_speaks_of_a_delay_of_silence(self):
        self._change_regime({"regime": "svr"})
        request = self._submit()
        request.with_user(self.agent).action_refuse("Pas de place")
        request.with_user(self.agent).action_reopen("Une place se libère")
        request.with_user(self.agent).action_ask_completion(
            [{"label": "Bail", "reason": "Il manque"}]
        )
        self.assertFalse(request.date_silence)
        self.assertEqual(request._get_pause_sentence(), "")
        reopened, asked = request._get_messages_for_applicant()[-2:]
        self.assertIn("Aucun nouveau délai de silence", reopened.body)
        self.assertNotIn("L114-5", asked.body)

    def test_what_was_missing_is_acknowledged_with_its_day_and_the_day_of_silence(self):
        self._change_regime({"regime": "svr"})
        with freeze_time("2026-03-02 09:00"):
            request = self._submit()
            request.with_user(self.agent).action_ask_completion(
                [{"label": "Bail", "reason": "Il manque"}], due=date(2026, 3, 17)
            )
        self.assertIn("au plus tard le", request._get_messages_for_applicant()[-1].body)
        with freeze_time("2026-03-05 09:00"):
            self._send_what_is_asked(request)
        self.assertEqual(str(request.date_silence), "2026-05-05")
        told = request._get_messages_for_applicant()[-1].body
        for words in ("05/03/2026", "05/05/2026", "photo.png (1 page, 1 ko)"):
            self.assertIn(words, told)

    def test_a_regime_needs_its_legal_basis(self):
        self.procedure.regime = "sva"
        with self.assertRaises(UserError):
            self.procedure.action_validate_regime()
        with self.assertRaises(AccessError):
            self.procedure.with_user(self.agent).action_validate_regime()

    @sweep("machines")
    def test_silence_dates(self):
        for case, values, filed, events, expected in SILENCE:
            with self.subTest(case), closing(self.env.cr.savepoint()):
                self._change_regime({"delay_number": 2, **values})
                with freeze_time(filed):
                    request = self._submit()
                for moment, what, detail in events:
                    with freeze_time(moment):
                        self._happen(request, what, detail)
                shown = request.date_silence and str(request.date_silence)
                self.assertEqual(shown or None, expected)
                if request.date_silence:
                    self.assertLessEqual(request.date_due, request.date_silence)

    def _change_regime(self, values):
        values = {"legal_basis": "Texte", **values}
        is_validated = values.pop("validated", True)
        self.procedure.write(values)
        if is_validated:
            self.procedure.action_validate_regime()

    def _happen(self, request, what, detail):
        match what:
            case "ask":
                request.with_user(self.agent).action_ask_completion(
                    [{"label": "Bail", "reason": "Il manque"}], due=detail
                )
            case "send":
                self._send_what_is_asked(request)
            case "validate":
                self._change_regime(detail)
            case _:
                CALLS[what](self, request)


@tagged("post_install", "-at_install")
class TestTwoRequests(CircuitCommon, SilenceCommon):
    """One goes on for both: the day of which one counts."""

    def _two(self, older_on="2026-03-01 09:00"):
        self._set_regime("svr")
        with freeze_time(older_on):
            older = self._submit()
        with freeze_time("2026-03-10 09:00"):
            return self._submit().sudo(), older.sudo()

    def test_the_first_day_counts(self):
        kept, older = self._two()
        kept._count_from(older)
        self.assertEqual(kept.date_silence, date(2026, 5, 1))

    def test_a_pause_is_given_back_where_it_was_counted(self):
        kept, older = self._two()
        with freeze_time("2026-03-20 09:00"):
            kept.with_user(self.agent).action_ask_completion(
                [{"label": "Plan", "reason": "Il manque"}], due=date(2026, 4, 20)
            )
        with freeze_time("2026-03-22 09:00"):
            kept._count_from(older)
        with freeze_time("2026-03-25 09:00"):
            self._send_what_is_asked(kept)
        self.assertEqual(kept.date_silence, date(2026, 5, 15))

    def test_the_pause_of_the_other_one_is_not_taken(self):
        kept, older = self._two()
        older.write({"date_paused": "2026-03-12 09:00:00", "date_silence": "2026-05-05"})
        kept._count_from(older)
        self.assertEqual(kept.date_silence, date(2026, 5, 10))

    def test_what_is_to_check_stays_to_check(self):
        kept, older = self._two()
        older.is_silence_to_check = True
        kept._count_from(older)
        self.assertTrue(kept.is_silence_to_check)
        self.assertEqual(kept.date_silence, date(2026, 5, 10))

    def test_rules_that_differ_are_not_compared(self):
        kept, older = self._two()
        older.silence_rule = {**older.silence_rule, "effect": "accepted"}
        kept._count_from(older)
        self.assertEqual(kept.date_silence, date(2026, 5, 10))
