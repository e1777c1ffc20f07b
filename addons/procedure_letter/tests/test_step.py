from odoo.exceptions import AccessError, RedirectWarning, ValidationError
from odoo.tests import Form, tagged

from .test_letter import LetterCommon


@tagged("post_install", "-at_install")
class TestStep(LetterCommon):
    """What a step says leaves once, seen before by the agent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first, cls.second = cls.procedure.step_ids
        cls.template = cls.env["procedure.letter.template"].create(
            {
                "name": "Livraison",
                "kind": "step",
                "subject": "Votre bac arrive",
                "body": "<p>Bonjour {{demandeur}}, étape {{etape}}.</p>",
            }
        )

    def _sends(self, what):
        self.first.write({"sends": what, "template_id": self.template.id})

    def _enter(self, request, step, user=None):
        """The agent moves it, sees what will leave, and confirms."""
        with self.assertRaises(RedirectWarning) as caught:
            request.with_user(user or self.agent).write({"step_id": step.id})
        action = caught.exception.args[1]
        return Form(
            self.env[action["res_model"]]
            .with_user(user or self.agent)
            .with_context(**action["context"])
        )

    def _told(self, request):
        return request._get_messages_for_applicant()

    def test_a_step_that_sends_needs_its_words(self):
        with self.assertRaises(ValidationError):
            self.first.sends = "mail"

    def test_a_step_that_sends_nothing_is_entered_at_once(self):
        request = self._submit()
        request.with_user(self.agent).step_id = self.first
        self.assertEqual(len(self._told(request)), 1)

    def test_it_is_seen_then_sent_once(self):
        self._sends("both")
        request = self._submit()
        wizard = self._enter(request, self.first)
        self.assertFalse(request.step_id, "nothing moved yet")
        self.assertEqual(len(self._told(request)), 1, "nothing left yet")
        self.assertTrue(wizard.never_tried)
        self.assertIn("Camille Durand", wizard.recipients)
        self.assertIn("étape À préparer", wizard.preview)
        wizard.save().action_confirm()
        self.assertEqual(request.step_id, self.first)
        message = self._told(request)[-1]
        self.assertEqual(len(self._told(request)), 2)
        self.assertIn("étape À préparer", message.body)
        self.assertIn("Votre bac arrive", message.subject)
        letter = request.letter_ids[0]
        self.assertEqual((letter.kind, letter.message_id), ("step", message))
        self.assertEqual((letter.template_id, letter.step_id), (self.template, self.first))
        self.assertIn("étape À préparer", self._read(request, "step"))
        # Back and forth.
        request.with_user(self.agent).step_id = self.second
        request.with_user(self.agent).step_id = self.first
        self.assertEqual(len(self._told(request)), 2)
        # Once more, when asked.
        self.assertTrue(request.with_user(self.agent).is_step_told)
        action = request.with_user(self.agent).action_send_step()
        wizard = Form(
            self.env[action["res_model"]].with_user(self.agent).with_context(**action["context"])
        )
        wizard.save().action_confirm()
        self.assertEqual(len(self._told(request)), 3)

    def test_a_subject_is_one_line_whatever_was_answered(self):
        """A mail whose subject has two lines never leaves."""
        self._sends("both")
        self.template.subject = "Bac : {{reponse.note}}"
        request = self._submit(answers=self._answers(note="Bonjour\r\nBcc: moi@exemple.fr"))
        self._enter(request, self.first).save().action_confirm()
        self.assertEqual(request.letter_ids[0].name, "Bac : Bonjour Bcc: moi@exemple.fr")
        self.assertTrue(self._told(request)[-1].subject.endswith("Bonjour Bcc: moi@exemple.fr"))

    def test_it_may_be_entered_without_sending(self):
        self._sends("mail")
        request = self._submit()
        self._enter(request, self.first).save().action_move_only()
        self.assertEqual(request.step_id, self.first)
        self.assertEqual(len(self._told(request)), 1)

    def test_a_mail_only_and_a_letter_only(self):
        self._sends("mail")
        request = self._submit()
        self._enter(request, self.first).save().action_confirm()
        self.assertFalse(request.letter_ids.filtered(lambda letter: letter.kind == "step"))
        self.assertEqual(len(self._told(request)), 2)
        self._sends("letter")
        request = self._submit(user=self.dominique)
        self._enter(request, self.first).save().action_confirm()
        letter = self._last_letter(request, "step")
        self.assertTrue(letter.on_paper)
        self.assertEqual(len(self._told(request)), 1, "on paper: nothing is mailed")
        history = " ".join(request.message_ids.mapped("body"))
        self.assertIn("Letter “Votre bac arrive” made", history)
        request.with_user(self.agent).action_accept()
        self.assertFalse(letter.message_id, "nor with the next mail")

    def test_what_moves_by_itself_sends_at_once(self):
        self._sends("mail")
        request = self._submit()
        request.sudo().step_id = self.first
        self.assertEqual(len(self._told(request)), 2)
        request.sudo().step_id = self.second
        request.sudo().step_id = self.first
        self.assertEqual(len(self._told(request)), 2)

    def test_the_mail_of_a_decision_is_not_doubled(self):
        self._sends("both")
        request = self._submit()
        request.with_user(self.agent).action_accept()
        request.sudo().step_id = self.first
        self.assertEqual(len(self._told(request)), 2)
        self.assertIn("wrote nothing", " ".join(request.message_ids.mapped("body")))
        self.assertFalse(request.sent_step_ids, "it may still be sent by hand")

    def test_several_at_once(self):
        self._sends("mail")
        requests = self._submit() | self._submit(user=self.dominique)
        wizard = self._enter(requests, self.first)
        self.assertIn("Dominique Petit", wizard.recipients)
        wizard.save().action_confirm()
        self.assertEqual(requests.step_id, self.first)
        for request in requests:
            self.assertEqual(len(self._told(request)), 2)

    def test_a_neighbour_sends_nothing(self):
        self._sends("mail")
        self.procedure.consulted_service_ids = self.school
        request = self._submit()
        Wizard = self.env["procedure.step.wizard"]
        values = {"request_ids": request.ids, "step_id": self.first.id}
        for user in (self.school_agent, self.secretary):
            with self.assertRaisesKeeping(AccessError):
                Wizard.with_user(user).create(values).action_confirm()
            with self.assertRaisesKeeping(AccessError):
                request.with_user(user).action_send_step()
        for user in (self.camille, self.communication, self.dpo):
            with self.assertRaisesKeeping(AccessError):
                Wizard.with_user(user).create(values)
        self.assertEqual(len(self._told(request)), 1)

    def test_the_words_of_a_request_do_not_come_to_a_neighbour(self):
        self._sends("mail")
        request = self._submit()
        wizard = self.env["procedure.step.wizard"].with_user(self.secretary)
        with self.assertRaises(AccessError):
            wizard.new({"request_ids": request.ids, "step_id": self.first.id}).preview  # noqa: B018
        for model in ("procedure.completion.wizard", "procedure.reason.wizard"):
            for name in ("procedure_id", "service_id"):
                self.env.invalidate_all()
                wizard = self.env[model].with_user(self.secretary)
                with self.subTest(model=model, name=name), self.assertRaises(AccessError):
                    wizard.new({"request_id": request.id})[name]  # noqa: B018
