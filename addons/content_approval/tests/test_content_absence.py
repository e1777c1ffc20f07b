from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.partner_household.tests.common import HouseholdCase


@tagged("post_install", "-at_install")
class TestContentAbsence(HouseholdCase):
    """A reader says when she is away; nobody else says it for her, but the manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.row = cls.env["content.validator"].create({"user_id": cls.agent.id})

    def _leave(self, user, absent=None, **values):
        return (
            self.env["content.absence"]
            .with_user(user)
            .create(
                {
                    "user_id": (absent or user).id,
                    "delegate_id": self.communication.id,
                    "date_start": "2026-11-20",
                    "date_end": "2026-11-30",
                    **values,
                }
            )
        )

    def test_her_colleague_reads_in_her_place_until_she_is_back(self):
        self._leave(self.agent)
        self.assertEqual(self.row._get_readers_today(), self.communication)
        self.assertTrue(self.row._is_read_by(self.agent), "back for an hour")
        with freeze_time("2026-12-01 10:00:00"):
            self.env.invalidate_all()
            self.assertEqual(self.row._get_readers_today(), self.agent)

    def test_away_without_anybody_in_her_place(self):
        self._leave(self.agent, delegate_id=False)
        self.assertFalse(self.row._get_readers_today())

    def test_nobody_else_says_it_for_her(self):
        absence = self._leave(self.agent)
        for user in (self.secretary, self.communication, self.other_agent):
            for act in (
                lambda user=user: self._leave(user, self.agent),
                lambda user=user: absence.with_user(user).write({"delegate_id": user.id}),
                lambda user=user: absence.with_user(user).unlink(),
                lambda user=user: absence.with_user(user).read(["date_start"]),
            ):
                with self.assertRaises(AccessError):
                    act()
        with self.assertRaises(AccessError):
            self._leave(self.dpo, self.dpo)
        with self.assertRaises(AccessError):
            self._leave(self.camille)

    def test_her_own_absence_does_not_become_that_of_whom_she_likes(self):
        absence = self._leave(self.agent)
        with self.assertRaises(AccessError):
            absence.write({"user_id": self.communication.id, "delegate_id": self.agent.id})

    def test_the_manager_says_it_for_anybody(self):
        self._leave(self.manager, self.agent)
        self.assertEqual(self.row._get_readers_today(), self.communication)

    def test_a_resident_reads_in_nobodys_place(self):
        # An agent does not even read who the accounts of residents are.
        with self.assertRaises(AccessError):
            self._leave(self.agent, delegate_id=self.camille.id)

    @mute_logger("odoo.sql_db")
    def test_nobody_reads_in_her_own_place(self):
        with self.assertRaises(IntegrityError):
            self._leave(self.agent, delegate_id=self.agent.id)
