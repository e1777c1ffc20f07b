"""What the search is accepted by: 120 queries of somebody who did not write it, and what it must
never find."""

import logging

from odoo.tests import TransactionCase, tagged

from odoo.addons.territory_search.models.territory_search import plain, split
from odoo.addons.territory_search.models.territory_search_index import Asked

from .test_everyday_queries import NUMBERS, read_queries
from .test_territory_demo import DATA

_logger = logging.getLogger(__name__)
WANTED = 0.95
SHOWN = 3


@tagged("post_install", "-at_install", "-standard", "sweep_demo")
class TestEverydaySearch(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["territory.loader"]._load_folder(DATA)
        demo = cls.env["territory.demo"]
        demo._build(["people", "communes", "directory", "questions"])
        if not cls.env.ref("territory_demo.procedure_repas_demo", raise_if_not_found=False):
            demo._build_colleagues()
            demo._build_living_procedures()
        cls.Index = cls.env["territory.search.index"].with_user(cls.env.ref("base.public_user"))

    def _find(self, words):
        return self.Index._list(Asked(words))

    def test_everyday_queries_find_what_is_expected_among_the_first_three(self):
        for path in NUMBERS:
            rows, missed = read_queries(path), []
            for row in rows:
                found = self._find(row["query"]).documents[:SHOWN]
                found = [each._get_address() for each in found]
                if not set(found) & set(row["expected"].split("|")):
                    missed.append(f"{row['query']}: {found}, not {row['expected']}")
            right = len(rows) - len(missed)
            _logger.info("Everyday queries, %s: %s of %s right.", path.stem, right, len(rows))
            self.assertGreaterEqual(right, WANTED * len(rows), "\n".join([path.stem, *missed]))

    def test_the_name_of_a_resident_finds_nothing(self):
        """But what says that name itself on its public page: a workshop that bears it."""
        people = self.env["res.partner"].with_context(active_test=False)
        names = set(people.search([("kind", "=", "person")]).mapped("name"))
        self.assertGreater(len(names), 5)
        found = {}
        for name in names:
            listing = self._find(name)
            shown = [
                document.name
                for document in listing.documents
                if not set(split(name)) & set(split(document.name))
            ]
            if shown or listing.elsewhere:
                found[name] = shown or listing.elsewhere.mapped("name")
        self.assertEqual(found, {})

    def test_the_number_of_a_request_finds_nothing_whether_it_exists_or_not(self):
        numbers = self.env["procedure.request"].search([]).mapped("number")
        for number in [*numbers, "BAC-2026-999999", "bac 2026 00012"]:
            self.assertEqual(self._find(number).total, 0, number)
            self.assertFalse(self.Index._suggest(number), number)
            self.assertRegex(self.Index._get_direct_url(number), "^/suivi\\?numero=")

    def test_no_draft_is_found(self):
        """Neither a page that is not online, nor a change that waits, nor a closed village's."""
        sheet = self.env["directory.entry"].search([("is_online", "=", True)], limit=1)
        values = {"name": "Zygomatique", "category_id": sheet.category_id.id}
        hidden = sheet._create_as("test", values, is_online=False)
        drafts = [
            hidden,
            *self.env["directory.entry"].search([("is_online", "=", False)]),
            *self.env["commune.page"].search([("is_online", "=", False)]),
            *self.env["commune.page"].search([("commune_id.page_state", "=", "closed")]),
            *self.env["procedure.procedure"].search([("state", "!=", "published")]),
        ]
        self.env.flush_all()
        Document = self.env["territory.search.document"]
        for draft in drafts:
            kept = [("res_model", "=", draft._name), ("res_id", "=", draft.id)]
            self.assertFalse(Document.search(kept), draft.display_name)
        self.assertEqual(self._find("zygomatique").total, 0)
        self.assertFalse(Document.search([("res_model", "like", "revision")]))
        waiting = self.env["content.revision"].search([("state", "!=", "published")])
        for revision in waiting.filtered(lambda each: not each.res_id):
            names = self._find(revision.display_name).documents.mapped("name")
            self.assertNotIn(plain(revision.display_name), list(map(plain, names)))
