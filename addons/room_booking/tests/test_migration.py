from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools.misc import file_path
from odoo.tools.sql import column_exists, rename_column

from .common import RoomCase


@tagged("post_install", "-at_install")
class TestMigration(RoomCase):
    def test_a_free_booking_of_the_year_stays_one(self):
        free, paid = (
            self.env["room.booking"].create(
                {
                    "room_id": self.room.id,
                    "start": f"2030-05-0{day} 08:00:00",
                    "stop": f"2030-05-0{day} 18:00:00",
                    "state": "internal",
                    "is_gratis": is_gratis,
                }
            )
            for day, is_gratis in ((1, True), (2, False))
        )
        self.env.flush_all()
        cr = self.env.cr
        rename_column(cr, "room_booking", "is_gratis", "is_free")
        path = file_path("room_booking/migrations/19.0.1.2.0/pre-migration.py")
        script = load_script(path, "pre_migration_gratis")
        script.migrate(cr, "19.0.1.1.0")
        # Once more, as when an update was stopped half way.
        script.migrate(cr, "19.0.1.1.0")
        self.assertFalse(column_exists(cr, "room_booking", "is_free"))
        self.env.invalidate_all()
        self.assertEqual((free | paid).mapped("is_gratis"), [True, False])
