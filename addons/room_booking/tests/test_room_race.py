"""Twenty people on one room at the same moment, each in a transaction of her own."""

from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, modules
from odoo.tests import TransactionCase, tagged

from odoo.addons.public_guard.tests.races import at_once

from .common import room_vals

MANY = 20
START = datetime(2026, 12, 12, 8)


@tagged("post_install", "-at_install")
class TestRoomRace(TransactionCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(modules.module, "current_test", False))
        self.addCleanup(self._clean)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            service = env["territory.service"].create({"name": "Course", "code": "room_race"})
            commune = env["territory.commune"].create({"name": "Course", "insee_code": "99777"})
            room = env["room.room"].create(room_vals(service, commune))
            self.ids = service.id, commune.id, room.id

    def _clean(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            service, commune, room = (
                env[model].browse(record_id)
                for model, record_id in zip(
                    ("territory.service", "territory.commune", "room.room"), self.ids, strict=True
                )
            )
            room.booking_ids.unlink()
            room.unlink()
            commune.unlink()
            partner = service.partner_id
            service.unlink()
            partner.unlink()

    def _book(self, hours):
        """Each a little later: none has the same moments, all meet."""

        def book(env):
            room = env["room.room"].browse(self.ids[2])
            start = START + timedelta(minutes=hours)
            return bool(room._book(start, start + timedelta(hours=3), state="internal"))

        return book

    def test_one_of_twenty_has_it(self):
        won = at_once(self.registry, *[self._book(rank) for rank in range(MANY)])
        self.assertEqual(sum(won), 1)

    def test_database_holds_when_nobody_waits_for_her_turn(self):
        """The exclusion alone: one, and nobody sees an error."""
        guard = type(self.env["public.guard"])
        room = type(self.env["room.room"])
        self.startPatcher(patch.object(guard, "_take_turn", lambda *args: None))
        self.startPatcher(patch.object(room, "_find_conflicts", lambda *args: set()))
        self.startPatcher(patch("odoo.sql_db._logger.error"))
        won = at_once(self.registry, *[self._book(rank) for rank in range(8)])
        self.assertEqual(sum(won), 1)
