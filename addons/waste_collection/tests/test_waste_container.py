import threading

from freezegun import freeze_time
from psycopg2.errors import CheckViolation, UniqueViolation

import odoo.sql_db
from odoo import api
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import WasteCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25")
class TestWasteContainer(WasteCommon):
    def test_a_bin_without_number_gets_the_next_one(self):
        first, second = self.Container.with_user(self.agent).create(
            [{"volume": 120}, {"volume": 120, "number": " "}]
        )
        self.assertRegex(first.number, r"^B\d{5}$")
        self.assertNotEqual(first.number, second.number)
        self.assertEqual(first.service_id, self.waste)

    @mute_logger("odoo.sql_db")
    def test_a_number_is_given_once(self):
        self._deliver(self._dwelling(), "A1")
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self._deliver(self._dwelling(), "A1")

    @mute_logger("odoo.sql_db")
    def test_a_delivered_bin_has_an_address(self):
        container = self.Container.create({"volume": 120, "service_id": self.waste.id})
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            container.state = "delivered"
            self.env.flush_all()

    def test_a_returned_bin_is_cleaned_then_given_again(self):
        former = self._deliver(self._dwelling(), volume=180)
        leaving = self._accept(self._submit("departure"))
        leaving.container_move_ids.with_user(self.agent).action_done()
        self.assertEqual(former.state, "returned")
        former.with_user(self.agent).action_restock()
        arriving = self._accept(self._submit("arrival", user=self.neighbour))
        self.assertEqual(arriving.container_move_ids.container_id, former)
        self.assertEqual(
            [(move.kind, move.request_id) for move in former.move_ids.sorted("id")],
            [("take_back", leaving), ("deliver", arriving)],
        )

    def test_a_bin_at_an_address_does_not_return_to_stock_by_a_click(self):
        container = self._deliver(self._dwelling())
        with self.assertRaises(UserError):
            container.with_user(self.agent).action_restock()

    def test_the_list_costs_the_same_with_ten_or_a_hundred_bins(self):
        def read_list():
            self.env.invalidate_all()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.Container.with_user(self.agent).web_search_read(
                [],
                {
                    "number": {},
                    "volume": {},
                    "state": {},
                    "dwelling_id": {"fields": {"display_name": {}}},
                    "commune_id": {"fields": {"display_name": {}}},
                },
            )
            return self.env.cr.sql_log_count - before

        for number in range(10):
            self._deliver(self._dwelling(f"{number} rue Longue"), f"L{number}")
        read_list()
        few = read_list()
        for number in range(10, 100):
            self._deliver(self._dwelling(f"{number} rue Longue"), f"L{number}")
        self.assertEqual(read_list(), few)
        self.assertLessEqual(few, 8)


@tagged("post_install", "-at_install")
class TestWasteContainerConcurrency(WasteCommon):
    """Two agents at the same moment, each in a real transaction of her own."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self._clean)
        with self._cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            service = env["territory.service"].create({"name": "Race", "code": "test_race"})
            env["waste.container"].create(
                [
                    {"number": f"RACE{number}", "volume": 120, "service_id": service.id}
                    for number in range(2)
                ]
            )
            self.service_id = service.id

    def _cursor(self):
        return odoo.sql_db.db_connect(self.env.cr.dbname).cursor()

    def _clean(self):
        with self._cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            env["waste.container"].search([("service_id", "=", self.service_id)]).unlink()
            service = env["territory.service"].browse(self.service_id)
            partner = service.partner_id
            service.unlink()
            partner.unlink()

    def test_two_agents_never_get_the_same_bin_nor_the_same_number(self):
        """Four reservations at once of two bins in stock: two are new."""
        barrier = threading.Barrier(4, timeout=30)
        got, errors = [], []

        def reserve():
            try:
                with self._cursor() as cr:
                    env = api.Environment(cr, api.SUPERUSER_ID, {})
                    service = env["territory.service"].browse(self.service_id)
                    barrier.wait()
                    container = env["waste.container"]._reserve(service, 120)
                    container.state = "broken"
                    env.flush_all()
                    barrier.wait()
                    got.append((container.id, container.number))
            except Exception as error:  # told to the test's own thread
                barrier.abort()
                errors.append(error)

        threads = [threading.Thread(target=reserve) for _each in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertFalse(errors)
        self.assertEqual(len({container_id for container_id, _number in got}), 4)
        numbers = {number for _id, number in got}
        self.assertEqual(len(numbers), 4)
        self.assertLessEqual({"RACE0", "RACE1"}, numbers)
