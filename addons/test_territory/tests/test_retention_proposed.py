import json
from pathlib import Path

from lxml import etree

from odoo.tests import BaseCase, tagged
from odoo.tools.misc import file_path


@tagged("post_install", "-at_install")
class TestRetentionProposed(BaseCase):
    """Each procedure that we ship proposes how long its requests are kept, and its register says
    the same: without months they are kept for ever, and nobody notices."""

    def _get_folder(self):
        return Path(file_path("procedure/__manifest__.py")).parents[1]

    def _find_shipped(self):
        """(file, code, months, words of the register), from the sources."""
        trees = {
            path: etree.parse(path)
            for path in self._get_folder().glob("*/data/*.xml")
            if path.parts[-3] != "territory_demo"
        }
        registers = {
            record.get("id"): record.findtext("field[@name='retention']", "")
            for tree in trees.values()
            for record in tree.iterfind(".//record[@model='privacy.processing']")
        }
        for path, tree in trees.items():
            for record in tree.iterfind(".//record[@model='procedure.procedure']"):
                found = {field.get("name"): field for field in record.iterfind("field")}
                if "processing_id" in found:
                    months = found.get("retention_months")
                    words = registers[found["processing_id"].get("ref")]
                    yield (
                        path.name,
                        found["code"].text,
                        0 if months is None else int(months.get("eval") or months.text),
                        words,
                    )
        for path in self._get_folder().glob("*/templates/*.json"):
            values = json.loads(path.read_text())
            yield (
                path.name,
                values["code"],
                values.get("retention_months", 0),
                values["register"]["retention"],
            )

    def test_each_shipped_procedure_proposes_its_months(self):
        shipped = list(self._find_shipped())
        self.assertLessEqual({"BAC", "BADGE", "COLLECTE"}, {row[1] for row in shipped})
        self.assertGreater(len(shipped), 12)
        self.assertEqual([row[:2] for row in shipped if not row[2]], [])

    def test_the_register_says_as_many(self):
        words = {6: "6 mois", 12: "1 an", 24: "2 ans", 36: "3 ans", 60: "5 ans", 120: "10 ans"}
        spelt = {6: "six mois", 12: "un an", 24: "deux ans", 36: "trois ans", 60: "cinq ans"}
        spelt[120] = "dix ans"
        wrong = [
            (name, code, months, said)
            for name, code, months, said in self._find_shipped()
            if months and not {words[months], spelt[months]} & self._find_durations(said)
        ]
        self.assertEqual(wrong, [])

    def _find_durations(self, said):
        text = " ".join(said.lower().split())
        numbers = ("1", "2", "3", "5", "10", "un", "deux", "trois", "cinq", "dix")
        ends = {number: "an" if number in ("1", "un") else "ans" for number in numbers}
        ends |= {"6": "mois", "six": "mois"}
        return {f"{number} {end}" for number, end in ends.items() if f"{number} {end}" in text}
