from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MergeCase


@tagged("post_install", "-at_install")
class TestHouseholdMerge(MergeCase):
    """Camille's household was entered twice: the second file knows her, Lou and an aunt."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.aunt = cls._new_sheet("Odile", "Duchêne", "1955-03-03")
        cls.twin = cls._new_household("Famille Duchêne", cls.camille.partner_id, cls.aunt)
        cls._live(cls.twin, cls.child, role="child")
        cls.twin_home = cls.env["dwelling.occupancy"].create(
            {"occupant_id": cls.twin.id, "dwelling_id": cls.dwelling.id, "state": "declared"}
        )
        # They have lived there for long.
        both = cls.household | cls.twin
        both.member_ids.date_start = both.occupancy_ids.date_start = date(2020, 1, 1)
        cls.twin.reader_service_ids += cls.other_service
        cls.change = cls.env["household.change"]._propose(
            cls.twin, cls.camille.partner_id, {"departures": [{"person": cls.child.id}]}
        )
        cls.invitation = cls.env["household.invitation"]._invite(
            cls.twin, cls.camille.partner_id, "Robin Duchêne", "robin@exemple.test"
        )
        cls.twin.message_post(body="Entrée au comptoir")

    @classmethod
    def _new_sheet(cls, firstname, lastname, birthdate):
        return cls.env["res.partner"].create(
            {
                "kind": "person",
                "firstname": firstname,
                "lastname": lastname,
                "birthdate": birthdate,
            }
        )

    @classmethod
    def _new_household(cls, name, *adults):
        household = cls.env["res.partner"].create({"kind": "household", "name": name})
        for adult in adults:
            cls._live(household, adult)
        return household

    @classmethod
    def _live(cls, household, person, role="adult", **values):
        return cls.env["household.membership"].create(
            {"household_id": household.id, "person_id": person.id, "role": role, **values}
        )

    def _merge(self, user=None, **values):
        return self._merge_by(user or self.manager, self.household, self.twin, **values)

    # Signs

    def test_one_dwelling_and_an_adult_in_common_are_signs(self):
        self.assertEqual(self._find_similar_by(self.manager, self.household), self.twin)
        found = self.env["res.partner"].with_user(self.manager).search([("has_similar", "=", True)])
        self.assertLessEqual(self.household | self.twin, found.with_env(self.env))
        self.assertNotIn(self.sacha_household, found.with_env(self.env))

    def test_the_same_adults_are_a_sign_wherever_they_live(self):
        self.twin_home.dwelling_id = self.sacha_dwelling
        self.assertFalse(self._find_similar_by(self.manager, self.household))
        self._live(self.household, self.aunt)
        self.assertEqual(self._find_similar_by(self.manager, self.household), self.twin)

    def test_one_dwelling_and_one_family_name_are_signs(self):
        theirs = self._new_household("Foyer", self._new_sheet("Léa", "DUCHENE", "1990-01-01"))
        theirs._occupy(self.dwelling)
        self.twin.active = False
        self.assertEqual(self._find_similar_by(self.manager, self.household), theirs)

    def test_what_is_no_sign(self):
        self.twin.active = False
        neighbour = self._new_sheet("Léa", "Voisin", "1990-01-01")
        theirs = self._new_household("Foyer", neighbour)
        theirs._occupy(self.dwelling)
        self._live(theirs, self.child, role="child")
        self.assertFalse(self._find_similar_by(self.manager, self.household), "one dwelling")
        theirs.member_ids.filtered(lambda each: each.role == "adult").unlink()
        self.assertFalse(self._find_similar_by(self.manager, self.household), "a child")
        # Her past: she left that household, which left that dwelling.
        former = self._live(theirs, self.camille.partner_id)
        former.write({"date_start": date(2020, 1, 1), "date_end": date(2021, 1, 1)})
        self.assertFalse(self._find_similar_by(self.manager, self.household), "the past")
        empty = self._new_household("Vide") | self._new_household("Vide aussi")
        found = empty.with_user(self.manager).mapped("similar_sheet_id")
        self.assertFalse(found, "nobody")

    def test_it_is_told_to_those_who_read_both_files(self):
        self.assertFalse(self._find_similar_by(self.family_agent, self.twin))
        found = self.env["res.partner"].with_user(self.family_agent)
        self.assertNotIn(self.twin.id, found.search([("has_similar", "=", True)]).ids)
        self._open_file_to(self.other_service)
        self.assertEqual(self._find_similar_by(self.family_agent, self.twin), self.household)
        self.assertIn(self.twin.id, found.search([("has_similar", "=", True)]).ids)

    # What moves

    def test_each_member_and_dwelling_is_there_once(self):
        own_home = self.household.occupancy_ids
        own_home.state = "declared"
        self.twin_home.state = "verified"
        other = self.env["territory.dwelling"]._find_or_create("2 rue Basse", False, self.commune)
        self.env["dwelling.occupancy"].create(
            {"occupant_id": self.twin.id, "dwelling_id": other.id, "date_start": "2020-01-01"}
        )
        counted = dict(
            self.Merge.with_user(self.manager)._count_moves(
                self.household.with_user(self.manager), self.twin.with_user(self.manager)
            )
        )
        self.assertEqual(counted["Household membership"], 3)
        self.assertEqual(counted["Occupancy of a dwelling"], 2)
        self.assertEqual(counted["Proposed change of a household or of an organisation"], 1)
        self._merge()
        there = self.household.member_ids.filtered("is_current")
        everybody = self.camille.partner_id | self.child | self.aunt
        self.assertEqual((there.person_id, len(there)), (everybody, 3))
        homes = self.household._get_current_occupancies()
        self.assertEqual(homes, self.twin_home, "verified says more; one main address")
        self.assertEqual(self.household._current_dwelling(), self.dwelling)
        self.assertEqual(
            (self.change.subject_id, self.invitation.household_id), 2 * (self.household,)
        )
        self.assertIn(self.other_service, self.household.reader_service_ids)
        self.assertFalse(self.twin.active)
        self.assertTrue(self.camille.active)
        self.assertIn("Entrée au comptoir", str(self.household.message_ids.mapped("body")))

    def test_undone_everything_is_as_it_was(self):
        self.assertUndoneAsBefore(self.household, self.twin)

    def test_who_came_back_since_does_not_stop_the_undo(self):
        merge = self._merge()
        self.twin.active = True
        self._live(self.twin, self.camille.partner_id)
        self.twin.active = False
        merge.with_user(self.manager).action_undo()
        self.env.invalidate_all()
        there = self.twin.member_ids.filtered(lambda each: not each.date_end)
        self.assertEqual(len(there), len(there.person_id))
        self.assertIn(self.camille.partner_id, there.person_id)

    # Who

    def test_who_merges(self):
        refused = (
            *(self.camille | self.sacha | self.stranger | self.agent | self.secretary),
            *(self.communication | self.dpo | self.family_agent),
        )
        for user in refused:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._merge(user)
        self._open_file_to(self.other_service)
        merge = self._merge(self.family_agent)
        self.assertFalse(self.twin.active)
        for user in (self.family_agent, *refused):
            with self.subTest(user.login), self.assertRaises(AccessError):
                merge.with_user(user).action_undo()
        merge.with_user(self.manager).action_undo()

    def test_never_ones_own_household(self):
        self._open_file_to(self.other_service)
        self._live(self.twin, self.family_agent.partner_id, role="other")
        with self.assertRaisesRegex(AccessError, "own"):
            self._merge(self.family_agent)
        merge = self._merge()
        self._live(self.household, self.manager.partner_id)
        with self.assertRaisesRegex(AccessError, "own"):
            merge.with_user(self.manager).action_undo()

    def test_a_child_in_common_never_merges_its_parents_households(self):
        self._live(self.sacha_household, self.child, role="child", shared_custody=True)
        for user in self.manager, self.env.user:
            with self.subTest(user.login), self.assertRaisesRegex(UserError, "child"):
                self._merge_by(user, self.household, self.sacha_household)
        self.assertTrue(self.sacha_household.active)

    def test_without_a_sign_the_manager_merges(self):
        self.twin_home.unlink()
        self._open_file_to(self.other_service)
        with self.assertRaisesRegex(UserError, "manager"):
            self._merge(self.family_agent)
        self._merge()
        self.assertEqual(self.household._current_dwelling(), self.dwelling)

    def test_an_account_in_each_and_no_adult_in_common(self):
        """Separated, at the address that they both gave: the name alone says nothing then."""
        self._open_file_to(self.other_service)
        self.sacha.partner_id.lastname = "Duchêne"
        self.sacha_household._occupy(self.dwelling)
        self.sacha_household.reader_service_ids += self.other_service
        with self.assertRaisesRegex(UserError, "called"):
            self._merge_by(self.family_agent, self.household, self.sacha_household)
        self.sacha.active = False
        self._merge_by(self.family_agent, self.household, self.sacha_household)

    def test_a_household_and_a_person_are_not_one(self):
        with self.assertRaises(UserError):
            self._merge_by(self.manager, self.household, self.aunt)

    def test_the_window_shows_both_first(self):
        action = (self.household | self.twin).with_user(self.manager).action_merge_sheets()
        wizard = (
            self.env["person.merge.wizard"]
            .with_user(self.manager)
            .with_context(**action["context"])
            .create({"reason": "Vu"})
        )
        self.assertEqual(wizard.kept_id, self.household)
        for words in ("Camille Duchêne, Odile Duchêne", "8 rue du Lavoir", "Household membership"):
            self.assertIn(words, wizard.preview)
        wizard.action_merge()
        self.env.invalidate_all()
        self.assertFalse(self.twin.active)
