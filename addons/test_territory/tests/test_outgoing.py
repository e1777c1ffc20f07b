import csv
from pathlib import Path

from odoo.tests import TransactionCase, tagged

from .outgoing import find_outgoing

KEPT = Path(__file__).parent / "outgoing.csv"


@tagged("post_install", "-at_install", "-standard", "sweep_rights")
class TestOutgoingSources(TransactionCase):
    def test_each_place_that_asks_outside_is_known(self):
        """A new version of Odoo, or a new addon, cannot open one unseen."""
        with KEPT.open(newline="") as file:
            kept = {row["place"]: row["why"] for row in csv.DictReader(file)}
        installed = self.env["ir.module.module"].search([("state", "=", "installed")])
        found = find_outgoing(installed.mapped("name"))
        self.assertEqual(
            found - set(kept),
            set(),
            "These places ask something of another machine. Shut what a person can set off (as in "
            "core_doors/controllers and test_doors.py), then add a row to outgoing.csv that "
            "says how it is shut, or who alone can set it off.",
        )
        self.assertEqual(set(kept) - found, set(), "These rows of outgoing.csv are no longer true")
        self.assertEqual([place for place, why in kept.items() if len(why) < 10], [])
