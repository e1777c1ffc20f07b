from odoo import Command
from odoo.tests import new_test_user

from .common import WebsiteProcedureCommon

COUNTED = (
    "procedure.request",
    "procedure.document",
    "website.procedure.pending",
    "website.procedure.pending.file",
    "ir.attachment",
    "mail.mail",
    "mail.message",
    "public.guard.token",
)


class TestFormPreview(WebsiteProcedureCommon):
    """The form of a version, tried by the person who prepares it; nothing is left behind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draft = cls._procedure(
            "Brouillon", "BROUILLON", cls.waste, fields=cls._draft_form(), publish=False
        ).version_ids
        cls.preview_path = f"/demarches/apercu/{cls.draft.id}"

    @classmethod
    def _draft_form(cls):
        return [
            {"key": "p1", "type": "page", "label": "Un"},
            {"key": "name", "type": "char", "label": "Prénom", "required": True},
            {"key": "kids", "type": "children", "label": "Enfants", "required": True},
            {"key": "proof", "type": "file", "label": "Papier", "required": True},
            {"key": "rows", "type": "block", "label": "Ligne"},
            {"key": "cell", "type": "char", "label": "Case", "block_key": "rows"},
            {"key": "p2", "type": "page", "label": "Deux"},
            {"key": "why", "type": "char", "label": "Pourquoi", "required": True},
        ]

    def count(self):
        self.env.invalidate_all()
        return {
            name: self.env[name].sudo().with_context(active_test=False).search_count([])
            for name in COUNTED
        }

    def test_a_manager_tries_a_draft_and_nothing_is_left(self):
        self.sign_in(self.manager)
        page = self.get(self.preview_path)
        self.assertEqual(page.status_code, 200)
        before = self.count()
        data = {**self.hidden(page), "_action": "next"}
        page = self.post(self.preview_path, data)
        self.assertEqual(page.status_code, 422)
        self.assertEqual(set(self.errors(page)), {"name", "kids", "proof"})
        answers = {"name": "Louis", "kids": "1", "rows.0.cell": "Bleu"}
        page = self.post(
            self.preview_path,
            {**self.hidden(page), **answers, "_action": "next"},
            [self.jpeg()],
        )
        self.assertIn("Étape 2 sur 2", self.title(page))
        page = self.post(self.preview_path, {**self.hidden(page), "why": "", "_action": "send"})
        self.assertEqual(list(self.errors(page)), ["why"])
        page = self.post(self.preview_path, {**self.hidden(page), "why": "Oui", "_action": "send"})
        self.assertEqual(page.status_code, 200)
        shown = page.tree.xpath("//*[@id='reponses']")[0].text_content()
        for words in ("Louis", "Un premier enfant", "Bleu", "Oui"):
            self.assertIn(words, shown)
        self.assertEqual(self.count(), before)

    def test_the_builder_opens_it_at_the_page_of_a_question(self):
        self.sign_in(self.manager)
        page = self.get(f"{self.preview_path}?embed=1&etape=2")
        self.assertIn("Étape 2 sur 2", self.title(page))
        self.assertTrue(page.tree.xpath("//input[@name='why'][not(@type='hidden')]"))
        for wrong in ("0", "99", "-1", "x"):
            self.assertEqual(self.get(f"{self.preview_path}?etape={wrong}").status_code, 200)

    def test_a_published_and_a_former_version_are_tried_too(self):
        self.sign_in(self.manager)
        for version in self.procedure.version_ids:
            self.assertEqual(self.get(f"/demarches/apercu/{version.id}").status_code, 200)

    def test_nobody_else_knows_that_it_exists(self):
        for user in (
            None,
            self.camille,
            self.agent,
            self.secretary,
            self.communication,
            self.dpo,
        ):
            with self.subTest(user=user and user.login):
                self.authenticate(None, None)
                if user:
                    self.sign_in(user)
                for path in (self.preview_path, f"{self.preview_path}?embed=1"):
                    self.assertEqual(self.url_open(path).status_code, 404)
                    answer = self.url_open(path, data={"name": "x", "_action": "send"})
                    self.assertEqual(answer.status_code, 404)

    def test_a_version_that_does_not_exist(self):
        self.sign_in(self.manager)
        for number in (0, 2147483600, 99999999999999999999):
            self.assertEqual(self.url_open(f"/demarches/apercu/{number}").status_code, 404)

    def test_an_administrator_tries_it(self):
        user = new_test_user(self.env, "preview_admin", "base.group_system")
        self.sign_in(user)
        self.assertEqual(self.get(self.preview_path).status_code, 200)

    def test_in_the_frame_of_the_builder_there_is_the_form_only(self):
        self.sign_in(self.manager)
        page = self.get(f"{self.preview_path}?embed=1")
        self.assertFalse(page.tree.xpath("//header[@id='top'] | //footer | //nav"))
        form = page.tree.xpath("//main//form[@data-public-form]")[0]
        self.assertIn("?embed=1", form.get("action"))

    def test_rows_and_hostile_values_are_only_shown_again(self):
        self.sign_in(self.manager)
        before = self.count()
        for data in (
            {"_add": "rows"},
            {"_drop": "rows.0"},
            {"_drop": "rows.x"},
            {"_action": "delete"},
            {"_file.proof": "x" * 5000, "_action": "next"},
            {"_page": "p2", "_action": "back"},
            {"kids": "99999999999999999999", "_action": "send"},
        ):
            answer = self.url_open(self.preview_path, data=data)
            self.assertIn(answer.status_code, (200, 422), data)
        self.assertEqual(self.count(), before)

    def test_the_procedure_of_a_draft_is_still_not_public(self):
        self.draft.procedure_id.slug = "brouillon-essai"
        self.draft.field_ids = [Command.update(self.draft.field_ids[1].id, {"help": "Secret"})]
        self.authenticate(None, None)
        self.assertEqual(self.url_open("/demarches/brouillon-essai/formulaire").status_code, 404)
