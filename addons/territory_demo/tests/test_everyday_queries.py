import csv
import re
from collections import Counter
from pathlib import Path

from odoo.tests import TransactionCase, tagged
from odoo.tools import remove_accents

from .test_territory_demo import DATA

QUERIES = Path(__file__).parent / "everyday_queries.csv"
# Of somebody else again, who had not seen the first list.
UNSEEN = QUERIES.with_stem("everyday_queries_unseen")
# Read by nobody who wrote the search before it was measured: 115 of 120, on 27 November 2026.
THIRD = QUERIES.with_stem("everyday_queries_third")
NUMBERS = {QUERIES: 120, UNSEEN: 80, THIRD: 120}
KINDS = 8
# Of the whole, for each kind.
LEAST, MOST = 0.05, 0.25


def read_queries(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@tagged("post_install", "-at_install", "-standard", "sweep_demo")
class TestEverydayQueries(TransactionCase):
    """What people type, and the page that they want: the list by which the search is accepted.

    No search is called here. Who wrote the list looked at the pages of the demo, neither at the
    search nor at its synonyms: else it would only ask what is known to be found. The test of the
    search reads this file: at least 95 % of the queries must have one of their addresses
    (separated by |) among the first three results. Here the list is kept from rotting: each
    address must be that of a page of the demo.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["territory.loader"]._load_folder(DATA)
        demo = cls.env["territory.demo"]
        demo._build(["people", "communes", "directory"])
        if not cls.env.ref("territory_demo.procedure_repas_demo", raise_if_not_found=False):
            # Of "living", the procedures alone: its months of requests take long.
            demo._build_colleagues()
            demo._build_living_procedures()
        cls.rows = {path: read_queries(path) for path in NUMBERS}

    def _get_addresses(self):
        """Addresses of the pages that a visitor can open."""
        procedures = self.env["procedure.procedure"]
        contents = (
            self.env["directory.entry"].search([("is_online", "=", True)]),
            self.env["territory.commune"].search([("page_state", "=", "open")]),
            self.env["commune.page"].search([("is_online", "=", True)]),
        )
        services = self.env["territory.service"].search([("phone", "!=", False)])
        return {
            "/salles",
            *(f"/demarches/{each.slug}" for each in procedures._get_catalogue()),
            *(record._get_content_url() for records in contents for record in records),
            *(f"tel:{each.phone.replace(' ', '')}" for each in services),
        }

    def test_no_two_queries_are_the_same(self):
        """Accents, capitals and signs do not make another query."""
        for path, number in NUMBERS.items():
            plain = Counter(
                " ".join(re.findall(r"[a-z0-9]+", remove_accents(row["query"]).lower()))
                for row in self.rows[path]
            )
            self.assertEqual([query for query, count in plain.items() if count > 1], [])
            self.assertNotIn("", plain)
            self.assertEqual(len(plain), number)

    def test_each_expected_page_is_in_the_demo(self):
        rows = [row for rows in self.rows.values() for row in rows]
        expected = {address for row in rows for address in row["expected"].split("|")}
        self.assertEqual(expected - self._get_addresses(), set())

    def test_all_the_ways_of_asking_have_their_share(self):
        rows = self.rows[QUERIES]
        kinds = Counter(row["kind"] for row in rows)
        self.assertGreaterEqual(len(kinds), KINDS)
        for kind, count in kinds.items():
            self.assertGreaterEqual(count, LEAST * len(rows), kind)
            self.assertLessEqual(count, MOST * len(rows), kind)
