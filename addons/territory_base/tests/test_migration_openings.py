from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from odoo.tests import tagged

from .common import TerritoryCase

FOLDER = Path(__file__).parents[1] / "migrations" / "19.0.1.2.0"


@tagged("post_install", "-at_install")
class TestMigrationOpenings(TerritoryCase):
    """A database where hours were three free texts keeps each word of them."""

    def _migrate(self, name):
        spec = spec_from_file_location(name, FOLDER / f"{name}-migration.py")
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        self.env.flush_all()
        if fill := getattr(module, "_fill", None):
            # It runs before the pages of communes exist: nothing is guarded yet.
            module._fill = lambda service, details: fill(self._as_data(service), details)
        module.migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()

    def test_each_text_is_kept_as_the_remark(self):
        run = self.env.cr.execute
        self.service.opening_note = "Mardi 9 h - 12 h"
        self._as_data(self.town_hall).street = "2 rue Basse"
        self.env.flush_all()
        run("ALTER TABLE territory_service RENAME opening_note TO opening_hours")
        for table, names in (
            ("territory_commune", "street phone email opening_hours"),
            ("res_company", "opening_hours"),
        ):
            for name in names.split():
                run(f"ALTER TABLE {table} ADD COLUMN {name} varchar")
        run(
            "UPDATE territory_commune SET street = '1 place Haute', phone = '03 00 00 00 05',"
            " opening_hours = 'Jeudi 14 h' WHERE id = %s",
            self.commune.ids,
        )
        run(
            "UPDATE territory_commune SET email = 'mairie@exemple.org', opening_hours = 'Lundi'"
            " WHERE id = %s",
            self.other_commune.ids,
        )
        run("UPDATE res_company SET opening_hours = 'En semaine' WHERE id = %s", [1])
        self._migrate("pre")
        self._migrate("post")
        self.assertEqual(self.service.opening_hours, "Mardi 9 h - 12 h")
        self.assertEqual(self.town_hall.street, "2 rue Basse", "what was there stays")
        self.assertEqual(
            (self.commune.phone, self.commune.opening_hours), ("03 00 00 00 05", "Jeudi 14 h")
        )
        other = self.other_commune.town_hall_id
        self.assertEqual((other.code, other.email), ("mairie-99002", "mairie@exemple.org"))
        self.assertEqual(other.opening_note, "Lundi")
        self.assertEqual(self.env.ref("base.main_company").opening_hours, "En semaine")
        self._migrate("pre")
        self._migrate("post")
        self.assertEqual(self.service.opening_note, "Mardi 9 h - 12 h", "a second run does nothing")
