"""Many people at the same moment, each in a real transaction of her own."""

from datetime import timedelta
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, fields, modules
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.public_guard.tests.races import at_once

from .common import calendar_vals

MANY = 20


@tagged("post_install", "-at_install")
class TestSlotRace(TransactionCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(modules.module, "current_test", False))
        self.addCleanup(self._clean)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            service = env["territory.service"].create({"name": "Course", "code": "slot_race"})
            every_day = [
                (0, 0, {"weekday": str(day), "hour_from": 0, "hour_to": 24}) for day in range(7)
            ]
            calendar = env["procedure.slot.calendar"].create(
                calendar_vals(service, opening_ids=every_day, capacity=2)
            )
            self.service_id, self.calendar_id = service.id, calendar.id
            self.start = calendar._find_slots()[0].start

    def _clean(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            calendar = env["procedure.slot.calendar"].browse(self.calendar_id)
            calendar.booking_ids.unlink()
            calendar.unlink()
            service = env["territory.service"].browse(self.service_id)
            partner = service.partner_id
            service.unlink()
            partner.unlink()

    def _hold(self, holder):
        def hold(env):
            calendar = env["procedure.slot.calendar"].browse(self.calendar_id)
            return bool(calendar._hold(self.start, holder))

        return hold

    def _holds(self):
        return at_once(self.registry, *[self._hold(f"form {rank}") for rank in range(MANY)])

    def _read(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            bookings = env["procedure.slot.calendar"].browse(self.calendar_id).booking_ids
            return sorted(bookings.mapped("place"))

    def test_twenty_on_the_last_place(self):
        """One of two is taken already."""
        with self.registry.cursor() as cr:
            self.assertTrue(self._hold("before")(api.Environment(cr, SUPERUSER_ID, {})))
        self.assertEqual(sum(self._holds()), 1)
        self.assertEqual(self._read(), [1, 2])

    def test_twenty_on_places_whose_holds_expired(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            for holder in ("left", "left too"):
                self._hold(holder)(env)
            bookings = env["procedure.slot.calendar"].browse(self.calendar_id).booking_ids
            bookings.held_until = fields.Datetime.now() - timedelta(minutes=1)
        with mute_logger("odoo.service.model", "odoo.sql_db"):
            self.assertEqual(sum(self._holds()), 2)
        self.assertEqual(self._read(), [1, 2])
