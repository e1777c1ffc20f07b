from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import HouseholdCase


@tagged("post_install", "-at_install")
class TestHouseholdMembership(HouseholdCase):
    def test_an_adult_reads_her_household_and_her_children_in_it(self):
        self.assertReads(self.camille, self.household)
        mine = self.env["household.membership"].with_user(self.camille).search([])
        self.assertEqual(mine.person_id, self.camille.partner_id | self.child)

    def test_living_with_somebody_gives_nothing_on_her(self):
        self.env["household.membership"].create(
            {"household_id": self.household.id, "person_id": self.stranger.partner_id.id}
        )
        self.assertReads(self.stranger, self.household)
        for partner in self.camille.partner_id | self.child:
            self.assertReadsNot(self.stranger, partner)
        mine = self.env["household.membership"].with_user(self.stranger).search([])
        self.assertEqual(mine.person_id, self.stranger.partner_id)

    def test_a_child_or_a_former_adult_does_not_read_the_household(self):
        membership = self.household.member_ids.filtered(
            lambda membership: membership.person_id == self.camille.partner_id
        )
        membership.date_end = "2026-11-25"
        self.assertReads(self.camille, self.household)
        with freeze_time("2026-11-26"):
            self.assertReadsNot(self.camille, self.household)
            self.assertReadsNot(self.camille, self.dwelling)

    def test_the_clock_of_the_caller_does_not_move_the_last_day(self):
        membership = self.household.member_ids.filtered(
            lambda membership: membership.person_id == self.camille.partner_id
        )
        membership.date_end = "2026-11-25"
        # Eleven in the morning here; tomorrow in Kiribati, yesterday on Baker Island.
        for day, zone, is_current in (
            ("2026-11-25 10:30:00", "Pacific/Kiritimati", True),
            ("2026-11-26 10:30:00", "Etc/GMT+12", False),
        ):
            with self.subTest(zone=zone), freeze_time(day):
                self.env.invalidate_all()
                hers = membership.with_context(tz=zone)
                self.assertEqual(hers.is_current, is_current)
                found = hers.search([("id", "=", membership.id), ("is_current", "=", True)])
                self.assertEqual(bool(found), is_current)
                # What the rules give: her household, as she reads it.
                hers = self.household.with_user(self.camille).with_context(tz=zone)
                self.assertEqual(hers.has_access("read"), is_current)

    def test_after_midnight_a_move_is_of_the_new_day(self):
        """Five past midnight here, still the day before in the time of Greenwich."""
        new = self.env["territory.dwelling"]._find_or_create("1 rue Haute", False, self.commune)
        with freeze_time("2026-12-31 23:05:00"):
            self.household.with_context(tz="UTC")._occupy(new)
            self.assertEqual(self.camille.partner_id._current_dwelling(), new)
            old = self.household.occupancy_ids.filtered(lambda each: each.dwelling_id != new)
            self.assertEqual(old.date_end, date(2026, 12, 31))

    def test_a_parent_does_not_learn_the_other_household_through_the_child(self):
        self._second_holder(state="verified")
        self.env["household.membership"].create(
            {
                "household_id": self.sacha_household.id,
                "person_id": self.child.id,
                "role": "child",
                "shared_custody": True,
            }
        )
        self.env.invalidate_all()
        child = self.child.with_user(self.camille)
        self.assertEqual(child.membership_ids.household_id, self.household)
        self.assertEqual(child.household_ids, self.household)
        self.assertEqual(child._current_household(), self.household)
        self.env.invalidate_all()
        child = self.child.with_user(self.sacha)
        self.assertEqual(child.membership_ids.household_id, self.sacha_household)
        self.assertEqual(child._current_household(), self.sacha_household)
        self.assertEqual(child._current_dwelling(), self.sacha_dwelling)
        for record in self.household | self.camille.partner_id:
            self.assertReadsNot(self.sacha, record)
        self.assertReadsNot(self.sacha, self.dwelling)
        self.assertReadsNot(self.sacha, self.dwelling.occupancy_ids)

    def test_a_service_of_the_family_reads_the_households_of_its_requests_only(self):
        membership = self.household.member_ids
        self.assertFalse(membership.with_user(self.family_agent)._filtered_access("read"))
        self._open_file_to(self.other_service | self.service | self.town_hall)
        self.assertEqual(
            membership.with_user(self.family_agent)._filtered_access("read"), membership
        )
        for user in self.agent | self.secretary:
            self.assertFalse(membership.with_user(user).search([]), user.login)
        for user in self.communication | self.dpo:
            self.assertFalse(membership.with_user(user).has_access("read"))
        other = self.sacha_household.member_ids
        self.assertFalse(other.with_user(self.family_agent).has_access("read"))

    def test_only_the_manager_writes_memberships(self):
        self._open_file_to(self.other_service)
        membership = self.household.member_ids[0]
        membership.with_user(self.manager).role = "other"
        for user in self.camille | self.family_agent | self.agent | self.secretary:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                membership.with_user(user).role = "adult"
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                membership.with_user(user).create(
                    {"household_id": self.household.id, "person_id": user.partner_id.id}
                )

    @mute_logger("odoo.sql_db")
    def test_a_membership_cannot_end_before_it_starts_nor_be_open_twice(self):
        membership = self.household.member_ids[0]
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            membership.date_end = "2020-01-01"
            membership.flush_recordset()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            membership.copy()

    def test_checking_access_leaves_nothing_to_read_in_the_cache(self):
        """Odoo evaluates rules in superuser mode: what they read must not be read after them."""
        self._second_holder(state="verified")
        self.env["household.membership"].create(
            {"household_id": self.household.id, "person_id": self.stranger.partner_id.id}
        )
        self.env.invalidate_all()
        child = self.child.with_user(self.sacha)
        child.check_access("read")
        self.assertEqual(child.authority_ids.holder_id, self.sacha.partner_id)
        self.env.invalidate_all()
        household = self.household.with_user(self.stranger)
        household.check_access("read")
        self.assertEqual(household.member_ids.person_id, self.stranger.partner_id)
        household._get_current_members()
        self.assertEqual(household.member_ids.person_id, self.stranger.partner_id)
        self.env.invalidate_all()
        dwelling = self.dwelling.with_user(self.agent)
        dwelling.check_access("read")
        self.assertFalse(dwelling.occupancy_ids)
