from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .test_letter import LetterCommon


@tagged("post_install", "-at_install")
class TestCompletionWindow(LetterCommon):
    """What asks for a document is read as it leaves, before it does."""

    def _open(self, request, user=None):
        action = request.with_user(user or self.agent).action_open_completion()
        Wizard = self.env[action["res_model"]].with_user(user or self.agent)
        return Form(Wizard.with_context(**action["context"]))

    def test_the_letter_is_read_before_it_leaves(self):
        request = self._submit()
        letters, lines = request.letter_ids, request.document_line_ids
        form = self._open(request)
        with form.line_ids.new() as row:
            row.label = "Bail"
            row.reason = "Il manque la dernière page"
        form.message = "Une photo suffit."
        form.date_due = "2099-01-15"
        shown = form.letter_html
        for words in ("Bail", "Il manque la dernière page", "Une photo suffit.", "15/01/2099"):
            self.assertIn(words, shown)
        self.assertIn(self.agent.name, shown)
        self.assertIn("PDF", form.leaves_label)
        self.assertEqual(request.letter_ids, letters, "nothing was made")
        self.assertEqual(request.document_line_ids, lines, "nothing is asked yet")
        form.save().action_confirm()
        sent = self._last_letter(request, "completion").body
        for paragraph in sent.split("<p>")[1:]:
            self.assertIn(paragraph.split("</p>")[0], shown, "as it was read")

    def test_what_is_wrong_is_said_in_one_click(self):
        request = self._submit()
        form = self._open(request)
        ready = {choice["label"]: choice["text"] for choice in form.ready_reasons}
        own = self.env["procedure.letter.template"].create(
            {
                "name": "Photo de côté",
                "kind": "decision",
                "acts": "refuse_document",
                "service_id": self.school.id,
                "body": "<p>Prenez-la de face.</p>",
            }
        )
        self.assertTrue(all(text and "<" not in text for text in ready.values()))
        self.assertGreaterEqual(len(ready), 5)
        labels = [choice["label"] for choice in self._open(request).ready_reasons]
        self.assertNotIn("Photo de côté", labels, "of another service")
        own.service_id = request.service_id
        labels = [choice["label"] for choice in self._open(request).ready_reasons]
        self.assertIn("Photo de côté", labels)

    def test_a_neighbour_reads_no_letter(self):
        request = self._submit()
        for user in (self.school_agent, self.secretary):
            with self.assertRaises(AccessError):
                request.with_user(user)._get_completion_preview([], "", False)
            Wizard = self.env["procedure.completion.wizard"].with_user(user)
            with self.assertRaises(AccessError):
                Wizard.onchange({"request_id": request.id}, ["request_id"], {"letter_html": {}})
