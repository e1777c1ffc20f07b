import re
from contextlib import closing
from unittest.mock import patch

from freezegun import freeze_time
from hypothesis import example, given, settings
from hypothesis import strategies as st

from odoo import fields
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tests import tagged

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure.models.procedure_request_circuit import ProcedureRequestCircuit
from odoo.addons.territory_base.tests.sweep import sweep

from .common import ProcedureCommon, upload

DECISIONS = {"accepted", "accepted_conditionally", "refused", "dropped"}
# One call per transition, as the person who may.
CALLS = {
    "take": lambda test, request: request.with_user(test.agent).action_take(),
    "ask_completion": lambda test, request: request.with_user(test.agent).action_ask_completion(
        [{"label": "Bail", "reason": "Il manque"}]
    ),
    "complete": lambda test, request: test._send_what_is_asked(request),
    "receive": lambda test, request: request.with_user(test.agent)._receive_asked(
        None,
        {item["key"]: [upload()] for item in request._get_asked_items()},
        request.applicant_id,
        "receive",
    ),
    "waiting_list": lambda test, request: request.with_user(test.agent).action_waiting_list(),
    "accept": lambda test, request: request.with_user(test.agent).action_accept(),
    "accept_conditionally": lambda test, request: request.with_user(test.agent).action_accept(
        conditions="Sous réserve"
    ),
    "refuse": lambda test, request: request.with_user(test.agent).action_refuse("Motif"),
    "drop": lambda test, request: request.with_user(test.agent).action_drop("Doublon"),
    "cancel": lambda test, request: request.with_user(test.camille).action_cancel(),
    "close": lambda test, request: request.with_user(test.agent).action_close(),
    "reopen": lambda test, request: request.with_user(test.agent).action_reopen("Recours"),
}

# Once nothing is asked, what is sent again was received the first time.
REPLAYED = ("complete", "receive")


def get_own_transitions(env):
    """Those of this addon, whatever other addons add."""
    return ProcedureRequestCircuit._get_transitions(env["procedure.request"])


def get_own_states(env):
    """As `get_own_transitions`."""
    return list(ProcedureRequestCircuit._get_states(env["procedure.request"]))


class CircuitCommon(ProcedureCommon):
    def _send_what_is_asked(self, request):
        return request.with_user(self.camille)._complete(
            files={item["key"]: [upload()] for item in request._get_asked_items()},
            by=self.camille.partner_id,
        )

    def _in_state(self, state):
        """A request brought to this state by its transitions."""
        path = {
            "submitted": [],
            "in_review": ["take"],
            "to_complete": ["ask_completion"],
            "waiting_list": ["waiting_list"],
            "accepted": ["accept"],
            "accepted_conditionally": ["accept_conditionally"],
            "refused": ["refuse"],
            "dropped": ["drop"],
            "cancelled": ["cancel"],
            "closed": ["accept", "close"],
        }[state]
        request = self._submit()
        for name in path:
            CALLS[name](self, request)
        self.assertEqual(request.state, state)
        return request


@tagged("post_install", "-at_install")
class TestCircuit(CircuitCommon):
    def assertTold(self, request, words):
        """The applicant's last message says so, and it waits to be mailed to her."""
        message = request._get_messages_for_applicant()[-1]
        self.assertIn(words, message.body)
        mail = self._mails(request).filtered(lambda mail: mail.mail_message_id == message)
        self.assertEqual(mail.state, "outgoing")
        self.assertIn(request.applicant_id, mail.recipient_ids)

    @sweep("machines")
    def test_every_transition_from_every_state(self):
        """Only what the table says is possible; a refusal changes nothing."""
        for state in get_own_states(self.env)[1:]:
            request = self._in_state(state)
            for name, transition in get_own_transitions(self.env).items():
                if transition.actor == "law":
                    continue
                if name in REPLAYED and state != "to_complete":
                    continue  # A replay: see below.
                with self.subTest(f"{name} from {state}"), closing(self.env.cr.savepoint()):
                    if state in transition.before:
                        CALLS[name](self, request)
                        self.assertEqual(request.state, transition.after)
                    else:
                        with self.assertRaisesKeeping(UserError):
                            CALLS[name](self, request)
                        self.assertEqual(request.state, state)

    def test_take_puts_the_agent_in_charge(self):
        request = self._in_state("in_review")
        self.assertEqual(request.user_id, self.agent)
        self.assertEqual(request.state_user_id, self.agent)
        self.assertIn("Received → In review", request.message_ids[0].body)

    def test_accept(self):
        request = self._in_state("in_review")
        request.with_user(self.agent).action_accept("Bac de 240 L")
        decision = request.decision_ids
        self.assertEqual(
            (decision.kind, decision.reasons, decision.author_id),
            ("accepted", "Bac de 240 L", self.agent),
        )
        self.assertTold(request, "Bac de 240 L")

    def test_accept_with_conditions(self):
        request = self._in_state("in_review")
        request.with_user(self.agent).action_accept(conditions="Rendre l'ancien bac")
        self.assertEqual(request.state, "accepted_conditionally")
        self.assertEqual(request.decision_ids.conditions, "Rendre l'ancien bac")
        self.assertTold(request, "Rendre l'ancien bac")

    def test_refusal_needs_a_reason_and_says_how_to_appeal(self):
        self.env["ir.config_parameter"].set_param("procedure.appeal_text", "Tribunal de Nancy")
        request = self._in_state("in_review")
        for empty in ("", "  ", False):
            with self.assertRaises(UserError):
                request.with_user(self.agent).action_refuse(empty)
        request.with_user(self.agent).action_refuse("Adresse hors du territoire")
        self.assertTold(request, "Adresse hors du territoire")
        self.assertTold(request, "Tribunal de Nancy")

    def test_reopening_keeps_the_former_decision(self):
        request = self._in_state("refused")
        former = request.decision_ids
        request.with_user(self.agent).action_reopen("Erreur de notre part")
        self.assertFalse(former.active)
        self.assertTrue(former.superseded_on)
        request.with_user(self.agent).action_accept()
        self.assertEqual(request.decision_ids.filtered("active").kind, "accepted")
        self.assertEqual(len(request.decision_ids), 2)

    def test_applicant_withdraws(self):
        request = self._submit()
        with self.assertRaises(AccessError):
            request.with_user(self.dominique).action_cancel()
        with self.assertRaises(AccessError):
            request.with_user(self.agent).action_cancel()
        request.with_user(self.camille).action_cancel()
        self.assertEqual(request.state, "cancelled")

    def test_applicant_without_account_withdraws_behind_her_code(self):
        request = self._submit_without_account()
        with self.assertRaises(AccessError):
            request.with_user(self.camille)._cancel(by=self.camille.partner_id)
        found = (
            self.env["procedure.request"]
            .with_user(self.env.ref("base.public_user"))
            ._find_by_number_and_code(request.number, request.env.context["follow_code"])
        )
        found._cancel()
        self.assertEqual(request.state, "cancelled")

    # -- completion

    def test_only_what_is_asked_can_be_corrected(self):
        request = self._submit()
        line = request.document_line_ids
        with freeze_time("2026-11-25 10:00:00"):
            request.with_user(self.agent).action_ask_completion(
                [
                    {"line_id": line.id, "reason": "La photo est floue"},
                    {"field_key": "persons", "reason": "Combien d'enfants ?"},
                ],
                "Merci d'avance",
                fields.Date.to_date("2026-12-10"),
            )
        self.assertEqual((line.state, line.reason), ("refused", "La photo est floue"))
        for words in ("La photo est floue", "Combien d'enfants", "Merci d'avance", "10/12/2026"):
            self.assertTold(request, words)
        items = {item["key"]: item for item in request._get_asked_items()}
        self.assertEqual(set(items), {"proof", "persons"})
        complete = request.with_user(self.camille)._complete
        me = self.camille.partner_id
        done = complete(answers={"persons": "6", "note": "changed", "dwelling": "x"}, by=me)
        self.assertFalse(done)
        self.assertEqual(request.state, "to_complete")
        self.assertEqual((request.answers["persons"], request.answers["note"]), (6, "Bonjour"))
        self.assertEqual(
            request.answer_ids.filtered(lambda row: row.key == "persons").value_number, 6
        )
        done = complete(files={"proof": [upload("nette.png")], "other": [upload()]}, by=me)
        self.assertTrue(done)
        self.assertEqual(request.state, "in_review")
        proofs = request.document_line_ids.filtered(lambda line: line.field_key == "proof")
        self.assertEqual(proofs.mapped("state"), ["refused", "received"])
        self.assertEqual(proofs[-1].document_id.name, "nette.png")

    def test_completion_sent_twice_has_one_effect(self):
        request = self._in_state("to_complete")
        key = request._get_asked_items()[0]["key"]
        complete = request.with_user(self.camille)._complete
        self.assertTrue(complete(files={key: [upload()]}, by=self.camille.partner_id))
        documents = request.document_line_ids.document_id
        self.assertTrue(complete(files={key: [upload()]}, by=self.camille.partner_id))
        self.assertEqual(request.document_line_ids.document_id, documents)

    def test_what_is_no_longer_asked_is_not_swallowed(self):
        """The agent went on with the review while the applicant was taking her photo."""
        request = self._in_state("to_complete")
        key = request._get_asked_items()[0]["key"]
        request.with_user(self.agent).action_take()
        late = {key: [upload(content=b"too late")]}
        with self.assertRaises(UserError):
            request.with_user(self.camille)._complete(files=late, by=self.camille.partner_id)

    def test_a_correction_that_hides_a_question_takes_its_answer_away(self):
        request = self._submit()
        request.with_user(self.agent).action_ask_completion(
            [{"field_key": "dwelling", "reason": "Principale ?"}]
        )
        request.with_user(self.camille)._complete(
            answers={"dwelling": "secondary"}, by=self.camille.partner_id
        )
        self.assertEqual(request.answers["dwelling"], "secondary")
        self.assertNotIn("persons", request.answers)
        self.assertNotIn("persons", request.answer_ids.mapped("key"))

    def test_a_wrong_correction_changes_nothing(self):
        request = self._submit()
        request.with_user(self.agent).action_ask_completion(
            [{"field_key": "persons", "reason": "Combien ?"}]
        )
        complete = request.with_user(self.camille)._complete
        for wrong in ("99", "", "abc"):
            with self.assertRaisesKeeping(AnswersInvalid) as caught:
                complete(answers={"persons": wrong}, by=self.camille.partner_id)
            self.assertEqual(set(caught.exception.errors), {"persons"})
        self.assertEqual((request.state, request.answers["persons"]), ("to_complete", 4))

    def test_who_sends_nothing_reads_what_lacks_beside_each_item(self):
        request = self._submit()
        request.with_user(self.agent).action_ask_completion(
            [
                {"field_key": "persons", "reason": "Combien ?"},
                {"label": "Justificatif", "reason": "Absent"},
            ]
        )
        keys = {item["key"] for item in request._get_asked_items()}
        with self.assertRaisesKeeping(AnswersInvalid) as caught:
            request.with_user(self.camille)._complete(by=self.camille.partner_id)
        self.assertEqual(set(caught.exception.errors), keys)
        self.assertEqual(caught.exception.errors["persons"], "Enter a number.")

    def test_only_the_applicant_completes(self):
        request = self._in_state("to_complete")
        for user in (self.dominique, self.agent, self.manager):
            with self.assertRaises(AccessError):
                request.with_user(user)._complete(answers={}, by=user.partner_id)
        with self.assertRaises(AccessError):
            request.with_user(self.dominique)._complete(answers={}, by=self.camille.partner_id)

    def test_the_agent_in_charge_is_told_when_the_file_is_complete(self):
        request = self._in_state("in_review")
        CALLS["ask_completion"](self, request)
        self._send_what_is_asked(request)
        activity = request.activity_ids
        self.assertEqual((activity.user_id, len(activity)), (self.agent, 1))
        self.env.invalidate_all()
        maker = activity.with_user(self.agent).create_uid
        self.assertTrue(maker.display_name, "no agent reads the account of a resident")

    def test_each_item_has_its_reason(self):
        request = self._submit().with_user(self.agent)
        for items in ([], [{"field_key": "persons", "reason": " "}], [{"reason": "x"}]):
            with self.assertRaises(UserError):
                request.action_ask_completion(items)
        other = self._submit()
        with self.assertRaises(UserError):
            request.action_ask_completion([{"line_id": other.document_line_ids.id, "reason": "x"}])

    # -- documents

    def test_documents_are_checked_one_by_one(self):
        request = self._submit(files={"proof": [upload("a.png"), upload("b.png")]})
        first, second = request.document_line_ids.with_user(self.agent)
        first.action_accept()
        self.assertEqual((first.state, first.checked_by_id), ("accepted", self.agent))
        self.assertEqual(first.document_id.checked_by_id, self.agent)
        with self.assertRaises(UserError):
            second.action_refuse("")
        second.action_refuse("Illisible")
        self.assertEqual((second.state, second.reason), ("refused", "Illisible"))
        for user in (self.camille, self.school_agent):
            with self.assertRaises(AccessError):
                first.with_user(user).action_refuse("Non")

    # -- two at once

    def test_the_second_agent_is_told_who_was_first(self):
        request = self._in_state("in_review")
        request.with_user(self.agent).action_accept()
        with self.assertRaisesRegex(UserError, re.escape(self.agent.name)):
            request.with_user(self.colleague).action_refuse("Non")
        self.assertEqual(request.decision_ids.kind, "accepted")
        self.assertEqual(len(self._mails(request)), 2)

    def test_a_request_that_somebody_handles_now_is_not_touched(self):
        request = self._submit()
        with (
            patch.object(type(request), "lock_for_update", side_effect=LockError("busy")),
            self.assertRaisesKeeping(UserError),
        ):
            request.with_user(self.agent).action_accept()
        self.assertEqual(request.state, "submitted")

    # -- any sequence of actions

    @settings(max_examples=5)
    @sweep("machines")
    @given(st.lists(st.sampled_from(sorted(CALLS)), min_size=2, max_size=10))
    @example(["accept", "reopen", "take"])
    def test_no_sequence_of_actions_reaches_an_illegal_state(self, names):
        with closing(self.env.cr.savepoint()):
            self._play(names)

    def _play(self, names):
        request = self._submit()
        transitions = get_own_transitions(self.env)
        for name in names:
            before, is_untaken = request.state, not request.user_id
            try:
                CALLS[name](self, request)
            except UserError:
                self.assertEqual(request.state, before)
            else:
                if name == "take" and before == "in_review":
                    # Reopened though nobody took it: somebody is in charge now, nothing else.
                    self.assertTrue(is_untaken)
                    self.assertEqual((request.state, request.user_id), (before, self.agent))
                elif name not in REPLAYED or before == "to_complete":
                    self.assertIn(before, transitions[name].before)
                    self.assertEqual(request.state, transitions[name].after)
            decision = request.decision_ids.filtered("active")
            self.assertLessEqual(len(decision), 1)
            if request.state in DECISIONS:
                self.assertEqual(decision.kind, request.state)
            elif request.state not in ("closed",):
                self.assertFalse(decision, f"a decision in force in {request.state}")
            asked = request.document_line_ids.filtered("asked")
            self.assertEqual(bool(asked), request.state == "to_complete")
            self.assertEqual(bool(request.date_paused), request.state == "to_complete")
