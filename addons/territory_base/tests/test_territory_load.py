import io
from unittest.mock import patch

from odoo.cli.command import find_command
from odoo.tests import TransactionCase, tagged
from odoo.tools import config

from .common import folder_of
from .test_territory_loader import COMMUNES


@tagged("post_install", "-at_install")
class TestTerritoryLoad(TransactionCase):
    """The command, as `bin/run` and another intercommunality call it."""

    def _run(self, communes):
        out = io.StringIO()
        with (
            self.enter_registry_test_mode(),
            patch.object(config, "parse_config"),
            patch("sys.stdout", out),
            folder_of(communes=communes) as folder,
        ):
            find_command("territory_load")().run(["-d", self.env.cr.dbname, folder])
        self.env.invalidate_all()
        return out.getvalue()

    def test_it_says_in_french_what_it_did(self):
        said = self._run(COMMUNES)
        self.assertIn("communes.csv", said)
        self.assertIn("créations 2", said)
        self.assertTrue(self.env["territory.commune"]._find_by_insee("98001"))
        self.assertIn("créations 0", self._run(COMMUNES))

    def test_it_stops_with_a_sentence_on_a_bad_file(self):
        with self.assertRaises(SystemExit) as caught:
            self._run(COMMUNES.replace("98002", "9800"))
        self.assertIn("ligne 3, colonne code_insee", str(caught.exception.code))
        self.assertFalse(self.env["territory.commune"]._find_by_insee("98001"))
