from odoo.tests import HttpCase, tagged

from .common import TerritoryCommon

PASSWORD = "a-long-password-of-this-test"


@tagged("post_install", "-at_install")
class TestLetterPage(TerritoryCommon, HttpCase):
    def _sign_in(self, persona):
        user = self.users[persona]
        user.password = PASSWORD
        self.authenticate(user.login, PASSWORD)

    def test_the_qr_of_a_printed_form_leads_each_where_she_works(self):
        """The address is that of the blank form; the entry, that of the counter."""
        slug = self.procedure.slug
        public, entry = f"/demarches/{slug}", f"/guichet?demarche={slug}"
        places = {"agent": entry, "manager": entry, "other_agent": public, "resident": public}
        for persona, place in places.items():
            self._sign_in(persona)
            response = self.url_open(f"/demarches/{slug}/papier", allow_redirects=False)
            self.assertTrue(response.headers["Location"].endswith(place), persona)
            page = self.url_open(response.headers["Location"])
            self.assertEqual(page.status_code, 200, persona)

    def test_the_applicant_opens_her_letter_and_no_neighbour_does(self):
        request = self.consulted_request
        message = request._get_messages_for_applicant()
        attachment = message.attachment_ids
        self.assertEqual(attachment.name, self.letter._get_file_name())
        pages = {
            f"/my/demandes/{request.id}/piece/{attachment.id}": {"resident"},
            f"/procedure/letter/{self.letter.id}": {"agent", "consulted_agent", "manager"},
            f"/web/content/{attachment.id}": {"agent", "consulted_agent", "manager"},
        }
        personas = ("resident", "other_resident", "parent_verified", "delegate", "secretary")
        for persona in (*personas, "agent", "other_agent", "consulted_agent", "manager", "dpo"):
            self._sign_in(persona)
            for page, readers in pages.items():
                with self.subTest(page, persona=persona):
                    response = self.url_open(page, allow_redirects=False)
                    read = response.content == attachment.raw
                    self.assertEqual(read, persona in readers)
                    self.assertLess(response.status_code, 500)
        self.authenticate(None, None)
        for page in pages:
            self.assertNotEqual(self.url_open(page).content, attachment.raw)
