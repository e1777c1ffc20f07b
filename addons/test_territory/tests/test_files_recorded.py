"""The file that is kept is the file that was checked: what is recorded of it stays true."""

import base64
import hashlib
import io

from PIL import Image

from odoo.modules.migration import load_script
from odoo.tools import file_path

from odoo.addons.procedure.tests.common import PIXEL
from odoo.addons.procedure_mailgateway.tests.common import MailgatewayCommon
from odoo.addons.territory_base.tests.sweep import sweep
from odoo.addons.website_procedure_counter.tests.common import CounterCommon


def photo():
    """Larger than what Odoo makes smaller by itself (1920 pixels)."""
    content = io.BytesIO()
    Image.effect_noise((2400, 1800), 40).save(content, "JPEG")
    return content.getvalue()


@sweep("files")
class TestFilesRecorded(CounterCommon, MailgatewayCommon):
    def assertKept(self, attachments):
        self.assertTrue(attachments)
        for attachment in attachments:
            picture = Image.open(io.BytesIO(attachment.raw))
            self.assertEqual((attachment.name, picture.size), (attachment.name, (2400, 1800)))

    def assertRecorded(self, records, field):
        """Size and sha256 are those of the file, by whatever reads it."""
        self.assertTrue(records)
        for record in records.with_context(bin_size=False):
            content = base64.b64decode(record[field])
            self.assertEqual(record.size, len(content))
            self.assertEqual(record.sha256, hashlib.sha256(content).hexdigest())
        attachments = self.env["ir.attachment"].search(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("res_field", "=", field),
            ]
        )
        self.assertEqual(set(attachments.mapped("file_size")), set(records.mapped("size")))
        self.assertKept(attachments)

    def test_a_draft_then_its_request(self):
        self.sign_in(self.camille)
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(), "_action": "later"}
        self.post(self.form_path, data, [self.jpeg(content=photo())])
        self.assertRecorded(self.env["website.procedure.pending.file"].search([]), "content")
        page = self.get(self.form_path)
        self.post(self.form_path, {**self.hidden(page), **self.typed()})
        self.assertRecorded(self.requests_of().document_line_ids.document_id, "file")

    def test_what_completes_a_request(self):
        request = self._submit()
        line = request.document_line_ids
        request.with_user(self.agent).action_ask_completion(
            [{"line_id": line.id, "reason": "Illisible"}], "Merci", None
        )
        checked = self.env["public.guard"]._check_upload("photo.jpg", photo())
        request.with_user(self.camille)._complete(
            files={"proof": [checked]}, by=self.camille.partner_id
        )
        self.assertRecorded((request.document_line_ids - line).document_id, "file")

    def test_an_entry_at_the_counter(self):
        path, page = self.open_form(self.agent)
        files = [self.jpeg(content=photo()), self.jpeg("_paper", content=photo())]
        self.assertEqual(self.send(path, page, files, **self.ana()).status_code, 303)
        documents = self.requests_of().document_line_ids.document_id
        self.assertEqual(len(documents), 2)
        self.assertRecorded(documents, "file")

    def test_messages_of_both_sides(self):
        request = self._submit()
        self.sign_in(self.camille)
        path = f"/my/demandes/{request.id}"
        hidden = self.hidden(self.get(path), "//form[contains(@action, 'message')]")
        response = self.post(
            f"{path}/message",
            {**hidden, "message": "Bonjour"},
            [("_piece", ("a.jpg", photo(), "image/jpeg"))],
        )
        self.assertEqual(response.status_code, 303)
        received = request._get_messages_for_applicant()[-1]
        self.assertKept(received.attachment_ids)
        dropped = self.env["ir.attachment"].with_user(self.agent)
        dropped = dropped.create(
            {"name": "b.jpg", "raw": photo(), "res_model": request._name, "res_id": request.id}
        )
        self.assertKept(dropped)

    def test_a_message_by_e_mail(self):
        request = self._submit()
        self._receive(request, files=[("photo.jpg", photo())])
        self.assertKept(self._messages(request)[-1:].attachment_ids)

    def test_what_was_recorded_wrongly_is_made_true(self):
        right, wrong = self._submit(), self._submit(self.dominique)
        documents = (right | wrong).document_line_ids.document_id.sudo()
        self.assertEqual(len(documents), 2)
        wrong.document_line_ids.document_id.sudo().write({"size": 9, "sha256": "of another"})
        self.env.flush_all()
        path = file_path("procedure/migrations/19.0.1.4.0/post-migration.py")
        load_script(path, "post_migration_sha256").migrate(self.env.cr, "19.0.1.3.0")
        self.env.invalidate_all()
        self.assertEqual(len(set(documents.mapped("sha256"))), 1)
        self.assertEqual(documents.mapped("size"), [len(PIXEL)] * 2)

    def test_elsewhere_odoo_makes_pictures_smaller(self):
        partner = self.camille.partner_id
        attachment = self.env["ir.attachment"].create(
            {"name": "c.jpg", "raw": photo(), "res_model": partner._name, "res_id": partner.id}
        )
        self.assertEqual(Image.open(io.BytesIO(attachment.raw)).width, 1920)

    def test_every_model_that_records_a_file_keeps_it_as_given(self):
        models = [
            model
            for model in self.env.values()
            if not model._abstract and "sha256" in model._fields
        ]
        self.assertGreaterEqual(len(models), 3)
        for model in models:
            self.assertTrue(model._keeps_files_as_given, model._name)
