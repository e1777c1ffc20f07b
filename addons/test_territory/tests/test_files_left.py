"""Every path that keeps a file, and what is left of it: attachments without row, files on disk."""

import hashlib
import io
import random
import tempfile
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from PIL import Image

from odoo import fields
from odoo.modules.migration import load_script
from odoo.tools import SQL, file_path

from odoo.addons.base.models.ir_attachment import IrAttachment
from odoo.addons.territory_base.tests.sweep import sweep
from odoo.addons.website_procedure_counter.tests.common import CounterCommon


def photo():
    """Never twice the same: one file on disk would stand for two."""
    content = io.BytesIO()
    Image.frombytes("L", (32, 32), random.randbytes(32 * 32)).save(content, "PNG")
    return content.getvalue()


@sweep("files")
class TestFilesLeft(CounterCommon):
    def setUp(self):
        super().setUp()
        # A disk of its own: the cleaning of files takes nothing that a rollback needs.
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.disk = Path(folder.name)
        patcher = patch.object(IrAttachment, "_filestore", lambda attachment: folder.name)
        patcher.start()
        self.addCleanup(patcher.stop)
        self.Pending = self.env["website.procedure.pending"]
        self.known = self.orphans()

    def orphans(self):
        """(model, row) of the attachments whose row is gone."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT res_model, res_id FROM ir_attachment WHERE res_id > 0")
        )
        found = {}
        for model, row_id in rows:
            if model in self.env and not self.env[model]._abstract:
                found.setdefault(model, set()).add(row_id)
        return {
            (model, row_id)
            for model, ids in found.items()
            for row_id in ids - set(self.env[model].browse(ids).exists().ids)
        }

    def on_disk(self):
        """What the cleaning of files leaves there, by the name that an attachment gives it."""
        self.env["ir.attachment"]._gc_file_store_unsafe()
        files = {str(path.relative_to(self.disk)) for path in self.disk.glob("??/*")}
        query = SQL("SELECT DISTINCT store_fname FROM ir_attachment WHERE store_fname IS NOT NULL")
        named = {name for (name,) in self.env.execute_query(query)}
        self.assertFalse(files - named, "Files that nothing names")
        return files

    def assertLeft(self, documents):
        """No attachment without row, and no picture on disk but these documents."""
        self.assertFalse(self.orphans() - self.known, "Attachments without row")
        query = SQL("SELECT store_fname FROM ir_attachment WHERE mimetype LIKE 'image/%%'")
        pictures = {name for (name,) in self.env.execute_query(query)} & self.on_disk()
        kept = self.env["ir.attachment"].search(
            [
                ("res_model", "=", documents._name),
                ("res_id", "in", documents.ids),
                ("res_field", "=", "file"),
            ]
        )
        self.assertEqual(len(kept), len(documents))
        self.assertEqual(pictures, set(kept.mapped("store_fname")))

    def nothing(self):
        return self.env["procedure.document"]

    def begin(self, user=None, action="later", **answers):
        """A form with a photo, kept; the record that holds it."""
        if user:
            self.sign_in(user)
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(), "_action": action, **answers}
        if not user:
            data.update(self._identity())
        self.post(self.form_path, data, [self.jpeg(content=photo())])
        pending = self.Pending.search([("procedure_id", "=", self.procedure.id)], limit=1)
        self.assertEqual(len(pending.file_ids), 1)
        self.assertEqual(len(self.on_disk()), 1)
        return pending

    def expire(self, pending):
        """Its time is over, and who has an account was told."""
        now = fields.Datetime.now()
        pending.write({"date_expire": now - timedelta(minutes=1), "date_told": now})

    # Drafts

    def test_a_draft_deleted_by_its_author(self):
        draft = self.begin(self.camille)
        path = f"{self.path}/brouillon/supprimer"
        data = {**self.hidden(self.get(path)), "_action": "delete"}
        self.assertEqual(self.post(path, data).status_code, 303)
        self.assertFalse(draft.exists())
        self.assertLeft(self.nothing())

    def test_a_draft_that_is_sent(self):
        self.begin(self.camille)
        page = self.get(self.form_path)
        self.post(self.form_path, {**self.hidden(page), **self.typed()})
        documents = self.requests_of().document_line_ids.document_id
        self.assertEqual(len(documents), 1)
        self.assertLeft(documents)

    def test_a_draft_sent_again(self):
        self.sign_in(self.camille)
        page = self.get(self.form_path)
        data, file = {**self.hidden(page), **self.typed()}, self.jpeg(content=photo())
        for _press in range(2):
            self.assertEqual(self.post(self.form_path, data, [file]).status_code, 303)
        self.assertEqual(len(self.requests_of()), 1)
        self.assertLeft(self.requests_of().document_line_ids.document_id)

    def test_a_draft_past_its_date(self):
        draft = self.begin(self.camille)
        self.expire(draft)
        self.Pending._gc_pending()
        self.assertFalse(draft.exists())
        self.assertLeft(self.nothing())

    def test_a_draft_past_its_date_that_gives_its_place(self):
        draft = self.begin(self.camille)
        self.expire(draft)
        self.Pending._start(self.procedure, self.camille.partner_id)
        self.assertFalse(draft.exists())
        self.assertLeft(self.nothing())

    def test_a_file_taken_out_of_a_draft(self):
        draft = self.begin(self.camille)
        data = {**self.hidden(self.get(self.form_path)), **self.typed()}
        self.post(self.form_path, {**data, "_remove": draft.file_ids.id})
        self.assertFalse(draft.file_ids)
        self.assertLeft(self.nothing())

    def test_the_draft_of_who_leaves(self):
        draft = self.begin(self.camille)
        partner = self.camille.partner_id
        self.camille.unlink()
        partner.unlink()
        self.assertFalse(draft.exists())
        self.assertLeft(self.nothing())

    def test_the_drafts_of_a_procedure_that_is_deleted(self):
        fields_ = [{"key": "proof", "type": "file", "label": "Photo"}]
        procedure = self._procedure("Essai", "PASSE", self.waste, fields=fields_, slug="passe")
        self.sign_in(self.camille)
        path = "/demarches/passe/formulaire"
        data = {**self.hidden(self.get(path)), "_action": "later"}
        self.post(path, data, [self.jpeg(content=photo())])
        self.assertEqual(len(self.on_disk()), 1)
        procedure.unlink()
        self.assertLeft(self.nothing())

    # Visitors

    def test_a_form_of_a_visitor_past_its_hours(self):
        pending = self.begin(action="send")
        self.expire(pending)
        self.Pending._gc_pending()
        self.assertFalse(pending.exists())
        self.assertLeft(self.nothing())

    def test_a_form_of_a_visitor_that_is_sent(self):
        request, _code = self.file_as_visitor()
        self.assertTrue(request)
        self.assertLeft(request.document_line_ids.document_id)

    def test_what_a_visitor_began_and_gives_up_once_signed_in(self):
        pending = self.begin_as_visitor()
        self.take_up("delete")
        self.assertFalse(pending.exists())
        self.assertLeft(self.nothing())

    def test_what_a_visitor_began_and_takes_up_once_signed_in(self):
        former = self.begin(self.camille)
        self.logout()
        pending = self.begin_as_visitor()
        self.take_up("resume")
        self.assertFalse(former.exists())
        self.assertEqual(pending.partner_id, self.camille.partner_id)
        page = self.get(self.form_path)
        self.post(self.form_path, {**self.hidden(page), **self.typed()})
        documents = self.requests_of().document_line_ids.document_id
        self.assertEqual(len(documents), 2)
        self.assertLeft(documents)

    def begin_as_visitor(self):
        """Kept, and found again in this browser."""
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(), "_remove": "1"}
        page = self.post(self.form_path, data, [self.jpeg(content=photo())])
        data = {**self.hidden(page), **self.typed(), "_action": "ask"}
        self.post(f"{self.path}/brouillon/supprimer", data)
        pending = self.Pending.search([("partner_id", "=", False)])
        self.assertEqual(len(pending.file_ids), 1)
        return pending

    def take_up(self, action):
        form = "//form[contains(@class, 'oe_login_form')]"
        hidden = self.hidden(self.get("/web/login"), form)
        self.post("/web/login", {**hidden, "login": "camille", "password": "camillex"})
        hidden = self.hidden(self.get(self.form_path), "//form[contains(@action, 'sans-compte')]")
        path = f"{self.path}/brouillon/sans-compte"
        self.assertEqual(self.post(path, {**hidden, "_action": action}).status_code, 303)

    # At the counter

    def enter(self):
        path, page = self.open_form(self.agent)
        page = self.send(path, page, [self.jpeg(content=photo())], _remove="1", **self.ana())
        self.assertEqual(len(self.entry(path).file_ids), 1)
        return path, page

    def test_an_entry_that_is_filed(self):
        path, page = self.enter()
        self.assertEqual(self.send(path, page, **self.ana()).status_code, 303)
        documents = self.requests_of().document_line_ids.document_id
        self.assertEqual(len(documents), 1)
        self.assertLeft(documents)

    def test_an_entry_past_its_hours(self):
        path, _page = self.enter()
        self.expire(self.entry(path))
        self.Pending._gc_pending()
        self.assertFalse(self.entry(path).exists())
        self.assertLeft(self.nothing())

    def test_an_entry_of_an_agent_who_leaves(self):
        path, _page = self.enter()
        entry = self.entry(path)
        self.agent.unlink()
        self.assertFalse(entry.exists())
        self.assertLeft(self.nothing())

    def test_an_entry_for_somebody_who_leaves(self):
        path, _page = self.enter()
        entry = self.entry(path)
        person = self.env["res.partner"].create({"firstname": "Ana", "lastname": "Morel"})
        entry.applicant_id = person
        person.unlink()
        self.assertFalse(entry.exists())
        self.assertLeft(self.nothing())

    # Requests

    def test_a_request_that_is_forgotten(self):
        """Documents, completion, messages of both sides, notes, letters."""
        request = self.file_as(self.camille).sudo()
        line = request.document_line_ids
        request.with_user(self.agent).action_ask_completion(
            [{"line_id": line.id, "reason": "Illisible"}], "Merci", None
        )
        sent = {"name": "b.png", "mimetype": "image/png", "pages": 1}
        second, third = photo(), photo()
        sent |= {"size": len(second), "sha256": hashlib.sha256(second).hexdigest()}
        request._complete(
            files={"proof": [{**sent, "content": second}]}, by=self.camille.partner_id
        )
        request._post_from_applicant(
            "Bonjour", files=[{**sent, "content": third}], by=self.camille.partner_id
        )
        request._post_to_applicant("Oui", "Bonjour", attachments=[("c.png", photo())])
        request.message_post(body="Note", attachments=[("d.png", photo())])
        # Dropped in the chatter, and not sent.
        self.env["ir.attachment"].create(
            {"name": "e.png", "raw": photo(), "res_model": request._name, "res_id": request.id}
        )
        self.assertEqual(len(self.on_disk()), 6)
        request.letter_ids._draw()
        request.with_user(self.agent).action_refuse("Non")
        request._anonymise()
        self.assertLeft(self.nothing())
        self.assertFalse(self.on_disk())

    # What the versions before left

    def test_the_update_takes_away_what_was_left(self):
        kept = self.begin(self.camille)
        self.logout()
        gone = self.begin_as_visitor()
        self.env.execute_query(
            SQL("DELETE FROM website_procedure_pending WHERE id = %s RETURNING id", gone.id)
        )
        self.env.invalidate_all()
        request = self._submit(self.dominique)
        request.sudo().date_anonymised = fields.Datetime.now()
        for record in (request, self._submit(self.dominique)):
            self.env["ir.attachment"].create(
                {"name": "e.png", "raw": photo(), "res_model": record._name, "res_id": record.id}
            )
        self.assertEqual(len(self.orphans() - self.known), 1)
        self.env.flush_all()
        before = self.on_disk()
        self.migrate("website_procedure/migrations/19.0.1.1.0/post-migration.py")
        self.migrate("procedure/migrations/19.0.1.3.0/post-migration.py")
        self.assertFalse(self.orphans() - self.known)
        self.assertEqual(len(before - self.on_disk()), 2)
        self.assertTrue(kept.file_ids.content)

    def migrate(self, path):
        script = load_script(file_path(path), "post_migration_files")
        script.migrate(self.env.cr, "19.0.1.0.0")
