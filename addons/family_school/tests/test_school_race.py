"""Two agents at the same moment, each in a real transaction of her own."""

from unittest.mock import patch

from odoo import SUPERUSER_ID, api, modules
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.public_guard.tests.races import at_once


@tagged("post_install", "-at_install")
class TestSchoolRace(TransactionCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(modules.module, "current_test", False))
        self.addCleanup(self._clean)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.year_id = (
                env["school.year"]
                .create({"name": "Course", "date_start": "2090-09-01", "date_end": "2091-07-01"})
                .id
            )
            self.school_id = (
                env["territory.service"]
                .create({"name": "Course", "code": "school_race", "kind": "school"})
                .id
            )
            self.level_id = env.ref("family_school.level_cp").id
            self.child_ids = (
                env["res.partner"]
                .create(
                    [
                        {
                            "firstname": name,
                            "lastname": "Course",
                            "kind": "person",
                            "birthdate": "2020-01-01",
                        }
                        for name in ("Ada", "Eve", "Zoé")
                    ]
                )
                .ids
            )

    def _clean(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["school.pupil"].search([("year_id", "=", self.year_id)]).unlink()
            env["school.year"].browse(self.year_id).unlink()
            service = env["territory.service"].browse(self.school_id)
            partners = service.partner_id | env["res.partner"].browse(self.child_ids)
            service.unlink()
            partners.unlink()

    def _registering(self, child_id):
        def register(env):
            pupil = env["school.pupil"]._register_child(
                env["res.partner"].browse(child_id),
                env["territory.service"].browse(self.school_id),
                env["school.year"].browse(self.year_id),
                env["school.level"].browse(self.level_id),
            )
            return pupil.id

        return register

    def _read(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            rows = env["school.pupil"].search([("year_id", "=", self.year_id)])
            return sorted(rows.mapped("certificate"))

    def test_one_child_registered_four_times_at_once_is_one_row(self):
        with mute_logger("odoo.service.model", "odoo.sql_db"):
            ids = at_once(self.registry, *[self._registering(self.child_ids[0])] * 4)
        self.assertEqual(len(set(ids)), 1)
        self.assertEqual(self._read(), ["Course/0001"])

    def test_three_children_at_once_have_three_numbers_that_follow(self):
        with mute_logger("odoo.service.model", "odoo.sql_db"):
            at_once(self.registry, *map(self._registering, self.child_ids))
        self.assertEqual(self._read(), [f"Course/000{rank}" for rank in (1, 2, 3)])
