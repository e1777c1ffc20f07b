"""People find a procedure with their own words, or are told whom to call."""

import csv
import logging
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from lxml import html

from odoo.tests import HttpCase, tagged

_logger = logging.getLogger(__name__)
SEARCHES = Path(__file__).parent / "data" / "searches.csv"
DATA = Path(__file__).parents[3] / "data"
NOT_OURS = "-"
FOLLOWED = "@suivi"
SHOWN = 3
WANTED = 0.95


@tagged("post_install", "-at_install")
class TestSearches(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["territory.loader"]._load_folder(DATA)
        cls.env["territory.demo"]._build()
        cls.codes = {
            procedure.slug: procedure.code
            for procedure in cls.env["procedure.procedure"].search([("state", "=", "published")])
        }
        with SEARCHES.open(encoding="utf-8") as file:
            cls.rows = list(csv.DictReader(file))

    def _search(self, words):
        """What the page of results says first: codes, "-" with a telephone, or "@suivi"."""
        response = self.url_open(f"/demarches?{urlencode({'q': words})}")
        self.assertEqual(response.status_code, 200, words)
        if urlsplit(response.url).path == "/suivi":
            return [FOLLOWED]
        tree = html.fromstring(response.content)
        links = tree.xpath(
            "//main//*[contains(@class, 'et-rows')][not(ancestor::*[@id='proches'])]"
            "//a[contains(@class, 'stretched-link')]/@href"
        )
        found = [self.codes[link.rsplit("/", 1)[1]] for link in links]
        boxes = tree.xpath(
            "//main//*[starts-with(@id, 'ailleurs') or contains(@class, 'et-empty')]"
        )
        is_called = any(box.xpath(".//a[starts-with(@href, 'tel:')]") for box in boxes)
        return ([NOT_OURS] if is_called else []) + found[:SHOWN]

    def test_real_words_find_the_procedure_or_a_telephone(self):
        found, missed = Counter(), []
        for row in self.rows:
            shown = self._search(row["query"])
            if set(shown) & set(row["expected"].split("|")):
                found[row["source"]] += 1
            else:
                missed.append(f"{row['source']} {row['query']}: {shown}, not {row['expected']}")
        asked = Counter(row["source"] for row in self.rows)
        _logger.info("Found: %s of %s. Missed:\n%s", found, asked, "\n".join(missed))
        for source, count in asked.items():
            self.assertGreaterEqual(found[source], WANTED * count, "\n".join(missed))
