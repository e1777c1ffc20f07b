from odoo import Command

from odoo.addons.territory_base.clock import local_day

from .common import WebsiteProcedureCommon

FORM = [
    {"key": "last", "type": "char", "label": "Nom", "prefill": "lastname"},
    {"key": "note", "type": "char", "label": "Note"},
    {"key": "old", "type": "char", "label": "Ancienne question"},
    {"key": "size", "type": "decimal", "label": "Surface"},
    {"key": "bank", "type": "iban", "label": "IBAN"},
    {"key": "income", "type": "char", "label": "Revenu du foyer"},
    {"key": "home", "type": "address", "label": "Adresse"},
    {"key": "others", "type": "block", "label": "Personne"},
    {"key": "who", "type": "char", "label": "Prénom", "block_key": "others"},
    {"key": "agree", "type": "consent", "label": "J'accepte"},
]
ANSWERS = {
    "last": "Autrefois",
    "note": "Bonjour",
    "old": "Oui",
    "size": "12,5",
    "bank": "FR7630006000011234567890189",
    "income": "12000",
    "home.street": "3 rue Haute",
    "home.commune": "Vaubecourt",
    "_rows.others": "2",
    "others.0.who": "Lou",
    "others.1.who": "Noé",
    "agree": "1",
}


class TestFormFormer(WebsiteProcedureCommon):
    """A new form filled in from what she sent last time, and from nobody else's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.note = cls._procedure("Note", "NOTE", cls.waste, fields=FORM, slug="note")
        cls.note_path = "/demarches/note/formulaire"
        cls.take_path = "/demarches/note/brouillon/precedente"
        cls.sent = cls._submit(procedure=cls.note, answers=ANSWERS, files={})

    def take(self, page=None, **values):
        data = {**(self.hidden(page) if page else {}), **values}
        return self.post(self.take_path, data, reads=False)

    def drafts(self):
        self.env.invalidate_all()
        return self.env["website.procedure.pending"].search([("procedure_id", "=", self.note.id)])

    def test_her_answers_and_no_other(self):
        self.note.action_new_version()
        version = self.note.version_ids.filtered(lambda version: version.state == "draft")
        version.field_ids.filtered(lambda field: field.key == "old").unlink()
        version.field_ids = [
            Command.create({"key": "fresh", "type": "char", "label": "Autre", "sequence": 50})
        ]
        self.note.action_publish()
        self.sign_in(self.camille)
        page = self.get(self.note_path)
        self.assertIn(self.sent.number, page.text)
        self.assertEqual(self.take(page).status_code, 303)
        answers = {name: value for name, value in self.drafts().answers.items() if value}
        self.assertEqual(
            answers,
            {
                "last": "Durand",
                "note": "Bonjour",
                "size": "12,5",
                "home.street": "3 rue Haute",
                "home.commune": answers["home.commune"],
                "home.zip": answers["home.zip"],
                "_rows.others": "2",
                "others.0.who": "Lou",
                "others.1.who": "Noé",
            },
        )
        page = self.get(self.note_path)
        self.assertIn("Repris de votre demande précédente", page.text)
        self.assertIn(f"{local_day(self.sent.date_submitted):%d/%m/%Y}", page.text)
        self.assertEqual(self.value(page, "others.1.who"), "Noé")
        data = {**self.hidden(page), **self.carried(page), "_action": "send"}
        self.assertEqual(self.post(self.note_path, data).status_code, 303)
        again = self.requests_of(self.note)[:1]
        self.assertNotEqual(again, self.sent)
        self.assertEqual(again.answers["others"], self.sent.answers["others"])

    def carried(self, page):
        form = page.tree.xpath("//form[@data-public-form]")[0]
        return {name: value for name, value in form.form_values() if name != "_action"}

    def test_another_one_is_offered_nothing(self):
        self.sign_in(self.dominique)
        page = self.get(self.note_path)
        self.assertNotIn(self.sent.number, page.text)
        self.assertNotIn("brouillon/precedente", page.text)
        self.take(page)
        self.assertFalse(self.drafts())
        self.authenticate(None, None)
        self.assertIn("/web/login", self.take(page).headers.get("Location", "/web/login"))
        self.assertFalse(self.drafts())

    def test_nothing_over_what_is_begun_nor_from_another_site(self):
        self.sign_in(self.camille)
        page = self.get(self.note_path)
        self.take(page, csrf_token="")
        self.assertFalse(self.drafts())
        self.post(self.note_path, {**self.hidden(page), "note": "Neuf", "_action": "later"})
        self.take(page)
        self.assertEqual(self.drafts().answers["note"], "Neuf")
        self.assertNotIn("brouillon/precedente", self.get(self.note_path).text)

    def test_for_an_organisation_that_she_left(self):
        organisation = self._delegations(self.camille).organisation_id
        self.sent.sudo().acting_for_id = organisation
        self.sign_in(self.camille)
        self.assertIn("brouillon/precedente", self.get(self.note_path).text)
        self.env["partner.delegate"].search([("person_id", "=", self.camille.partner_id.id)]).write(
            {"state": "ended"}
        )
        self.assertNotIn("brouillon/precedente", self.get(self.note_path).text)
