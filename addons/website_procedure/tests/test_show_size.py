from odoo.tests import TransactionCase, tagged

from odoo.addons.website_parts.tools.upload import show_size


@tagged("post_install", "-at_install")
class TestShowSize(TransactionCase):
    def test_a_file_has_one_size_on_the_page_and_in_the_acknowledgment(self):
        document = self.env["procedure.document"].new({"name": "a.pdf"})
        for size in (1, 1024, 1025, 12 * 1024 + 300):
            document.size = size
            self.assertEqual(show_size(self.env, size), document._get_size_text())
