from odoo.tests import tagged

from .common import PageCacheCase


class TestEmptied(PageCacheCase):
    def assertEmptiedBy(self, change, words=None):
        self.assertKept()
        change()
        answer = self.assertDrawn()
        if words:
            self.assertIn(words, answer.text)

    def test_what_the_page_shows_empties_it(self):
        partner = self.company.partner_id
        menu = self.env["website.menu"].create(
            {"name": "Agenda", "url": "/agenda", "parent_id": self.website.menu_id.id}
        )
        changes = {
            # Stored on the company, written on its partner.
            "03 53 01 00 02": lambda: partner.write({"phone": "03 53 01 00 02"}),
            "2 rue des Essais": lambda: partner.write({"street": "2 rue des Essais"}),
            "Un autre nom": lambda: self.website.write({"name": "Un autre nom"}),
            "Sorties": lambda: menu.write({"name": "Sorties"}),
        }
        for words, change in changes.items():
            self.assertEmptiedBy(change, words)
        self.assertEmptiedBy(menu.unlink)

    def test_new_company_partner_counts_at_once(self):
        partner = self.env["res.partner"].create(
            {"name": "Autre", "company_type": "company", "street": "3 rue des Essais"}
        )
        self.assertKept()
        self.company.partner_id = partner
        self.assertIn("3 rue des Essais", self.assertDrawn().text)
        self.assertEmptiedBy(lambda: partner.write({"street": "4 rue"}), "4 rue")

    def test_other_side_of_a_relation_empties_it(self):
        """A commune linked from the side of the service, a service from that of the commune."""
        commune = self.env["territory.commune"].create({"name": "Essai", "insee_code": "99881"})
        service = self.env["territory.service"].create(
            {"name": "Mairie", "code": "page_cache", "kind": "town_hall"}
        )
        self.assertEmptiedBy(lambda: service.write({"commune_ids": [(4, commune.id)]}))

    def test_new_gone_and_computed_records_empty_it(self):
        Topic = self.env["territory.topic"]
        self.assertEmptiedBy(lambda: Topic.create({"name": "Essai", "code": "page_cache"}))
        self.assertEmptiedBy(Topic.search([("code", "=", "page_cache")]).unlink)
        # As the ORM writes what it computes.
        self.assertEmptiedBy(lambda: self.company._write_multi([{"phone": "03 53 01 00 03"}]))

    def test_views_settings_and_rights_empty_it(self):
        self.assertEmptiedBy(
            lambda: self.view.write({"arch": "<html><body>Refait</body></html>"}), "Refait"
        )
        Parameter = self.env["ir.config_parameter"]
        self.assertEmptiedBy(lambda: Parameter.set_param("website_page_cache.essai", "1"))
        group = self.env.ref("base.group_portal")
        self.assertEmptiedBy(lambda: group.write({"implied_ids": [(4, group.copy().id)]}))

    def test_what_no_page_shows_empties_nothing(self):
        """Accounts, contacts, files come all day."""
        self.assertKept()
        person = self.env["res.partner"].create({"name": "Personne"})
        person.street = "1 rue de Personne"
        self.env["ir.attachment"].create({"name": "photo.png", "raw": b"x"})
        self.assertEqual(self.see()[1], 0)

    def test_change_that_is_undone_leaves_pages(self):
        self.assertKept()
        with self.env.cr.savepoint() as point:
            self.company.phone = "03 53 01 00 09"
            point.rollback()
        self.assertEqual(self.see()[1], 0)

    def test_one_row_for_each_transaction(self):
        Change = self.env["website.page.change"]
        self.env.cr.flush()
        before = Change.search_count([])
        for number in range(5):
            self.company.phone = f"03 53 01 01 0{number}"
            self.website.name = f"Site {number}"
        self.env.cr.flush()
        self.assertEqual(Change.search_count([]), before + 1)


@tagged("post_install", "-at_install")
class TestVersion(PageCacheCase):
    def make_row(self, number, age=0):
        self.env.cr.execute(
            "INSERT INTO website_page_change (id, create_date)"
            " VALUES (%s, now() at time zone 'UTC' - %s * interval '1 day')",
            (number, age),
        )

    def test_order_in_which_transactions_end_does_not_matter(self):
        Cache = self.env["website.page.cache"]
        self.make_row(1_000_006)
        seen = {Cache._get_version()}
        # It began before, and ends after.
        self.make_row(1_000_005)
        seen.add(Cache._get_version())
        self.make_row(1_000_007)
        seen.add(Cache._get_version())
        self.assertEqual(len(seen), 3)

    def test_old_row_that_goes_is_not_replaced_by_a_new_one(self):
        Cache, Change = self.env["website.page.cache"], self.env["website.page.change"]
        for number, age in ((1_000_001, 3), (1_000_002, 3), (2_000_009, 1)):
            self.make_row(number, age=age)
        before = Cache._get_version()
        Change._gc_changes()
        self.assertFalse(Change.browse((1_000_001, 1_000_002)).exists())
        self.assertTrue(Change.browse(2_000_009).exists())
        # Of the same sum, then as many rows with the same last one.
        self.make_row(2_000_003)
        self.assertNotEqual(Cache._get_version(), before)
        self.make_row(2_000_004)
        self.assertNotEqual(Cache._get_version(), before)

    def test_signal_of_another_worker_is_part_of_it(self):
        Cache = self.env["website.page.cache"]
        before = Cache._get_version()
        sequences = self.env.registry.cache_sequences
        self.addCleanup(sequences.update, dict(sequences))
        sequences["templates"] = sequences.get("templates", 0) + 1
        self.assertNotEqual(Cache._get_version(), before)
