from odoo.tests import tagged

from .common import MailgatewayCommon


@tagged("post_install", "-at_install")
class TestMailCompletion(MailgatewayCommon):
    def _ask(self, request, *labels):
        request.with_user(self.agent).action_take()
        request.with_user(self.agent).action_ask_completion(
            [{"label": label, "reason": "Il manque"} for label in labels]
        )
        return self._mails(request)

    def test_the_one_document_asked_for(self):
        request = self._submit()
        self._ask(request, "Facture d'eau")
        receipt = self._receive(request, "Voici la facture.", files=[self._photo("facture.png")])
        self.assertReceived(receipt, "completed")
        self.assertEqual(request.state, "in_review")
        self.assertIn("facture.png", request.document_line_ids.document_id.mapped("name"))
        message = self._messages(request)
        self.assertIn("Voici la facture.", message.body)
        self.assertFalse(message.attachment_ids, "it is in the request")
        self.assertFalse(self._answered())

    def test_sent_again_it_is_a_message(self):
        request = self._submit()
        self._ask(request, "Facture d'eau")
        lines = len(request.document_line_ids)
        for _each in range(2):
            self._receive(request, files=[self._photo("facture.png")])
        self.assertEqual(request.state, "in_review")
        self.assertEqual(len(request.document_line_ids), lines)
        self.assertEqual(len(self._messages(request)), 2)

    def test_in_every_other_case_a_person_looks(self):
        for labels, files in (
            (("Facture", "Bail"), ["facture.png"]),
            (("Facture",), ["facture.png", "bail.png"]),
        ):
            with self.subTest(labels):
                request = self._submit()
                self._ask(request, *labels)
                receipt = self._receive(request, files=[self._photo(name) for name in files])
                self.assertReceived(receipt, "posted")
                self.assertEqual(request.state, "to_complete")
                self.assertEqual(len(self._messages(request).attachment_ids), len(files))
                self.assertEqual(len(request._get_asked_items()), len(labels))
                self.assertTrue(request.activity_ids)
                self.assertIn(f"/my/demandes/{request.id}", self._answered()[:1].body_html)

    def test_an_answer_to_write_again_is_no_file(self):
        request = self._submit()
        request.with_user(self.agent).action_take()
        request.with_user(self.agent).action_ask_completion(
            [{"field_key": "persons", "reason": "Combien ?"}]
        )
        self.assertReceived(self._receive(request, "Nous sommes 4."), "posted")
        self.assertEqual(request.state, "to_complete")
        self.assertFalse(self._answered())
        self.assertReceived(self._receive(request, files=[self._photo()]), "posted")
        self.assertEqual(request.state, "to_complete")

    def test_without_account(self):
        request = self._submit_without_account()
        self._ask(request, "Facture d'eau")
        receipt = self._receive(request, From="ana@exemple.fr", files=[self._photo()])
        self.assertReceived(receipt, "completed")
        self.assertEqual(request.state, "in_review")

    def test_a_stranger_completes_nothing(self):
        request = self._submit()
        self._ask(request, "Facture d'eau")
        self._receive(request, From="voisin@exemple.org", files=[self._photo()])
        self.assertEqual(request.state, "to_complete")
