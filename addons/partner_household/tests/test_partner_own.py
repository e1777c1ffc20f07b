from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import HouseholdCase


@tagged("post_install", "-at_install")
class TestPartnerOwn(HouseholdCase):
    """Nobody decides about herself: what is hers, once for all that somebody decides."""

    def setUp(self):
        super().setUp()
        self.me = self.family_agent.partner_id
        self.association = self.env["res.partner"].create(
            {"name": "Club de lecture", "kind": "association"}
        )

    def _is_own(self, sheets):
        return sheets.with_user(self.family_agent)._is_own()

    def test_a_person_is_herself(self):
        self.assertTrue(self._is_own(self.me))
        self.assertFalse(self._is_own(self.camille.partner_id))
        self.assertTrue(self._is_own(self.camille.partner_id | self.me))
        self.assertFalse(self._is_own(self.me.browse()))

    def test_another_sheet_of_the_same_birth_is_hers(self):
        born = {"firstname": "Nadia", "lastname": "Ferry", "birthdate": "1980-02-03"}
        self.me.write({"kind": "person", **born})
        sheet = self.env["res.partner"].create({"kind": "person", **born})
        self.assertTrue(self._is_own(sheet))
        sheet.birthdate = "1980-02-04"
        self.assertFalse(self._is_own(sheet))

    def test_two_sheets_without_birth_are_two_persons(self):
        sheet = self.env["res.partner"].create({"name": self.me.name, "kind": "person"})
        self.assertFalse(sheet.identity_key)
        self.assertFalse(self._is_own(sheet))

    def test_a_household_is_of_who_lives_there_today(self):
        self.assertFalse(self._is_own(self.household))
        membership = self.env["household.membership"].create(
            {"household_id": self.household.id, "person_id": self.me.id}
        )
        self.assertTrue(self._is_own(self.household))
        self.assertFalse(self._is_own(self.sacha_household))
        membership.write({"date_start": "2020-01-01", "date_end": "2026-11-24"})
        self.assertFalse(self._is_own(self.household))

    def test_an_organisation_is_of_who_acts_for_it_today(self):
        self.assertFalse(self._is_own(self.association))
        delegate = self.env["partner.delegate"]._ask(self.association, self.me, role="president")
        self.assertFalse(self._is_own(self.association), "asked, and nobody accepted")
        delegate._activate(self.env.user)
        self.assertTrue(self._is_own(self.association))

    def test_it_is_told_in_the_words_of_who_asks_and_not_in_superuser_mode(self):
        me = self.me.with_user(self.family_agent)
        with self.assertRaisesRegex(AccessError, "^Pas la vôtre$"):
            me._check_not_own("Pas la vôtre")
        me.sudo()._check_not_own("Pas la vôtre")
        self.camille.partner_id.with_user(self.family_agent)._check_not_own("Pas la vôtre")

    def test_a_change_of_her_household_is_decided_by_a_colleague(self):
        """Asked by whoever lives with her, it was hers to decide."""
        change = (
            self.env["household.change"]
            .with_user(self.camille)
            ._propose(
                self.household.with_user(self.camille),
                self.camille.partner_id.with_user(self.camille),
                {"persons": {self.camille.partner_id.id: {"phone": "0329000000"}}},
            )
        )
        self._open_file_to(self.other_service)
        membership = self.env["household.membership"].create(
            {"household_id": self.household.id, "person_id": self.me.id}
        )
        line = change.line_ids.with_user(self.family_agent)
        with self.assertRaises(AccessError):
            line.action_accept()
        membership.unlink()
        line.action_accept()
        self.assertEqual(change.sudo().state, "done")
