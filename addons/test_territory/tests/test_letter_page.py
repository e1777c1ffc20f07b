from odoo.tests import HttpCase, tagged

from .common import TerritoryCommon

PASSWORD = "a-long-password-of-this-test"


@tagged("post_install", "-at_install")
class TestLetterPage(TerritoryCommon, HttpCase):
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
            user = self.users[persona]
            user.password = PASSWORD
            self.authenticate(user.login, PASSWORD)
            for page, readers in pages.items():
                with self.subTest(page, persona=persona):
                    response = self.url_open(page, allow_redirects=False)
                    read = response.content == attachment.raw
                    self.assertEqual(read, persona in readers)
                    self.assertLess(response.status_code, 500)
        self.authenticate(None, None)
        for page in pages:
            self.assertNotEqual(self.url_open(page).content, attachment.raw)
