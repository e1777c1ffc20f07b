from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.territory_base import clock

from .common import MergeCase


@tagged("post_install", "-at_install")
class TestPersonMerge(MergeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kept = cls.camille.partner_id
        # She signed up once more, for her association.
        cls.twin_user = cls._new_person("camille2.test", "Camille", "Duchêne", "1988-04-12")
        cls.twin = cls.twin_user.partner_id
        cls.twin.phone, cls.kept.phone = "03 29 55 55 55", False
        cls.twin.birthplace, cls.kept.birthplace = "Verdun", "Bar-le-Duc"
        cls.other_child = cls._declare_as(cls.twin_user, "Ana", "Duchêne", "2020-05-06")
        cls.association = cls.env["res.partner"].create(
            {"name": "Foyer rural", "kind": "association", "rna": "W551000001"}
        )
        cls.env["partner.delegate"]._ask(cls.association, cls.twin).action_accept()
        # Both hold authority over the same child: one of the two stays where it is.
        cls.second = cls.env["parental.authority"]._declare(cls.child, cls.twin)
        cls.twin.reader_service_ids += cls.other_service
        cls.twin.message_post(body="Appelée deux fois")

    def _merge(self, user=None, **values):
        return self._merge_by(user or self.manager, self.kept, self.twin, **values)

    def test_what_moves_is_counted_first_then_all_of_it_moves(self):
        counted = dict(
            self.Merge.with_user(self.manager)._count_moves(
                self.kept.with_user(self.manager), self.twin.with_user(self.manager)
            )
        )
        self.assertEqual(counted["Delegate of an organisation"], 1)
        self.assertEqual(counted["Parental authority"], 2)
        self._merge()
        self.assertIn(self.association, self.kept._acting_for_choices())
        self.assertEqual(self.kept._children_i_may_act_for(), self.child | self.other_child)
        self.assertEqual(self.second.state, "ended", "she held that one already")
        self.assertEqual(self.authority.state, "declared")
        self.assertIn(self.other_service, self.kept.reader_service_ids)
        self.assertEqual((self.kept.phone, self.kept.birthplace), ("03 29 55 55 55", "Bar-le-Duc"))
        self.assertEqual((self.twin.active, self.twin_user.active), (False, False))
        self.assertTrue(self.camille.active)
        self.assertIn("Appelée deux fois", str(self.kept.message_ids.mapped("body")))

    def test_of_what_both_hold_the_row_that_says_more_stays(self):
        self.second.state = "verified"
        Membership = self.env["household.membership"]
        twin_there = Membership.create(
            {"household_id": self.household.id, "person_id": self.twin.id}
        )
        merge = self._merge()
        self.assertEqual((self.second.holder_id, self.second.state), (self.kept, "verified"))
        self.assertEqual(self.authority.state, "ended")
        self.assertTrue(twin_there.date_end)
        there = self.household.member_ids.filtered(lambda each: not each.date_end).person_id
        self.assertEqual(there & (self.kept | self.twin), self.kept, "counted once")
        merge.with_user(self.manager).action_undo()
        self.env.invalidate_all()
        self.assertEqual((self.second.holder_id, self.second.state), (self.twin, "verified"))
        self.assertEqual(self.authority.state, "declared")
        self.assertFalse(twin_there.date_end)

    def test_the_only_account_goes_on(self):
        self.camille.active = False
        with self.assertRaisesRegex(UserError, "other sheet"):
            self._merge()
        action = self.kept.with_user(self.manager).action_merge_sheets()
        self.assertEqual(action["context"]["default_kept_id"], self.twin.id)

    def test_merges_are_undone_the_last_one_first(self):
        third = self._new_person("camille3.test", "Camille", "Duchêne", "1988-04-12").partner_id
        first = self._merge()
        manager = self.manager
        second = self.Merge.with_user(manager)._merge(
            third.with_user(manager), self.kept.with_user(manager), "Vue"
        )
        with self.assertRaisesRegex(UserError, "later"):
            first.with_user(manager).action_undo()
        second.action_undo()
        self.env.invalidate_all()
        first.with_user(manager).action_undo()
        self.env.invalidate_all()
        self.assertIn(self.association, self.twin._acting_for_choices())

    def test_other_names_are_for_the_manager(self):
        self._open_file_to(self.other_service)
        self.twin_user.active = False
        self.twin.birthdate = "1988-04-13"
        with self.assertRaisesRegex(UserError, "manager"):
            self._merge(self.family_agent)
        self._merge()
        self.assertFalse(self.twin.active)

    def test_undone_everything_is_as_it_was(self):
        self.assertUndoneAsBefore(self.kept, self.twin)
        self.assertTrue(self.twin_user.active)
        merge = self.Merge.search([("kept_id", "=", self.kept.id)])
        with self.assertRaises(UserError):
            merge.with_user(self.manager).action_undo()

    def test_what_is_done_since_stays_with_the_sheet_that_was_kept(self):
        merge = self._merge()
        self.kept.phone = "03 29 55 55 56"
        born = self._declare_as(self.camille, "Léo", "Duchêne", "2022-07-08")
        merge.with_user(self.manager).action_undo()
        self.env.invalidate_all()
        self.assertEqual(self.kept.phone, "03 29 55 55 56")
        self.assertIn(born, self.kept._children_i_may_act_for())
        self.assertNotIn(self.other_child, self.kept._children_i_may_act_for())
        self.assertIn(self.other_child, self.twin._children_i_may_act_for())

    def test_past_its_day_nothing_is_undone_nor_kept(self):
        merge = self._merge()
        self.assertTrue(merge.can_undo)
        merge.date_undo = clock.today() - timedelta(days=1)
        self.assertFalse(merge.can_undo)
        with self.assertRaises(UserError):
            merge.with_user(self.manager).action_undo()
        self.Merge._gc_moves()
        self.assertFalse(merge.moves)

    def test_who_merges(self):
        refused = (
            *(self.camille | self.twin_user | self.sacha | self.stranger),
            *(self.agent | self.secretary | self.communication | self.dpo),
        )
        for user in refused:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._merge(user)
        # She reads both, but both have an account.
        self._open_file_to(self.other_service)
        with self.assertRaisesRegex(UserError, "manager"):
            self._merge(self.family_agent)
        self.twin_user.active = False
        self._merge(self.family_agent)
        self.assertFalse(self.twin.active)

    def test_nobody_but_the_manager_undoes_nor_reads(self):
        merge = self._merge()
        self.assertReads(self.manager, merge)
        for user in (
            *(self.camille | self.sacha | self.agent | self.family_agent | self.secretary),
            *(self.communication | self.dpo),
        ):
            with self.subTest(user.login), self.assertRaises(AccessError):
                merge.with_user(user).action_undo()
        self.assertEqual(merge.state, "done")
        with self.assertRaises(AccessError):
            merge.with_user(self.manager).read(["moves"])

    def test_what_is_not_two_adults_is_refused(self):
        manager = self.manager
        for kept, merged in (
            (self.kept, self.kept),
            (self.kept, self.child),
            (self.kept, self.household),
            (self.kept, self.manager.partner_id),
        ):
            with self.subTest(merged.name), self.assertRaises(UserError):
                self.Merge.with_user(manager)._merge(
                    kept.with_user(manager), merged.with_user(manager), "Vu"
                )
        with self.assertRaises(UserError):
            self._merge(reason=" ")

    def test_similar_sheets_are_listed_to_those_who_read_them(self):
        Partner = self.env["res.partner"]
        domain = [("has_similar", "=", True)]
        found = Partner.with_user(self.manager).search(domain).with_env(self.env)
        self.assertEqual(
            found & (self.kept | self.twin | self.sacha.partner_id), self.kept | self.twin
        )
        self.assertNotIn(self.kept, Partner.with_user(self.agent).search(domain).with_env(self.env))
        action = self.kept.with_user(self.manager).action_merge_sheets()
        self.assertEqual(
            (action["context"]["default_kept_id"], action["context"]["default_merged_id"]),
            (self.kept.id, self.twin.id),
        )
        wizard = (
            self.env["person.merge.wizard"]
            .with_user(self.manager)
            .create({"kept_id": self.kept.id, "merged_id": self.twin.id, "reason": "Vu"})
        )
        self.assertIn("Parental authority", wizard.preview)
        wizard.action_swap()
        self.assertEqual(wizard.kept_id, self.twin)
        wizard.action_swap()
        wizard.action_merge()
        self.env.invalidate_all()
        self.assertFalse(self.twin.active)
