import odoo
from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestBadgeRace(TransactionCase):
    """Two counters, each in a real transaction of its own, on one badge."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self._clean)
        with self._cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            service = env["territory.service"].create({"name": "Course", "code": "badge_race"})
            badge = env["waste.badge"].create({"number": "COURSE1", "service_id": service.id})
            self.badge_id, self.service_id = badge.id, service.id

    def _cursor(self):
        return odoo.sql_db.db_connect(self.env.cr.dbname).cursor()

    def _clean(self):
        with self._cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["waste.badge"].browse(self.badge_id).unlink()
            service = env["territory.service"].browse(self.service_id)
            partner = service.partner_id
            service.unlink()
            partner.unlink()

    def _badge(self, cr):
        env = api.Environment(cr, SUPERUSER_ID, {"lang": "fr_FR"})
        return env["waste.badge"].browse(self.badge_id)

    def test_one_ends_it_and_the_other_is_told(self):
        with self._cursor() as one, self._cursor() as two:
            self._badge(one).action_block()
            with self.assertRaisesRegex(UserError, "en ce moment même"):
                self._badge(two).action_give_back()
            two.rollback()
            one.commit()
            with self.assertRaisesRegex(UserError, "en service"):
                self._badge(two).action_give_back()
        with self._cursor() as cr:
            self.assertEqual(self._badge(cr).state, "blocked")
