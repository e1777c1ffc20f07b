from odoo import Command
from odoo.tests import tagged

from odoo.addons.website_commune.tests.common import CommuneCase


@tagged("post_install", "-at_install")
class TestCommuneDirectory(CommuneCase):
    """The page of a commune shows some of its places, each kind in turn."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Category = cls.env["directory.category"]
        cls.shops = Category.create({"name": "Boutiques", "code": "t-boutiques"})
        cls.bakeries = Category.create(
            {"name": "Fournils", "code": "t-fournils", "parent_id": cls.shops.id}
        )
        cls.clubs = Category.create({"name": "Cercles", "code": "t-cercles"})

    def sheet(self, name, category=None, commune=None, is_online=True, **values):
        return self._as_data(self.env["directory.entry"]).create(
            {
                "name": name,
                "category_id": (category or self.shops).id,
                "commune_ids": [Command.set((commune or self.commune).ids)],
                "is_online": is_online,
                **values,
            }
        )

    def block(self, commune=None):
        commune = (commune or self.commune).with_user(self.env.ref("base.public_user"))
        blocks = {shown.key: shown.values for shown in commune._get_page_blocks()}
        return blocks.get("directory", {})

    def test_the_home_page_leads_to_the_directory(self):
        """On a phone, without opening the menu."""
        doors = self.env["ir.qweb"]._render("website_territory_theme.home_chips")
        self.assertIn('href="/annuaire"', doors)
        self.assertLessEqual(doors.count("<li"), 4, "four doors, never a fifth")

    def test_each_kind_shows_before_a_second_one_of_the_same(self):
        for number in range(8):
            self.sheet(f"Atelier {number}", self.bakeries if number % 2 else self.shops)
        self.sheet("Zumba", self.clubs)
        shown = self.block()
        names = shown["entries"].mapped("name")
        self.assertEqual(names[:3], ["Atelier 0", "Zumba", "Atelier 1"])
        self.assertEqual(len(names), 6)
        self.assertEqual(shown["more_url"], "/annuaire?ou=valmont")
        self.assertEqual(shown["more_label"], "Les 9 fiches")

    def test_what_is_not_here_or_not_online_is_not_shown(self):
        self.assertFalse(self.block(), "nothing: no block")
        self.sheet("Ailleurs", commune=self.other_commune)
        self.sheet("Bientôt", is_online=False)
        self.sheet("Mairie", self.env.ref("website_directory.directory_category_mairie"))
        self.assertFalse(self.block())
        self.sheet("Épicerie")
        self.assertEqual(self.block()["entries"].mapped("name"), ["Épicerie"])
        self.assertEqual(self.block()["more_label"], "Dans l’annuaire")

    def test_the_block_is_drawn_with_its_links(self):
        sheet = self.sheet("Épicerie", summary="Pain et journaux", phone="03 00 00 00 33")
        drawn = self.blocks()["directory"]
        for words in ("Épicerie", "Pain et journaux", "03 00 00 00 33"):
            self.assertIn(words, drawn)
        self.assertNotIn(sheet.name, self.blocks(self.other_commune).get("directory", ""))

    def test_a_preview_of_the_page_has_it_too(self):
        self.sheet("Épicerie")
        preview = self.commune.new({"tagline": "x"}, origin=self.commune)
        self.assertTrue(self.block(preview))

    def test_it_costs_the_same_with_many_places(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.blocks()["directory"]
            return self.env.cr.sql_log_count - before

        self.sheet("Un")
        self.sheet("Zumba", self.clubs)
        count()
        few = count()
        for number in range(30):
            self.sheet(f"Atelier {number}", self.bakeries)
        self.assertLessEqual(count(), few + 1)
