from odoo.tests import TransactionCase, tagged

from ..tools.moved_views import move_views


@tagged("post_install", "-at_install")
class TestMovedViews(TransactionCase):
    """A template that goes to another addon keeps its row, and whoever calls it finds it."""

    def setUp(self):
        super().setUp()
        self.part = self._view("old_addon.part", "<b>part</b>")
        self.env["ir.model.data"].create(
            {
                "module": "old_addon",
                "name": "part",
                "model": "ir.ui.view",
                "res_id": self.part.id,
            }
        )
        self.page = self._view("own.page", '<p><t t-call="old_addon.part"/></p>')
        self.other = self._view("own.other", '<p><t t-call="old_addon.part_more"/></p>')
        self.env.flush_all()

    def _view(self, key, arch):
        return self.env["ir.ui.view"].create({"type": "qweb", "key": key, "arch": arch})

    def _move(self, **options):
        move_views(self.env.cr, "old_addon", "new_addon", {"part": "piece"}, **options)
        self.env.invalidate_all()

    def test_row_key_and_calls_are_renamed(self):
        self._move()
        self.assertEqual(self.env.ref("new_addon.piece"), self.part)
        self.assertEqual(self.part.key, "new_addon.piece")
        self.assertIn('t-call="new_addon.piece"', self.page.arch_db)
        self.assertIn('t-call="old_addon.part_more"', self.other.arch_db)

    def test_copy_by_website_keeps_following_its_template(self):
        website = self.env["website"].search([], limit=1)
        copy = self.part.copy({"website_id": website.id, "key": self.part.key})
        self.env.flush_all()
        self._move()
        self.assertEqual(copy.key, "new_addon.piece")

    def test_second_copy_of_a_part_is_left_to_its_addon(self):
        self._move(is_same=True)
        self.assertEqual(self.env.ref("old_addon.part"), self.part)
        self.assertEqual(self.part.key, "old_addon.part")
        self.assertIn('t-call="new_addon.piece"', self.page.arch_db)
