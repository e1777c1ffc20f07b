from freezegun import freeze_time

from odoo import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.partner_household.tests.common import HouseholdCase

ADULT = {"firstname": "Jeanne", "lastname": "Perrin", "birthdate": "1985-03-09"}
CHILD = {
    "firstname": "Zoé",
    "lastname": "Perrin",
    "birthdate": "2018-06-01",
    "parents": "first",
}
# Entered on 25 November 2026.
BEFORE, AFTER = "2029-11-24", "2029-11-26"


@tagged("post_install", "-at_install")
class TestEntryRetention(HouseholdCase):
    """What the staff entered and nobody took over does not stay for ever."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(cls.registry["ir.cron"], "_commit_progress", lambda *_args, **_kwargs: 1000)
        officer = new_test_user(cls.env, "officer", "territory_base.territory_group_dpo")
        rule = cls.env.ref("household_retention.retention_person").with_user(officer)
        rule.action_preview()
        rule.action_enable()
        entry = cls.env["household.entry"].with_user(cls.family_agent)
        entry = entry.create(
            {"adult_ids": [Command.create(ADULT)], "child_ids": [Command.create(CHILD)]}
        )
        entry.action_enter()
        cls.family = entry.sheet_id.with_env(cls.env)
        cls.jeanne, cls.zoe = cls.family.member_ids.person_id.sorted("id")

    def _run(self, day):
        with freeze_time(f"{day} 03:00:00"):
            self.env["privacy.retention"]._cron_run()
            self.env.invalidate_all()

    def test_it_goes_with_its_child_and_its_household(self):
        self._run(BEFORE)
        self.assertTrue(self.jeanne.exists() and self.zoe.exists())
        self._run(AFTER)
        self.assertFalse(self.jeanne.exists() or self.zoe.exists() or self.family.exists())
        self.assertTrue(self.camille.partner_id.exists())

    def test_who_took_it_over_is_kept(self):
        user = self._new_person("jeanne.test", *ADULT.values())
        user.partner_id = self.jeanne
        self._run(AFTER)
        self.assertTrue(self.jeanne.exists())

    def test_a_household_that_somebody_uses_online_is_kept(self):
        self.env["household.membership"].create(
            {"household_id": self.family.id, "person_id": self.sacha.partner_id.id}
        )
        self._run(AFTER)
        self.assertTrue(self.jeanne.exists())

    def test_what_a_neighbour_declared_is_not_touched(self):
        self._run(AFTER)
        self.assertTrue(self.child.exists())
