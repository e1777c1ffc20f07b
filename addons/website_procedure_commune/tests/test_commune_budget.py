import base64

from odoo import Command

from odoo.addons.public_guard.tests.common import make_pdf
from odoo.addons.territory_base.tests.sweep import sweep

from .common import CommuneSite

# Of the page of a procedure, and of the same in one commune.
QUERIES = 45


@sweep("volumes")
class TestCommuneBudget(CommuneSite):
    """Each commune says how a procedure is asked there: no query by commune, nor by document."""

    def _add(self, first, last):
        """Communes with their town hall and their words; documents of Vaubecourt."""
        communes = self.vaubecourt.browse()
        for number in range(first, last):
            commune = self._commune(f"Village {number}", f"559{number:02}", f"55{number:03}")
            communes |= commune
            hall = {"kind": "town_hall", "commune_ids": commune.ids}
            hall = self._service(f"Mairie {number}", f"budget_{number}", **hall)
            self._as_data(hall).phone = "03 29 00 00 00"
        self.hall.commune_ids = [Command.link(commune.id) for commune in communes]
        self.hall._make_commune_rows(communes)
        rows = self.hall.commune_row_ids.filtered(lambda row: row.commune_id in communes)
        rows.write({"mode": "direct", "direct_text": "Venez le mardi.", "rules": "Dix au plus."})
        self.env["procedure.commune.file"].create(
            [
                {
                    "commune_row_id": self.row.id,
                    "name": f"Règlement {number}",
                    "file": base64.b64encode(make_pdf()),
                }
                for number in range(first, last)
            ]
        )

    def _count(self):
        there = f"{self.hall_path}/commune/vaubecourt"
        listed = self.get(self.hall_path).tree.xpath("//main//dd//a[contains(@href, '/commune/')]")
        files = self.get(there).tree.xpath("//main//a[contains(@href, '/document/')]")
        costs = [self.count_queries(path) for path in (self.hall_path, there)]
        return len(listed), len(files), costs

    def test_ten_times_the_communes_cost_no_more(self):
        # What a visitor reads is kept for the next one: it costs nothing at all.
        self.sign_in(self.camille)
        self._add(0, 2)
        communes, files, cost = self._count()
        self._add(2, 20)
        more_communes, more_files, again = self._count()
        self.assertEqual((files, more_files), (2, 20))
        self.assertEqual(more_communes - communes, 18)
        self.assertEqual(again, cost)
        self.assertLess(max(cost), QUERIES)
