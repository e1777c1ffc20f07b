from datetime import timedelta

from freezegun import freeze_time

from odoo.addons.procedure.tests.common import upload
from odoo.addons.territory_base import clock

from .page_case import FormPageCase

TYPED = {
    "address.street": "3 rue du Moulin",
    "address.commune": "Vaubecourt",
    "dwelling": "secondary",
}


class TestFormGiven(FormPageCase):
    """What she gave before and is still valid is offered again, to her only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.former = cls._submit(files={"proof": [upload("domicile.png")]})
        cls.given = cls.former.sudo().document_line_ids.document_id
        cls.other = cls._procedure(
            "Inscription", "INSC", cls.school, slug="inscription-essai", publish=False
        )
        field = cls.other.version_ids.field_ids.filtered(lambda field: field.key == "proof")
        field.write({"required": True, "validity_kind": "months", "validity_months": 3})
        cls.other.action_publish()

    def offered(self, user=None, **posted):
        page = self.open(self.other, user or self.camille, **posted)
        field = page._fields_by_key["proof"]
        return page._get_given(field).ids

    def test_offered_with_its_day_and_its_procedure(self):
        page = self.open(self.other, self.camille)
        words = page._prepare_given(page._fields_by_key["proof"])[0]["words"]
        self.assertIn("domicile.png", words)
        self.assertIn(self.given.given_on.strftime("%d/%m/%Y"), words)
        self.assertIn("Demander un bac", words)
        drawn = self.draw(page)
        button = drawn.tree.xpath("//button[@name='_reuse']/@value")
        self.assertEqual(button, [f"proof:{self.given.id}"])

    def take(self, user=None, document=None):
        document = document or self.given
        return self.open(self.other, user or self.camille, _reuse=f"proof:{document.id}", **TYPED)

    def test_taken_it_is_a_line_of_the_new_request_without_a_copy(self):
        page = self.take()
        self.assertFalse(page.errors)
        page.keep()
        page = self.open(self.other, self.camille)
        self.assertFalse(self.offered())
        request_sudo = page.submit().sudo()
        line = request_sudo.document_line_ids
        self.assertEqual(line.document_id, self.given)
        self.assertEqual(line.given_again_on, clock.today())
        self.assertTrue(self.given.with_user(self.school_agent).has_access("read"))

    def test_one_request_forgotten_leaves_the_document_to_the_other(self):
        self.take().keep()
        request_sudo = self.open(self.other, self.camille).submit().sudo()
        self.former.sudo().state = "closed"
        self.former.sudo()._anonymise()
        self.assertTrue(self.given.exists().file)
        self.assertEqual(request_sudo.document_line_ids.document_id, self.given)

    def test_nobody_else_is_offered_it_nor_takes_it(self):
        self.assertFalse(self.offered(self.dominique))
        page = self.take(self.dominique)
        self.assertIn("proof", page.errors)
        self.assertFalse(page.pending.file_ids)
        visitor = self.env.ref("base.public_user")
        self.assertFalse(self.offered(visitor))
        self.assertFalse(self.take(visitor).pending.file_ids)

    def test_a_guessed_number_takes_nothing(self):
        for wrong in ("0", "-1", "abc", f"{self.given.id + 999}", ""):
            for key in ("proof", "note", "inconnue", ""):
                page = self.open(self.other, self.camille, _reuse=f"{key}:{wrong}", **TYPED)
                self.assertFalse(page.pending.file_ids)

    def test_refused_expired_or_seen_only_it_is_not_offered(self):
        line = self.former.sudo().document_line_ids
        for state in ("refused", "expired"):
            line.state = state
            self.assertFalse(self.offered(), state)
        line.state = "accepted"
        self.assertTrue(self.offered())
        with freeze_time(clock.today() + timedelta(days=120)):
            self.assertFalse(self.offered())
        self.given.validity_date = clock.today() - timedelta(days=1)
        self.assertFalse(self.offered())
        self.given.validity_date = False
        self.given.seen_on = clock.today()
        self.assertFalse(self.offered())

    def test_refused_after_it_was_taken_it_does_not_leave(self):
        """Taken on the phone, sent from the computer, refused by the agent in between."""
        self.take().keep()
        self.former.sudo().document_line_ids.state = "refused"
        page = self.open(self.other, self.camille)
        self.assertEqual(len(page.pending.file_ids), 1)
        self.assertIn("proof", page.find_errors())
        page = self.open(self.other, self.camille, _remove=str(page.pending.file_ids.id), **TYPED)
        self.assertFalse(page.pending.file_ids)

    def test_forgotten_after_it_was_taken_the_draft_asks_for_it(self):
        self.take().keep()
        self.former.sudo().state = "closed"
        self.former.sudo()._anonymise()
        page = self.open(self.other, self.camille)
        self.assertFalse(page.pending.file_ids)
        self.assertIn("proof", page.find_errors())

    def test_another_question_does_not_take_it(self):
        version = self.other.action_new_version()
        version.field_ids.filtered(lambda field: field.key == "proof").requirement_code = "rib"
        self.other.action_publish()
        self.assertFalse(self.offered())

    def test_given_for_an_organisation_it_stays_with_it(self):
        organisation = self.env["res.partner"].create(
            {"name": "Club de quilles", "kind": "association", "is_company": True}
        )
        self.former.sudo().acting_for_id = organisation
        self.assertFalse(self.offered())

    def test_as_many_as_the_question_takes(self):
        version = self.other.action_new_version()
        version.field_ids.filtered(lambda field: field.key == "proof").max_files = 1
        self.other.action_publish()
        self.take().keep()
        self._submit(files={"proof": [upload("autre.png", upload()["content"] + b"0")]})
        newer = self.env["procedure.document"].sudo().search([("name", "=", "autre.png")])
        page = self.take(document=newer)
        self.assertIn("un seul fichier", page.errors["proof"].lower())

    def test_the_file_is_seen_again_by_her(self):
        self.take().keep()
        file = self.open(self.other, self.camille).pending.file_ids
        self.assertEqual(file._get_content(), self.given.with_context(bin_size=False).file)
        self.assertFalse(file.content)
        self.assertEqual(file.sha256, self.given.sha256)
