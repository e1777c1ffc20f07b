from datetime import UTC

import icalendar
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.procedure.exceptions import AnswersInvalid

from ..field_types import SLOT_TYPE
from .common import NINE, NOW, TWENTY_PAST, SlotCommon

LAST = TWENTY_PAST.replace(minute=40)


class SlotMovedCommon(SlotCommon):
    """Requests that have a slot."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar.change_notice = 2
        cls.meeting = cls._procedure("Refaire sa carte", "CARTE", cls.waste, cls._slot_form(True))
        cls.optional = cls._procedure("Dossier", "DOSSIER", cls.waste, cls._slot_form(False))

    @classmethod
    def _slot_form(cls, required):
        slot = {"key": "slot", "type": "slot", "label": "Rendez-vous", "required": required}
        return [
            {"key": "why", "type": "text", "label": "Motif"},
            {**slot, "slot_calendar_id": cls.calendar.id},
        ]

    def _meet(self, start=NINE, user=None, procedure=None):
        user = user or self.camille
        answers = {"why": "Perdue", "slot": str(SLOT_TYPE.to_id(start))}
        procedure = (procedure or self.meeting).with_context(lang="fr_FR")
        filing = self._filing(user, procedure=procedure, files={}, answers=answers)
        requests = self.env["procedure.request"].with_user(user).with_context(lang="fr_FR")
        return requests._submit(filing).with_user(user)

    def _move(self, request, start, **kwargs):
        request._move_slot("slot", start, by=self.camille.partner_id, **kwargs)

    def _cancel(self, request, **kwargs):
        request._cancel_slot("slot", by=self.camille.partner_id, **kwargs)

    def _taken(self, request):
        bookings = request.sudo().slot_booking_ids
        return bookings.filtered(lambda each: each.state == "taken").mapped("start")

    def _last_words(self, request):
        body = str(request.sudo()._get_messages_for_applicant()[-1].body)
        return body.replace("&nbsp;", "\xa0")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSlotMoved(SlotMovedCommon):
    """A slot that is moved or given up, by the applicant or by the service."""

    def _event(self, request):
        request_sudo = request.sudo()
        content = request_sudo._make_ics(request_sudo._get_appointment("slot"))
        (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
        return event

    def test_the_former_one_is_hers_until_the_new_one_is(self):
        request = self._meet()
        self._meet(TWENTY_PAST, self.dominique)
        with self.assertRaises(AnswersInvalid) as caught, self.cr.savepoint():
            self._move(request, TWENTY_PAST)
        self.assertIn("vient d’être pris", caught.exception.errors["slot"])
        self.assertEqual(self._taken(request), [NINE])
        self._move(request, LAST)
        self.assertEqual(self._taken(request), [LAST])
        self.assertIn("9\xa0h\xa040", request.sudo().answers["slot"]["label"])
        self.assertIn(NINE, self._starts())
        words = self._last_words(request)
        self.assertIn("9\xa0h\xa040", words)
        self.assertIn("À la place de", words)
        self.assertIn("(«\xa0<strong>Refaire sa carte</strong>\xa0») est maintenant", words)
        # The same one again: nothing is done, nothing is said.
        count = len(request.sudo().message_ids)
        self._move(request, LAST)
        self.assertEqual(len(request.sudo().message_ids), count)

    def test_it_is_told_with_the_event_of_her_own_calendar(self):
        request = self._meet()
        self._move(request, LAST)
        message = request.sudo()._get_messages_for_applicant()[-1]
        (file,) = message.attachment_ids
        self.assertEqual(file.name, "rendez-vous.ics")
        self.assertIn(b"SEQUENCE", file.raw)

    def test_the_agent_in_charge_has_a_task(self):
        request = self._meet()
        request.with_user(self.agent).action_take()
        self._move(request, LAST)
        summaries = request.sudo().activity_ids.mapped("summary")
        self.assertTrue([each for each in summaries if "déplacé" in each], summaries)

    def test_nobody_else_moves_it(self):
        request = self._meet()
        other = self.dominique.partner_id
        for act in (
            lambda: request.with_user(self.dominique)._move_slot("slot", LAST, by=other),
            lambda: request.with_user(self.dominique)._cancel_slot("slot", by=other),
            lambda: request.with_user(self.school_agent)._move_slot("slot", LAST, actor="agent"),
            lambda: request.with_user(self.camille)._move_slot("slot", LAST, actor="agent"),
        ):
            with self.assertRaises(AccessError):
                act()
        self.assertEqual(self._taken(request), [NINE])

    def test_until_when(self):
        request = self._meet()
        with freeze_time("2026-03-24 06:00:01"):
            for act in (lambda: self._move(request, LAST), lambda: self._cancel(request)):
                with self.assertRaises(UserError) as caught:
                    act()
                self.assertIn("2 heures", str(caught.exception))
            # The service is bound by no notice.
            agent = request.with_user(self.agent)
            agent._move_slot("slot", LAST, actor="agent")
            self.assertEqual(self._taken(request), [LAST])
        with freeze_time("2026-03-24 09:00:00"), self.assertRaises(UserError):
            agent._move_slot("slot", LAST, actor="agent")

    def test_a_request_that_is_over_moves_nothing(self):
        request = self._meet()
        request.with_user(self.agent).action_refuse("Non")
        with self.assertRaises(UserError):
            self._move(request, LAST)
        accepted = self._meet()
        accepted.with_user(self.agent).action_accept()
        self._move(accepted, LAST)
        self.assertEqual(self._taken(accepted), [LAST])

    def test_filed_away_after_an_acceptance_its_slot_is_still_hers(self):
        request = self._meet()
        agent = request.with_user(self.agent)
        agent.action_accept()
        agent.action_close()
        self._move(request, LAST)
        self.assertEqual(self._taken(request), [LAST])
        agent._move_slot("slot", NINE, actor="agent")
        self.assertEqual(self._taken(request), [NINE])
        self._cancel(request)
        self.assertFalse(self._taken(request))
        self.assertEqual(request.state, "closed")

    def test_filed_away_after_a_refusal_it_has_no_slot(self):
        request = self._meet()
        agent = request.with_user(self.agent)
        agent.action_refuse("Non")
        agent.action_close()
        with self.assertRaises(UserError) as caught:
            self._move(request, LAST)
        self.assertIn("terminée", str(caught.exception))

    def test_a_request_that_asks_for_nothing_else_goes_with_it(self):
        request = self._meet()
        self._cancel(request)
        self.assertEqual(request.sudo().state, "cancelled")
        self.assertFalse(self._taken(request))
        self.assertIn("annulé", request.sudo()._get_appointment("slot").words)

    def test_one_that_has_another_appointment_goes_on(self):
        form = self._slot_form(True)
        form.append({**form[1], "key": "other", "label": "Autre"})
        twice = self._procedure("Deux fois", "DEUX", self.waste, form)
        slots = {"slot": str(SLOT_TYPE.to_id(NINE)), "other": str(SLOT_TYPE.to_id(LAST))}
        answers = {"why": "Perdue", **slots}
        filing = self._filing(self.camille, procedure=twice, files={}, answers=answers)
        request = self.env["procedure.request"].with_user(self.camille)._submit(filing)
        self._cancel(request)
        self.assertEqual(request.sudo().state, "submitted")
        self.assertEqual(self._taken(request), [LAST])

    def test_closed_without_a_word_its_slot_is_told_all_the_same(self):
        request = self._meet()
        request_sudo = request.sudo()
        self.patch(type(request_sudo), "_get_mail_template", lambda _self, _name: "")
        request.with_user(self.agent).action_drop("Doublon")
        self.assertIn("9\xa0h\xa000", self._last_words(request))
        message = request_sudo._get_messages_for_applicant()[-1]
        files = message.attachment_ids.filtered(lambda each: each.name == "rendez-vous.ics")
        self.assertIn(b"STATUS:CANCELLED", files.raw)
        notes = " ".join(request_sudo.message_ids.mapped(lambda each: str(each.body)))
        self.assertIn("de nouveau libre", notes)

    def test_withdrawn_within_the_notice_the_service_has_a_task(self):
        request = self._meet()
        with freeze_time("2026-03-24 07:30:00"):
            request.action_cancel()
        summaries = request.sudo().activity_ids.mapped("summary")
        self.assertTrue([each for each in summaries if "personne ne vient" in each], summaries)
        early = self._meet()
        early.action_cancel()
        self.assertFalse(early.sudo().activity_ids)

    def test_what_has_begun_stays_taken_when_it_is_withdrawn(self):
        request = self._meet()
        with freeze_time("2026-03-24 08:05:00"):
            request.action_cancel()
        self.assertEqual(self._taken(request), [NINE])

    def test_another_one_goes_on_without(self):
        request = self._meet(procedure=self.optional)
        self._cancel(request)
        self.assertEqual(request.sudo().state, "submitted")
        self.assertFalse(self._taken(request))
        self.assertIn(NINE, self._starts())
        rows = [row for _section, rows in request.sudo()._get_answer_sections() for row in rows]
        self.assertIn("annulé", dict(row[:2] for row in rows)["Rendez-vous"])
        self.assertIn("Vous pouvez choisir", self._last_words(request))
        with self.assertRaises(UserError):
            self._cancel(request)
        # What she gave up does not come back with another correction, nor by a reopening.
        request.sudo()._correct_answers({"why": "Volée"})
        request.with_user(self.agent).action_refuse("Non")
        request.with_user(self.agent).action_reopen("Erreur")
        self.assertFalse(self._taken(request))
        # She may choose another hour.
        self._move(request, LAST)
        self.assertEqual(self._taken(request), [LAST])

    def test_the_service_gives_it_up_with_its_reasons(self):
        request = self._meet()
        request.with_user(self.agent)._cancel_slot(
            "slot", actor="agent", reasons="La mairie est fermée ce jour-là."
        )
        self.assertEqual(request.sudo().state, "submitted")
        self.assertIn("La mairie est fermée ce jour-là.", self._last_words(request))
        self._move(request, LAST)

    def test_the_maximum_counts_when_another_is_chosen(self):
        request = self._meet(procedure=self.optional)
        self._cancel(request)
        self.calendar.max_per_household = 1
        self._meet(TWENTY_PAST)
        with self.assertRaises(AnswersInvalid) as caught:
            self._move(request, LAST)
        self.assertIn("Annulez-en un", caught.exception.errors["slot"])

    def test_its_event_is_always_the_same_one(self):
        request = self._meet()
        first = self._event(request)
        self.assertEqual(first["STATUS"], "CONFIRMED")
        self.assertEqual(first["DTSTART"].dt, NINE.replace(tzinfo=UTC))
        self.assertEqual(first["DTEND"].dt, TWENTY_PAST.replace(tzinfo=UTC))
        self.assertEqual(first["SUMMARY"], "Refaire sa carte")
        request.sudo().procedure_id.short_name = "Carte d’identité"
        self.assertEqual(self._event(request)["SUMMARY"], "Carte d’identité")
        self.assertIn(request.sudo().number, first["DESCRIPTION"])
        self._move(request, LAST)
        moved = self._event(request)
        self.assertEqual(moved["DTSTART"].dt, LAST.replace(tzinfo=UTC))
        request.with_user(self.agent)._cancel_slot("slot", actor="agent")
        cancelled = self._event(request)
        self.assertEqual(cancelled["STATUS"], "CANCELLED")
        self._move(request, TWENTY_PAST)
        again = self._event(request)
        self.assertEqual(again["STATUS"], "CONFIRMED")
        events = [first, moved, cancelled, again]
        self.assertEqual(len({event["UID"] for event in events}), 1)
        numbers = [event["SEQUENCE"] for event in events]
        self.assertEqual(numbers, sorted(set(numbers)))

    def test_refused_its_event_is_cancelled(self):
        request = self._meet()
        request.with_user(self.agent).action_refuse("Non")
        self.assertEqual(self._event(request)["STATUS"], "CANCELLED")

    def test_the_acknowledgment_says_when(self):
        request = self._meet()
        body = self._last_words(request)
        self.assertIn("Votre rendez-vous", body)
        self.assertIn("9\xa0h\xa000", body)
