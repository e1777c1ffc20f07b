from psycopg2.errors import SerializationFailure

import odoo
from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestChangeRace(TransactionCase):
    """Two agents at the same moment, each in a real transaction of her own, on two proposals about
    the same number of an association."""

    def setUp(self):
        super().setUp()
        self.places = ()
        self.addCleanup(self._clean)
        with self._cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            association = env["res.partner"].create(
                {"name": "Course", "kind": "association", "rna": "W559999999"}
            )
            person = env["res.partner"].create(
                {"firstname": "Ada", "lastname": "Course", "kind": "person"}
            )
            env["partner.delegate"]._ask(association, person).action_accept()
            self.line_ids = [
                env["household.change"]
                ._propose(association, person, {"organisation": {"phone": phone}})
                .line_ids.id
                for phone in ("03 29 55 55 51", "03 29 55 55 52")
            ]
            users = [
                new_test_user(
                    env,
                    f"race_{name}",
                    groups="territory_base.territory_group_manager",
                    context={"no_reset_password": True},
                )
                for name in ("a", "b")
            ]
            self.a, self.b = (user.id for user in users)
            self.association_id = association.id
            self.partner_ids = [association.id, person.id, *(each.partner_id.id for each in users)]

    def _cursor(self):
        return odoo.sql_db.db_connect(self.env.cr.dbname).cursor()

    def _clean(self):
        with self._cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            changes = env["household.change.line"].browse(self.line_ids).change_id
            changes.unlink()
            env["res.users"].browse([self.a, self.b]).unlink()
            people = env["res.partner"].browse(self.partner_ids)
            (people | people.household_ids).unlink()
            if self.places:
                commune_id, dwelling_id = self.places
                env["territory.dwelling"].browse(dwelling_id).unlink()
                env["territory.commune"].browse(commune_id).unlink()

    def _line(self, cr, user_id, rank=0):
        return api.Environment(cr, user_id, {})["household.change.line"].browse(self.line_ids[rank])

    def _read(self):
        with self._cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            lines = env["household.change.line"].browse(self.line_ids)
            return lines.mapped("state"), env["res.partner"].browse(self.association_id).phone

    def test_one_line_is_decided_once(self):
        with self._cursor() as one, self._cursor() as two:
            self.assertEqual(self._line(two, self.b).state, "proposed")
            self._line(one, self.a).action_accept()
            one.commit()
            with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
                self._line(two, self.b).action_refuse("Non")
            # Odoo plays her request again.
            two.rollback()
            with self.assertRaisesRegex(UserError, "already decided"):
                self._line(two, self.b).action_refuse("Non")
        self.assertEqual(self._read(), (["accepted", "proposed"], "03 29 55 55 51"))

    def test_two_proposals_about_one_cell_write_it_once(self):
        """The second agent began before the first one ended: what she saw is no longer so."""
        with self._cursor() as one, self._cursor() as two:
            self.assertEqual(self._line(two, self.b, 1).state, "proposed")
            self._line(one, self.a).action_accept()
            one.commit()
            with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
                self._line(two, self.b, 1).action_accept()
            two.rollback()
            self._line(two, self.b, 1).action_accept()
        self.assertEqual(self._read(), (["accepted", "stale"], "03 29 55 55 51"))

    def test_two_presses_open_one_household(self):
        """At an address that is known already, where nothing that they write is the same row."""
        home = {"street": "1 rue Neuve", "commune": "99099"}
        person_id = self.partner_ids[1]
        with self._cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            commune = env["territory.commune"].create(
                {"name": "Course", "insee_code": "99099", "zip": "99000"}
            )
            dwelling = env["territory.dwelling"]._find_or_create("1 rue Neuve", False, commune)
            self.places = (commune.id, dwelling.id)

        def declare(cr):
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["res.partner"].browse(person_id)._declare_home(home)

        with self._cursor() as one, self._cursor() as two:
            two.execute("SELECT 1")
            declare(one)
            one.commit()
            with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
                declare(two)
            two.rollback()
            with self.assertRaises(UserError):
                declare(two)
