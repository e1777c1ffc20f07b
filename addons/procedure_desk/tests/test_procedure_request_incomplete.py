from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure.tests.common import ProcedureCommon, upload

DUE = date(2026, 12, 15)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25 10:05:00")
class TestIncomplete(ProcedureCommon):
    """A letter that lacks something is received, acknowledged and completed (CRPA L114-5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lease = cls._procedure(
            "Louer une salle",
            "SALLE",
            cls.waste,
            fields=[
                *cls._form()[:-1],
                {"key": "proof", "type": "file", "label": "Justificatif", "required": True},
            ],
        )

    def _enter(self, answers=None, user=None, **values):
        values.setdefault("incomplete_until", DUE)
        return (
            self.env["procedure.request"]
            .with_user(user or self.agent)
            ._submit(
                Filing(
                    procedure=values.pop("procedure", self.lease),
                    answers=answers or self._answers(dwelling="", persons=""),
                    identity=self._identity(),
                    channel=values.pop("channel", "mail"),
                    **values,
                )
            )
            .with_user(self.env.user)
        )

    def _lacking(self, request):
        return {line.field_key for line in request.document_line_ids.filtered("asked")}

    # -- who, and what

    def test_what_lacks_is_told_apart_from_what_is_wrong(self):
        with self.assertRaisesKeeping(AnswersInvalid) as caught:
            self._enter(self._answers(dwelling="", persons="x"), incomplete_until=None)
        self.assertEqual(set(caught.exception.errors), {"dwelling", "proof"})
        self.assertEqual(caught.exception.lacking, {"dwelling", "proof"})
        with self.assertRaisesKeeping(AnswersInvalid) as caught:
            self._enter(self._answers(date_in="32/13/2026", dwelling=""))
        self.assertIn("date_in", caught.exception.errors)
        self.assertEqual(caught.exception.lacking, {"dwelling", "proof"})
        self.assertFalse(
            self.env["procedure.request"].search([("procedure_id", "=", self.lease.id)])
        )

    def test_a_letter_that_does_not_answer_what_ends_the_form_is_received(self):
        self.lease.version_id.state = "draft"
        ended = Command.create({"key": "dwelling", "operator": "!=", "value": "main"})
        vals = {"key": "end", "type": "exit", "label": "Rien à demander"}
        sequence = max(self.lease.version_id.field_ids.mapped("sequence")) + 1
        self.lease.version_id.field_ids = [
            Command.create({**vals, "sequence": sequence, "condition_ids": [ended]})
        ]
        self.lease.version_id.state = "published"
        self.assertIn("dwelling", self._lacking(self._enter()))
        with self.assertRaises(AnswersInvalid) as caught:
            self._enter(self._answers(dwelling="secondary", persons=""))
        self.assertEqual(caught.exception.errors, {AnswersInvalid.FORM: "Rien à demander"})

    def test_on_the_site_a_request_is_complete_or_is_not_sent(self):
        values = {"procedure": self.lease, "answers": self._answers(dwelling="")}
        with self.assertRaises(UserError):
            self._submit(incomplete_until=DUE, files={}, **values)
        with self.assertRaises(UserError):
            self._submit_without_account(incomplete_until=DUE, **values)
        for user in (self.camille, self.school_agent, self.communication, self.dpo):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._enter(user=user)
        # A letter is passed on to the service that answers.
        with self.assertRaises(AnswersInvalid):
            self._enter(user=self.secretary)

    def test_who_asks_is_always_known(self):
        with self.assertRaises(AnswersInvalid) as caught:
            self.env["procedure.request"].with_user(self.agent)._submit(
                Filing(
                    procedure=self.lease,
                    answers=self._answers(),
                    identity=self._identity(contact_lastname=""),
                    channel="mail",
                    incomplete_until=DUE,
                )
            )
        self.assertIn("contact_lastname", caught.exception.errors)

    # -- what it becomes

    def test_it_is_received_acknowledged_and_what_lacks_is_asked(self):
        request = self._enter(received_on=date(2026, 11, 20))
        self.assertEqual((request.state, request.channel), ("to_complete", "mail"))
        self.assertEqual(request.date_submitted.date(), date(2026, 11, 20))
        self.assertFalse(request.date_complete)
        self.assertEqual(request.date_completion_due, DUE)
        self.assertEqual(self._lacking(request), {"dwelling", "proof"})
        self.assertEqual(set(request.document_line_ids.mapped("date_due")), {DUE})
        self.assertEqual(request.answers["note"], "Bonjour")
        self.assertTrue(request.entered_incomplete)
        self.assertIn("Type de logement", request.lacking_label)
        mails = self._mails(request) | self._mails(email="ana")
        self.assertTrue(mails)
        body = " ".join(mails.mapped("body_html"))
        for words in ("Type de logement", "Justificatif", "15/12/2026"):
            self.assertIn(words, body)

    def test_once_complete_somebody_must_take_it(self):
        request = self._enter()
        request.with_user(self.agent)._receive(
            answers={"dwelling": "secondary"}, files={"proof": [upload()]}
        )
        self.assertEqual((request.state, request.user_id.id), ("in_review", False))
        Request = self.env["procedure.request"].with_user(self.agent)
        self.assertIn(request, Request.search(Request._get_morning_domains()["new"]))
        desk = request.with_user(self.agent)
        self.assertEqual(desk.to_do_tone, "take")
        with self.assertRaises(AccessError):
            request.with_user(self.school_agent).action_take()
        desk.action_take()
        self.assertEqual((request.state, request.user_id), ("in_review", self.agent))
        self.assertNotIn(request, Request.search(Request._get_morning_domains()["new"]))
        with self.assertRaises(UserError):
            request.with_user(self.manager).action_take()
        self.assertEqual(request.user_id, self.agent)

    def test_a_letter_that_lacks_nothing_is_an_ordinary_request(self):
        request = self._enter(self._answers(), files={"proof": [upload()]})
        self.assertEqual(request.state, "submitted")
        self.assertFalse(request.entered_incomplete)
        self.assertFalse(request.lacking_label)

    def test_a_line_of_a_block_that_lacks_something_is_kept(self):
        procedure = self._procedure(
            "Plusieurs",
            "BLOC",
            self.waste,
            fields=[
                {"key": "people", "type": "block", "label": "Participants", "required": True},
                {
                    "key": "who",
                    "type": "char",
                    "label": "Nom",
                    "block_key": "people",
                    "required": True,
                },
                {
                    "key": "age",
                    "type": "integer",
                    "label": "Âge",
                    "block_key": "people",
                    "required": True,
                },
            ],
        )
        raw = {"people.0.who": "Léa", "people.1.who": "Tom", "people.1.age": "7"}
        request = self._enter(raw, procedure=procedure)
        self.assertEqual(request.answers["people"], [{"who": "Léa"}, {"who": "Tom", "age": 7}])
        line = request.document_line_ids
        self.assertEqual((line.field_key, line.is_answer), ("people", True))
        self.assertIn("Âge", line.reason)
        raw["people.0.age"] = "9"
        request.with_user(self.agent)._receive(answers=raw)
        self.assertEqual(request.state, "in_review")
        self.assertEqual(request.answers["people"][0], {"who": "Léa", "age": 9})

    def test_without_address_the_lead_service_waits_for_it(self):
        self.lease.commune_ids = self.vaubecourt
        answers = {key: value for key, value in self._answers().items() if "address" not in key}
        identity = {"contact_firstname": "Ana", "contact_lastname": "Morel"}
        request = (
            self.env["procedure.request"]
            .with_user(self.agent)
            ._submit(
                Filing(
                    procedure=self.lease,
                    answers=answers,
                    identity=identity,
                    channel="mail",
                    incomplete_until=DUE,
                )
            )
        )
        self.assertFalse(request.commune_id)
        self.assertEqual(request.service_id, self.waste)
        request.with_user(self.agent)._receive(
            answers={"address.street": "3 rue du Moulin", "address.commune": "55532"}
        )
        self.assertEqual(request.commune_id, self.vaubecourt)

    # -- how it is completed

    def test_the_applicant_completes_it_and_is_asked_what_her_answer_reveals(self):
        request = self._enter()
        request.sudo()._complete(answers={"dwelling": "main"}, files={"proof": [upload()]})
        self.assertEqual(request.state, "to_complete")
        self.assertEqual(self._lacking(request), {"persons"})
        request.sudo()._complete(answers={"persons": "3"})
        self.assertEqual(request.state, "in_review")
        self.assertEqual(request.answers["persons"], 3)
        self.assertFalse(request.lacking_label)
        self.assertTrue(request.date_complete)

    def test_the_agent_enters_what_came_and_nobody_else(self):
        request = self._enter()
        values = {"answers": {"dwelling": "secondary"}, "files": {"proof": [upload()]}}
        for user in (self.school_agent, self.secretary, self.camille, self.communication, self.dpo):
            with self.subTest(user.login), self.assertRaisesKeeping(AccessError):
                request.with_user(user)._receive(**values)
            # A part of it changes no state, and is refused too.
            with self.subTest(user.login), self.assertRaises(AccessError):
                request.with_user(user)._receive(answers=values["answers"])
        self.assertNotIn("dwelling", request.answers)
        request.with_user(self.agent)._receive(**values)
        self.assertEqual(request.state, "in_review")
        self.assertFalse(request.written_on, "nothing to answer: she entered it herself")
        self.assertIn(self.agent.partner_id, request.message_ids.author_id)

    def test_a_wrong_answer_is_refused_when_it_is_entered_too(self):
        request = self._enter()
        with self.assertRaisesKeeping(AnswersInvalid) as caught:
            request.with_user(self.agent)._receive(answers={"dwelling": "château"})
        self.assertEqual(set(caught.exception.errors), {"dwelling"})
        self.assertEqual(request.state, "to_complete")

    def test_who_decides_without_is_told_what_never_came(self):
        request = self._enter()
        with self.assertRaises(UserError):
            request.with_user(self.agent).action_accept()
        request.with_user(self.agent).action_take()
        warnings = " ".join(request.with_user(self.agent)._get_acceptance_warnings())
        self.assertIn("Type de logement", warnings)
        self.assertIn("Justificatif", warnings)

    def test_what_still_lacks_is_ready_in_the_next_request_for_more(self):
        request = self._enter()
        request.with_user(self.agent).action_take()
        wizard = (
            self.env["procedure.completion.wizard"]
            .with_user(self.agent)
            .create({"request_id": request.id})
        )
        self.assertEqual(set(wizard.line_ids.field_id.mapped("key")), {"dwelling", "proof"})
        wizard.action_confirm()
        self.assertEqual(self._lacking(request), {"dwelling", "proof"})
