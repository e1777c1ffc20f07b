import json
from pathlib import Path

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..field_types import SLOT_TYPE
from .common import NINE, NOW, TWENTY_PAST
from .test_slot_moved import LAST, SlotMovedCommon

FILE = Path(__file__).parents[1] / "templates" / "rendez_vous_mairie.json"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSlotDesk(SlotMovedCommon):
    """What the staff does: move, cancel, close a day and tell, print the plan."""

    def _as_agent(self, record):
        return record.with_user(self.agent).with_context(lang="fr_FR")

    def _open(self, record, act):
        action = getattr(record, act)()
        return self.env[action["res_model"]].with_user(record.env.user).browse(action["res_id"])

    def test_an_agent_moves_it_for_somebody_who_called(self):
        request = self._meet()
        self._meet(TWENTY_PAST, self.dominique)
        booking = self._as_agent(request.sudo().slot_booking_ids)
        wizard = self._open(booking, "action_open_move")
        self.assertNotIn(NINE, wizard.option_ids.mapped("start"))
        self.assertNotIn(TWENTY_PAST, wizard.option_ids.mapped("start"))
        with self.assertRaises(UserError):
            wizard.action_confirm()
        wizard.option_id = wizard.option_ids.filtered(lambda each: each.start == LAST)
        wizard.action_confirm()
        self.assertEqual(self._taken(request), [LAST])
        self.assertIn("9\xa0h\xa040", self._last_words(request))
        other = self._open(self._as_agent(request.sudo().slot_booking_ids[-1:]), "action_open_move")
        other.option_id = wizard.option_ids[:1]
        with self.assertRaises(UserError):
            other.action_confirm()

    def test_another_service_does_not(self):
        booking = self._meet().sudo().slot_booking_ids
        for act in ("action_open_move", "action_open_withdraw"):
            for user in (self.school_agent, self.secretary, self.camille, self.dpo):
                with self.assertRaises(AccessError):
                    getattr(booking.with_user(user), act)()

    def test_a_day_that_closes_lists_those_who_come_then_tells_them(self):
        first, second = self._meet(), self._meet(TWENTY_PAST, self.dominique)
        later = self._meet(NINE.replace(day=31, hour=7))
        closed = self.env["procedure.slot.exception"].create(
            {"calendar_id": self.calendar.id, "date_from": "2026-03-24", "date_to": "2026-03-24"}
        )
        # What is taken stays until the agent says so.
        self.assertEqual(self._as_agent(closed).taken_count, 2)
        self.assertEqual(self._taken(first), [NINE])
        wizard = self._open(self._as_agent(closed), "action_open_withdraw")
        self.assertEqual(wizard.booking_ids.request_id, (first | second).with_env(wizard.env))
        wizard.words = "La mairie est fermée ce jour-là."
        wizard.action_confirm()
        for request in (first, second):
            self.assertFalse(self._taken(request))
            self.assertIn("La mairie est fermée ce jour-là.", self._last_words(request))
        self.assertTrue(self._taken(later))
        self.assertEqual(self._as_agent(closed).taken_count, 0)
        with self.assertRaises(UserError):
            wizard.action_confirm()

    def test_a_year_of_closed_days_costs_no_more_queries(self):
        self._meet()

        def count(days):
            closed = self.env["procedure.slot.exception"].create(
                [
                    {"calendar_id": self.calendar.id, "date_from": day, "date_to": day}
                    for day in days
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            taken = sum(self._as_agent(closed).mapped("taken_count"))
            return self.env.cr.sql_log_count - before, taken

        count(["2026-03-24"])  # the rules of the reader are read
        one, taken = count(["2026-03-24"])
        self.assertEqual(taken, 1)
        many, taken = count([f"2026-03-{day}" for day in range(22, 30)])
        self.assertEqual((many, taken), (one, 1))

    def test_who_cannot_be_told_is_named_and_stops_nobody(self):
        """One has begun, one is over by a way that nobody foresaw: the others are told."""
        told, begun = self._meet(LAST), self._meet(NINE, self.dominique)
        bookings = (told | begun).sudo().slot_booking_ids.with_user(self.agent)
        with freeze_time("2026-03-24 08:10:00"):
            wizard = self._open(bookings, "action_open_withdraw")
            self.assertEqual(wizard.booking_ids.request_id, told.with_env(wizard.env))
            self.assertIn(begun.sudo().number, wizard.left_out)
            self.assertIn("passé", wizard.left_out)
            wizard.action_confirm()
        self.assertFalse(self._taken(told))
        self.assertEqual(self._taken(begun), [NINE])

    def test_where_nobody_can_be_told_it_is_said_at_once(self):
        begun = self._meet(NINE)
        bookings = begun.sudo().slot_booking_ids.with_user(self.agent)
        with freeze_time("2026-03-24 08:10:00"):
            wizard = self._open(bookings, "action_open_withdraw")
            with self.assertRaises(UserError):
                wizard.action_confirm()

    def test_what_ended_since_the_window_was_open_stops_nobody(self):
        first, second = self._meet(NINE), self._meet(LAST, self.dominique)
        bookings = (first | second).sudo().slot_booking_ids.with_user(self.agent)
        wizard = self._open(bookings, "action_open_withdraw")
        with freeze_time("2026-03-24 08:10:00"):
            action = wizard.action_confirm()
        self.assertEqual(self._taken(first), [NINE])
        self.assertFalse(self._taken(second))
        self.assertIn(first.sudo().number, action["params"]["message"])

    def test_other_hours_or_fewer_places_concern_those_who_are_out_of_them(self):
        self._meet()
        self._meet(LAST, self.dominique)
        days = {"date_from": "2026-03-24", "date_to": "2026-03-24"}
        Exceptions = self.env["procedure.slot.exception"]
        hours = {"kind": "hours", "hour_from": 9, "hour_to": 9.5}
        late = Exceptions.create({"calendar_id": self.calendar.id, **days, **hours})
        self.assertEqual(late._find_out_of_hours().mapped("start"), [LAST])
        late.unlink()
        none = Exceptions.create({"calendar_id": self.calendar.id, **days, "kind": "capacity"})
        self.assertEqual(none.taken_count, 2)

    def test_the_plan_of_the_day(self):
        self._meet()
        self._meet(TWENTY_PAST, self.dominique)
        bookings = self.calendar.booking_ids
        report = self.env["report.procedure_slot.plan"].with_user(self.agent)
        values = report.with_context(lang="fr_FR")._get_report_values(bookings.ids)
        ((day, name, rows),) = values["plans"]
        self.assertEqual((day, name), ("mardi 24 mars 2026", self.calendar.name))
        self.assertEqual([booking.start for booking, _hours in rows], [NINE, TWENTY_PAST])
        self.assertTrue(all(booking.applicant_name for booking, _hours in rows))
        # Two in a row of the same people are one line.
        bookings.write({"request_id": bookings[0].request_id.id, "question_key": "slot"})
        values = report.with_context(lang="fr_FR")._get_report_values(bookings.ids)
        ((_day, _name, ((booking, hours),)),) = values["plans"]
        self.assertEqual((booking.start, hours), (NINE, "9\xa0h\xa000 à 9\xa0h\xa040"))
        for user in (self.school_agent, self.camille):
            with self.assertRaises(AccessError):
                report.with_user(user)._get_report_values(bookings.ids)

    def test_its_paper(self):
        self._meet()
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, kind = report._render_qweb_pdf(
            "procedure_slot.plan_report", self.calendar.booking_ids.ids
        )
        self.assertEqual(kind, "pdf")
        self.assertTrue(content.startswith(b"%PDF"))

    def test_appointments_at_the_town_hall(self):
        """The template, once its calendar is chosen: two people are two slots."""
        Definition = self.env["procedure.definition"]
        data = Definition._read_file(FILE.read_bytes())
        self.assertEqual(json.loads(FILE.read_text())["code"], data["code"])
        procedure = Definition._import(data, service_id=self.waste.id, code="RDVTEST")
        version = procedure.version_ids
        self.assertIn("choose its calendar", " ".join(version._get_problems()))
        question = version.field_ids.filtered(lambda each: each.key == "slot")
        question.slot_calendar_id = self.calendar
        self.assertFalse(version._get_problems())
        procedure.processing_id.with_user(self.manager).action_accept()
        procedure.with_user(self.manager).action_publish()
        answers = {"reason": "civil", "people": "2", "slot": str(SLOT_TYPE.to_id(NINE))}
        filing = self._filing(self.camille, procedure=procedure, files={}, answers=answers)
        request = self.env["procedure.request"].with_user(self.camille)._submit(filing)
        self.assertEqual(self._taken(request), [NINE, TWENTY_PAST])
