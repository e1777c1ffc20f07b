"""People find a procedure with their own words, or are told whom to call."""

import csv
import logging
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from lxml import html

from odoo.tests import HttpCase, tagged

from odoo.addons.territory_search.models.territory_search import Found

_logger = logging.getLogger(__name__)
SEARCHES = Path(__file__).parent / "data" / "searches.csv"
DATA = Path(__file__).parents[3] / "data"
# What a row expects, besides the code of a procedure: the sentence that says who else does it (the
# name of its record), that nothing is found and a telephone is shown, the page of a request.
ELSEWHERE = "elsewhere:"
NOTHING = "-"
FOLLOWED = "@suivi"
SHOWN = 3
# Of each source; of what is ours, of what others do, of what nobody here does.
WANTED, WANTED_OF_KIND = 0.95, 0.9
# Boxes about something else, above the right answer.
WRONG_BOXES = 0.02


@tagged("post_install", "-at_install", "-standard", "sweep_demo")
class TestSearches(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["territory.loader"]._load_folder(DATA)
        cls.env["territory.demo"]._build(["people"])
        cls.codes = {
            procedure.slug: procedure.code
            for procedure in cls.env["procedure.procedure"].search([("state", "=", "published")])
        }
        with SEARCHES.open(encoding="utf-8") as file:
            cls.rows = list(csv.DictReader(file))
        cls.elsewhere = {
            record_id: name.replace("territory_search.territory_search_elsewhere_", ELSEWHERE)
            for record_id, name in cls.env["territory.search.elsewhere"]
            .search([])
            .get_external_id()
            .items()
        }
        cls.asked = Counter(row["source"] for row in cls.rows)
        cls.asked_by_kind = Counter(cls._get_kind(row) for row in cls.rows)

    def _search(self, words):
        """What the page of results says: who else does it, then the first codes; or "-"."""
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
            "//main//*[starts-with(@id, 'ailleurs-')][.//a[starts-with(@href, 'tel:')]]"
        )
        shown = [self.elsewhere[int(box.get("id").partition("-")[2])] for box in boxes]
        if tree.xpath("//main//*[contains(@class, 'et-empty')]//a[starts-with(@href, 'tel:')]"):
            shown.append(NOTHING)
        return shown + found[:SHOWN]

    def _count_right(self, answers):
        """:return: (right by source, right by what is expected, the rows that are missed)"""
        by_source, by_kind, missed = Counter(), Counter(), []
        for row, shown in zip(self.rows, answers, strict=True):
            if set(shown) & set(row["expected"].split("|")):
                by_source[row["source"]] += 1
                by_kind[self._get_kind(row)] += 1
            else:
                missed.append(f"{row['source']} {row['query']}: {shown}, not {row['expected']}")
        return by_source, by_kind, missed

    @staticmethod
    def _get_kind(row):
        first = row["expected"].split("|")[0]
        return first if first == NOTHING else "elsewhere" if ELSEWHERE in first else "ours"

    def test_real_words_find_the_procedure_or_who_does_it(self):
        answers = [self._search(row["query"]) for row in self.rows]
        by_source, by_kind, missed = self._count_right(answers)
        _logger.info("Right: %s, %s of %s", by_source, by_kind, self.asked)
        for right, asked, wanted in (
            (by_source, self.asked, WANTED),
            (by_kind, self.asked_by_kind, WANTED_OF_KIND),
        ):
            for name, number in asked.items():
                self.assertGreaterEqual(right[name], wanted * number, "\n".join([name, *missed]))
        wrong = self._get_wrong_boxes(answers)
        self.assertLessEqual(len(wrong), WRONG_BOXES * len(self.rows), "\n".join(wrong))

    def _get_wrong_boxes(self, answers):
        """« Le camion est pas passé » is not about passports."""
        return [
            f"{row['query']}: {shown}, not {row['expected']}"
            for row, shown in zip(self.rows, answers, strict=True)
            if any(ELSEWHERE in name and name not in row["expected"].split("|") for name in shown)
        ]

    def test_a_death_is_told_once_to_all(self):
        for words in ("décès", "mon mari est décédé", "ma femme est morte", "veuve"):
            self.assertEqual(self._search(words)[:1], ["SITUATION"], words)

    def test_each_row_expects_what_exists(self):
        known = {*self.codes.values(), *self.elsewhere.values(), NOTHING, FOLLOWED}
        named = {name for row in self.rows for name in row["expected"].split("|")}
        self.assertEqual(named - known, set())

    def test_a_search_that_finds_nothing_is_red(self):
        """Else "call us" would be right for whatever people type."""
        nothing = Found([], [], self.env["territory.search.elsewhere"].sudo(), [])
        self.patch(self.registry["territory.search"], "_find", lambda *args, **kwargs: nothing)
        self.assertEqual(self._search("poubelle"), [NOTHING])
        by_source, by_kind, missed = self._count_right([[NOTHING]] * len(self.rows))
        for source, number in self.asked.items():
            self.assertLess(by_source[source], WANTED * number / 2, source)
        self.assertEqual(by_kind["elsewhere"], 0)
        self.assertGreater(len(missed), len(self.rows) * 0.9)
