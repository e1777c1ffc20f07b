import base64
import io

from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DocumentCase


def photo():
    content = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(content, "JPEG")
    return base64.b64encode(content.getvalue())


@tagged("post_install", "-at_install")
class TestFamilyDocumentEntry(DocumentCase):
    """The staff types a paper that came by letter."""

    def window(self, user, **values):
        action = self.camille.partner_id.with_user(user).action_give_paper()
        Entry = self.env["family.document.entry"].with_user(user)
        return Entry.with_context(**action["context"]).create(
            {"kind_id": self.insurance.id, "file": photo(), "name": "lettre.jpg", **values}
        )

    def test_it_is_hers_for_the_children_that_the_service_reads(self):
        self._open_file_to(self.other_service)
        window = self.window(self.family_agent)
        self.assertEqual(window.child_ids, self.child, "Zoé is not read")
        window.action_give()
        paper = self.Document.search([])
        self.assertEqual((paper.child_id, paper.parent_id), (self.child, self.camille.partner_id))
        self.assertEqual((paper.state, paper.mimetype), ("given", "image/jpeg"))
        self.assertReads(self.family_agent, paper)

    def test_its_file_is_checked_as_on_the_site(self):
        self._open_file_to(self.other_service)
        window = self.window(self.family_agent, file=base64.b64encode(b"MZ no photo"))
        with self.assertRaises(UserError):
            window.action_give()
        self.assertFalse(self.Document.search([]))

    def test_who_does_not_read_the_file_opens_no_window(self):
        for user in (self.agent, self.family_agent, self.secretary, self.camille):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.window(user)
        self._open_file_to(self.other_service)
        for values in ({"parent_id": self.sacha.partner_id.id}, {"child_ids": self.zoe.ids}):
            with self.subTest(values), self.assertRaises(AccessError):
                self.window(self.family_agent, **values).action_give()
        self.assertFalse(self.Document.search([]))
