"""Two people at the same moment, each in a real transaction of her own."""

from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api, modules
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure.filing import Filing
from odoo.addons.public_guard.tests.races import at_once

from .common import ProcedureCommon
from .concurrency import ConcurrencyCommon


@tagged("post_install", "-at_install", "-standard", "sweep_races")
class TestConcurrency(ConcurrencyCommon):
    def test_the_second_is_told_while_the_first_acts_and_after(self):
        acts = {
            "take": lambda request: request.action_take(),
            "accept": lambda request: request.action_accept(),
            "refuse": lambda request: request.action_refuse("Non"),
            "assign": lambda request: request.action_assign(self.b),
        }
        for first in ("take", "accept"):
            for second in acts:
                with self.subTest(f"{first}, then {second}"):
                    with self._cursor() as one, self._cursor() as two:
                        acts[first](self._request(one, self.a))
                        one.execute("SELECT 1")
                        self._request(one, self.a).env.flush_all()
                        with self.assertRaisesRegex(UserError, "at this very moment"):
                            acts[second](self._request(two, self.b))
                        two.rollback()
                        one.rollback()
        with self._cursor() as one:
            acts["accept"](self._request(one, self.a))
        with self._cursor() as two, self.assertRaisesRegex(UserError, "race_a"):
            acts["refuse"](self._request(two, self.b))
        self.assertEqual(self._state()[:2], ("accepted", ["accepted"]))

    def test_a_screen_older_than_the_decision_of_the_other(self):
        """The transaction of the second began before the first ended: Odoo plays it again, and
        it is then told."""
        for index, act in enumerate(
            (lambda request: request.action_accept(), lambda request: request.action_take())
        ):
            with self._cursor() as one, self._cursor() as two:
                self.assertEqual(self._request(two, self.b, index).state, "submitted")
                act(self._request(one, self.a, index))
                one.commit()
                with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
                    act(self._request(two, self.b, index))
                two.rollback()
                self._request(two, self.b, index).env.invalidate_all()
                with self.assertRaisesRegex(UserError, "race_a"):
                    act(self._request(two, self.b, index))
        self.assertEqual(self._state(0)[:2], ("accepted", ["accepted"]))
        self.assertEqual(self._state(1), ("in_review", [], self.a))

    def test_two_at_once_on_the_last_place_give_one(self):
        """Each has read that a place is left before the other files."""
        self.startPatcher(patch.object(modules.module, "current_test", False))
        with self._cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["procedure.procedure"].browse(self.procedure_id).max_requests = 3

        def file(env):
            procedure = env["procedure.procedure"].browse(self.procedure_id)
            world = type("World", (ProcedureCommon,), {"env": env})
            if procedure._is_full():
                return "told before"
            filing = Filing(
                procedure=procedure, answers=world._answers(), identity=world._identity()
            )
            try:
                return env["procedure.request"]._submit(filing).number
            except AnswersInvalid as refused:
                return refused.errors[AnswersInvalid.FORM]

        told = at_once(self.registry, file, file)
        with self._cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            requests = env["procedure.request"].search([("procedure_id", "=", self.procedure_id)])
            self.request_ids = requests.ids
        self.assertEqual(len(self.request_ids), 3)
        self.assertEqual(len([each for each in told if each.startswith("COURSE")]), 1, told)
        self.assertEqual(len([each for each in told if "All the places" in each]), 1, told)
