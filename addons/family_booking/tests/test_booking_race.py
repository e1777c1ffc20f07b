"""Families at the same moment, each in a real transaction of her own."""

from unittest.mock import patch

from odoo import SUPERUSER_ID, Command, api, modules
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.public_guard.tests.races import at_once


@tagged("post_install", "-at_install")
class TestBookingRace(TransactionCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(modules.module, "current_test", False))
        self.addCleanup(self._clean)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            service = env["territory.service"].create(
                {"name": "Course", "code": "booking_race", "kind": "epci"}
            )
            activity = env["family.activity"].create(
                {
                    "name": "Course",
                    "code": "booking_race",
                    "kind": "canteen",
                    "service_id": service.id,
                }
            )
            site = env["family.site"].create(
                {
                    "name": "Course",
                    "activity_id": activity.id,
                    "service_id": service.id,
                    "capacity": 3,
                }
            )
            slot = env["family.slot"].create(
                {"site_id": site.id, "day": "0", "name": "Midi", "hour_from": 12, "hour_to": 13}
            )
            season = env["family.season"].create(
                {
                    "name": "Course",
                    "date_start": "2090-09-04",
                    "date_end": "2090-09-04",
                    "service_id": service.id,
                    "opens_all": "2020-01-01 00:00:00",
                    "site_ids": [Command.set(site.ids)],
                }
            )
            session = env["family.session"].create(
                {
                    "slot_id": slot.id,
                    "season_id": season.id,
                    "date": "2090-09-04",
                    "hour_from": 12,
                    "hour_to": 13,
                    "capacity": 3,
                }
            )
            parents = env["res.partner"].create(
                [
                    {"firstname": f"Parent{rank}", "lastname": "Course", "kind": "person"}
                    for rank in range(4)
                ]
            )
            children = env["res.partner"].create(
                [
                    {
                        "firstname": f"Enfant{rank}",
                        "lastname": "Course",
                        "kind": "person",
                        "birthdate": "2016-01-01",
                    }
                    for rank in range(8)
                ]
            )
            for rank, child in enumerate(children):
                authority = env["parental.authority"]._declare(child, parents[rank // 2])
                authority.state = "verified"
            self.rows = {
                each._name: each.ids for each in (session, season, slot, site, activity, service)
            }
            self.partner_ids = (parents | children | service.partner_id).ids
            self.session_id, self.service_id = session.id, service.id
            self.family = [
                (parent.id, children[2 * rank : 2 * rank + 2].ids)
                for rank, parent in enumerate(parents)
            ]

    def _clean(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["family.booking"].search([("session_id", "=", self.session_id)]).unlink()
            for model, ids in self.rows.items():
                env[model].browse(ids).unlink()
            env["res.partner"].browse(self.partner_ids).exists().unlink()

    def _booking(self, parent_id, child_ids, split=None):
        def book(env):
            session = env["family.session"].browse(self.session_id)
            wanted = {(env["res.partner"].browse(child), session): True for child in child_ids}
            parent = env["res.partner"].browse(parent_id)
            outcome = env["family.booking"]._change(parent, wanted, split=split)
            return len(outcome.booked or ()), len(outcome.waiting or ())

        return book

    def _read(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            rows = env["family.booking"].search([("session_id", "=", self.session_id)])
            return [(row.child_id.id, row.state, row.place) for row in rows]

    def test_four_families_of_two_for_three_places(self):
        with mute_logger("odoo.service.model", "odoo.sql_db"):
            done = at_once(
                self.registry,
                *[self._booking(parent, children, "book") for parent, children in self.family],
            )
        self.assertEqual(sum(booked for booked, _waiting in done), 3)
        self.assertEqual(sum(waiting for _booked, waiting in done), 5)
        rows = self._read()
        self.assertEqual(len(rows), 8)
        self.assertEqual(sorted(place for _child, _state, place in rows if place), [1, 2, 3])

    def test_one_child_four_times_at_once_is_one_booking(self):
        parent, children = self.family[0]
        with mute_logger("odoo.service.model", "odoo.sql_db"):
            done = at_once(self.registry, *[self._booking(parent, children[:1])] * 4)
        self.assertEqual(len(done), 4)
        self.assertEqual(len(self._read()), 1)
