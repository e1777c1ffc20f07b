from odoo import Command

from .common import WebsiteProcedureCommon


class TestFormDraft(WebsiteProcedureCommon):
    """What was begun on an older version is carried over, and what changed is said."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        form = [
            {"key": "name", "type": "char", "label": "Prénom"},
            {"key": "old", "type": "char", "label": "Ancienne question"},
            {"key": "paper", "type": "file", "label": "Ancien papier"},
        ]
        cls.moving = cls._procedure("Change", "CHANGE", cls.waste, fields=form, slug="change")
        cls.moving_path = "/demarches/change/formulaire"

    def publish(self, *keep, **new):
        """A second version: these questions, and one that is new."""
        self.moving.action_new_version()
        version = self.moving.version_ids.filtered(lambda version: version.state == "draft")
        version.field_ids.filtered(lambda field: field.key not in keep).unlink()
        if new:
            version.field_ids = [Command.create({"type": "char", "sequence": 50, **new})]
        self.moving.action_publish()

    def begin(self):
        self.sign_in(self.camille)
        page = self.get(self.moving_path)
        data = {**self.hidden(page), "name": "Louis", "old": "Oui", "_action": "later"}
        self.post(self.moving_path, data, [self.jpeg("paper")])
        return self.env["website.procedure.pending"].search([("procedure_id", "=", self.moving.id)])

    def test_a_draft_follows_the_new_version_and_says_what_changed(self):
        draft = self.begin()
        self.publish("name", key="fresh", label="Nouvelle question", required=True)
        page = self.get(self.moving_path)
        notice = self.notice(page)
        self.assertIn("Nouvelles questions : « Nouvelle question ».", notice)
        self.assertIn(
            "Ne sont plus demandées : « Ancienne question », « Ancien papier ».",
            notice,
        )
        self.assertEqual(self.value(page, "name"), "Louis")
        data = {**self.hidden(page), "name": "Louis", "fresh": "", "_action": "send"}
        page = self.post(self.moving_path, data)
        self.assertEqual(list(self.errors(page)), ["fresh"])
        self.assertEqual(draft.version_id, self.moving.version_id)
        self.assertFalse(draft.file_ids, "Nobody asks for this paper any more")
        data = {**self.hidden(page), "name": "Louis", "fresh": "Oui", "_action": "send"}
        self.assertEqual(self.post(self.moving_path, data).status_code, 303)
        request = self.requests_of(self.moving)
        self.assertEqual(request.answers, {"name": "Louis", "fresh": "Oui"})
        self.assertFalse(request.document_line_ids)

    def test_a_draft_goes_with_the_account(self):
        draft = self.begin()
        file_id = draft.file_ids.id
        self.camille.sudo()._deactivate_portal_user()
        self.assertFalse(draft.exists())
        self.assertFalse(self.env["website.procedure.pending.file"].browse(file_id).exists())

    def test_a_page_opened_before_the_publication_is_shown_again_first(self):
        self.sign_in(self.camille)
        page = self.get(self.moving_path)
        data = {**self.hidden(page), "name": "Louis", "old": "Oui", "_action": "send"}
        self.publish("name", "old", key="fresh", label="Nouvelle question")
        page = self.post(self.moving_path, data)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Nouvelle question", self.notice(page))
        self.assertEqual(self.value(page, "name"), "Louis")
        self.assertFalse(self.requests_of(self.moving))
        data = {**self.hidden(page), "name": "Louis", "_action": "send"}
        self.assertEqual(self.post(self.moving_path, data).status_code, 303)

    def test_the_same_questions_in_a_new_version_change_nothing_for_her(self):
        self.begin()
        self.publish("name", "old", "paper")
        page = self.get(self.moving_path)
        self.assertFalse(self.notice(page))
        self.assertEqual(self.value(page, "old"), "Oui")
        self.assertIn("facture.jpg", page.text)

    def test_the_questions_of_a_draft_version_are_told_to_nobody(self):
        self.moving.action_new_version()
        version = self.moving.version_ids.filtered(lambda version: version.state == "draft")
        version.field_ids = [
            Command.create({"key": "secret", "type": "char", "label": "Pas encore", "sequence": 9})
        ]
        self.sign_in(self.camille)
        page = self.get(self.moving_path)
        data = {**self.hidden(page), "name": "x", "_version": version.id, "_action": "send"}
        response = self.post(self.moving_path, data)
        self.assertNotIn("Pas encore", response.text)
        self.assertEqual(response.status_code, 303)

    def test_the_origin_of_an_answer_keeps_its_day_until_it_is_changed(self):
        form = [
            {"key": "last", "type": "char", "label": "Nom", "prefill": "lastname"},
            {"key": "note", "type": "char", "label": "Note"},
        ]
        procedure = self._procedure("Origine", "ORIGINE", self.waste, fields=form, slug="origine")
        path = "/demarches/origine/formulaire"
        self.sign_in(self.camille)
        page = self.get(path)
        self.post(path, {**self.hidden(page), "last": "Durand", "_action": "later"})
        draft = self.env["website.procedure.pending"].search([("procedure_id", "=", procedure.id)])
        draft.origins = {"last": "2026-03-12"}
        page = self.get(path)
        self.assertIn("Repris de votre compte le 12/03/2026", page.text)
        page = self.post(path, {**self.hidden(page), "last": "Durand", "_add": "x"})
        self.assertIn("le 12/03/2026", page.text)
        page = self.post(path, {**self.hidden(page), "last": "Autre", "_add": "x"})
        self.assertNotIn("Repris de votre compte", page.text)
