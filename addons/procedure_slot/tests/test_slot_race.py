"""Many people at the same moment, each in a real transaction of her own."""

from datetime import timedelta
from unittest.mock import patch

from odoo import SUPERUSER_ID, Command, api, fields, modules
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure.tests.common import ProcedureCommon
from odoo.addons.procedure.tests.concurrency import ConcurrencyCommon
from odoo.addons.public_guard.tests.races import at_once

from ..field_types import SLOT_TYPE
from .common import calendar_vals

MANY = 20


def all_day_vals(service, **vals):
    every_day = [
        Command.create({"weekday": str(day), "hour_from": 0, "hour_to": 24}) for day in range(7)
    ]
    return calendar_vals(service, opening_ids=every_day, **vals)


@tagged("post_install", "-at_install", "-standard", "sweep_races")
class TestSlotRace(TransactionCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(modules.module, "current_test", False))
        self.addCleanup(self._clean)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            service = env["territory.service"].create({"name": "Course", "code": "slot_race"})
            calendar = env["procedure.slot.calendar"].create(all_day_vals(service, capacity=2))
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


@tagged("post_install", "-at_install", "-standard", "sweep_races")
class TestFilingRace(TransactionCase):
    """Twenty people send their forms for the last place."""

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(modules.module, "current_test", False))
        self.addCleanup(self._clean)
        with self._cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            world = type("World", (ProcedureCommon,), {"env": env})
            service = world._service("Course", "slot_race", email="course@exemple.fr")
            calendar = env["procedure.slot.calendar"].create(all_day_vals(service))
            question = {"key": "slot", "type": "slot", "label": "Rendez-vous"}
            procedure = world._procedure(
                "Course", "COURSE", service, [{**question, "slot_calendar_id": calendar.id}]
            )
            self.service_ids = service.ids
            self.calendar_id, self.procedure_id = calendar.id, procedure.id
            self.processing_id = procedure.processing_id.id
            start = calendar._find_slots()[0].start
            self.answers = {"slot": str(SLOT_TYPE.to_id(start))}

    def _clean(self):
        with self._cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            calendar = env["procedure.slot.calendar"].browse(self.calendar_id)
            self.request_ids = calendar.booking_ids.request_id.ids
            calendar.booking_ids.unlink()
            cr.execute(
                "UPDATE procedure_field SET slot_calendar_id = NULL WHERE slot_calendar_id = %s",
                [calendar.id],
            )
            calendar.unlink()
        ConcurrencyCommon._clean(self)

    _cursor = ConcurrencyCommon._cursor

    def _send(self, rank):
        def send(env):
            try:
                filing = Filing(
                    procedure=env["procedure.procedure"].browse(self.procedure_id),
                    answers=self.answers,
                    identity=ProcedureCommon._identity(contact_email=f"p{rank}@exemple.fr"),
                )
                return env["procedure.request"]._submit(filing).id
            except AnswersInvalid as refused:
                return refused.errors

        return send

    def test_one_of_twenty(self):
        sent = at_once(self.registry, *[self._send(rank) for rank in range(MANY)])
        filed = [each for each in sent if not isinstance(each, dict)]
        self.assertEqual(len(filed), 1)
        for errors in sent:
            if errors not in filed:
                self.assertEqual(list(errors), ["slot"])
        with self._cursor() as cr:
            calendar = api.Environment(cr, SUPERUSER_ID, {})["procedure.slot.calendar"]
            bookings = calendar.browse(self.calendar_id).booking_ids
            self.assertEqual(bookings.request_id.ids, filed)
