"""A disk that is full for a moment: what was typed is there, and sending again is enough."""

import errno
import tempfile
from unittest.mock import patch

from odoo.tools import mute_logger

from odoo.addons.base.models.ir_attachment import IrAttachment
from odoo.addons.core_doors.exceptions import FileNotKept
from odoo.addons.core_doors.models import ir_attachment
from odoo.addons.territory_base.tests.sweep import sweep
from odoo.addons.website_procedure_counter.tests.common import CounterCommon

from .test_files_left import photo

SENTENCE = "Ce fichier n'a pas pu être conservé. Essayez plus tard."


@sweep("files")
class TestFilesNotKept(CounterCommon):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        patcher = patch.object(IrAttachment, "_filestore", lambda attachment: folder.name)
        patcher.start()
        self.addCleanup(patcher.stop)
        quiet = mute_logger(ir_attachment.__name__)
        quiet.__enter__()
        self.addCleanup(quiet.__exit__)
        self.file = photo()

    def full_disk(self):
        error = OSError(errno.ENOSPC, "No space left on device")
        return patch.object(ir_attachment.IrAttachment, "_write_whole", side_effect=error)

    def count(self):
        """What a file that is not kept must leave as it was."""
        models = ("ir.attachment", "procedure.document", "website.procedure.pending.file")
        return [self.env[model].search_count([]) for model in models]

    def jpeg(self, key="proof", **kwargs):
        return super().jpeg(key, content=self.file)

    def test_a_resident_finds_it_beside_the_field_then_sends_again(self):
        self.sign_in(self.camille)
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(note="À garder")}
        with self.full_disk():
            page = self.post(self.form_path, data, [self.jpeg()])
        self.assertEqual(page.status_code, 422)
        self.assertIn(SENTENCE, self.errors(page)["proof"])
        self.assertEqual(self.value(page, "note"), "À garder")
        self.assertFalse(self.env["website.procedure.pending.file"].search([]))
        data = {**self.hidden(page), **self.typed(note="À garder")}
        self.assertEqual(self.post(self.form_path, data, [self.jpeg()]).status_code, 303)
        self.assertTrue(self.requests_of().document_line_ids.document_id.file)

    def test_a_visitor_too(self):
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(), **self._identity()}
        with self.full_disk():
            page = self.post(self.form_path, data, [self.jpeg()])
        self.assertIn(SENTENCE, self.errors(page)["proof"])
        data = {**self.hidden(page), **self.typed(), **self._identity()}
        self.assertEqual(self.post(self.form_path, data, [self.jpeg()]).status_code, 303)

    def test_a_request_is_filed_whole_or_not_at_all(self):
        """The file is there, the disk fills up, and the document cannot be made of it."""
        self.sign_in(self.camille)
        page = self.get(self.form_path)
        self.post(
            self.form_path,
            {**self.hidden(page), **self.typed(), "_action": "later"},
            [self.jpeg()],
        )
        draft = self.env["website.procedure.pending"].search([])
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed()}
        content = draft.file_ids.content
        refusal = FileNotKept(SENTENCE)
        with patch.object(ir_attachment.IrAttachment, "_file_write", side_effect=refusal):
            page = self.post(self.form_path, data)
        self.assertIn(SENTENCE, self.notice(page))
        self.assertFalse(self.requests_of())
        self.assertFalse(self._mails(email="camille"))
        self.assertEqual(draft.file_ids.content, content)
        data = {**self.hidden(page), **self.typed()}
        self.assertEqual(self.post(self.form_path, data).status_code, 303)
        self.assertEqual(len(self.requests_of()), 1)

    def test_an_entry_at_the_counter(self):
        path, page = self.open_form(self.agent)
        with self.full_disk():
            page = self.send(path, page, [self.jpeg()], **self.ana())
        self.assertIn(SENTENCE, self.errors(page)["proof"])
        self.assertFalse(self.requests_of())
        self.assertEqual(self.send(path, page, [self.jpeg()], **self.ana()).status_code, 303)

    def test_what_completes_a_request(self):
        request = self._submit()
        line = request.document_line_ids
        request.with_user(self.agent).action_ask_completion(
            [{"line_id": line.id, "reason": "Illisible"}], "Merci", None
        )
        self.sign_in(self.camille)
        path = f"/my/demandes/{request.id}"
        form = "//form[contains(@action, '/completer')]"
        page = self.get(path)
        before = self.count()
        key = page.tree.xpath(f"{form}//input[@type='file']/@name")[0]
        action = page.tree.xpath(f"{form}/@action")[0]
        with self.full_disk():
            page = self.post(action, self.hidden(page, form), [self.jpeg(key)])
        self.assertIn(SENTENCE, self.errors(page)[key])
        self.assertEqual(request.state, "to_complete")
        self.assertEqual(request.document_line_ids, line)
        self.assertEqual(self.count(), before)
        response = self.post(action, self.hidden(page, form), [self.jpeg(key)])
        self.assertEqual(response.status_code, 303)
        self.assertNotEqual(request.state, "to_complete")

    def test_what_waited_to_be_sent_waits_still(self):
        """The files are there, the disk fills up: neither the document nor the message is."""
        request = self._submit()
        line = request.document_line_ids
        request.with_user(self.agent).action_ask_completion(
            [{"line_id": line.id, "reason": "Illisible"}], "Merci", None
        )
        self.sign_in(self.camille)
        refusal = FileNotKept(SENTENCE)
        path = f"/my/demandes/{request.id}"
        for way, key in (("completer", line.input_key), ("message", "_piece")):
            with self.subTest(way):
                form = f"//form[contains(@action, '/{way}')]"
                data = {**self.hidden(self.get(path), form), "_field": key}
                answer = self.url_open(f"{path}/depot", data=data, files=[self.jpeg(key)])
                self.assertEqual(answer.status_code, 200)
                waiting = self.env["website.procedure.pending.file"].search([])
                before, counted = request.message_ids, self.count()
                data = {**self.hidden(self.get(path), form), "message": "Bonjour"}
                with patch.object(ir_attachment.IrAttachment, "_file_write", side_effect=refusal):
                    page = self.post(f"{path}/{way}", data)
                self.assertIn(SENTENCE, self.notice(page))
                self.assertEqual((request.message_ids, self.count()), (before, counted))
                self.assertTrue(waiting.content)
                response = self.post(f"{path}/{way}", {**self.hidden(page, form), **data})
                self.assertEqual(response.status_code, 303)
                self.assertFalse(waiting.exists())

    def test_a_message(self):
        request = self._submit()
        self.sign_in(self.camille)
        path, form = f"/my/demandes/{request.id}", "//form[contains(@action, '/message')]"
        page = self.get(path)
        data = {**self.hidden(page, form), "message": "Bonjour"}
        before, counted = request.message_ids, self.count()
        with self.full_disk():
            page = self.post(f"{path}/message", data, [self.jpeg("_piece")])
        self.assertIn(SENTENCE, self.errors(page)["_piece"])
        self.assertEqual(self.value(page, "message"), "Bonjour")
        self.assertEqual(request.message_ids, before)
        self.assertEqual(self.count(), counted)
        data = {**self.hidden(page, form), "message": "Bonjour"}
        response = self.post(f"{path}/message", data, [self.jpeg("_piece")])
        self.assertEqual(response.status_code, 303)
        self.assertEqual(len(request.message_ids - before), 1)
