from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import HouseholdCase


@tagged("post_install", "-at_install")
class TestParentalAuthority(HouseholdCase):
    def test_a_declaration_opens_the_sheet_that_the_account_created(self):
        self.assertEqual(self.authority.state, "declared")
        self.assertReads(self.camille, self.child)
        self.assertReadsNot(self.sacha, self.child)

    def test_a_declaration_on_an_existing_sheet_gives_nothing(self):
        self._second_holder()
        self.assertReadsNot(self.sacha, self.child)
        self.assertFalse(self.child._is_child_accessible_by(self.sacha.partner_id))

    def test_an_agent_of_the_family_verifies_and_access_opens(self):
        authority = self._second_holder()
        self._open_file_to(self.other_service)
        authority.with_user(self.family_agent).action_verify("Livret de famille vu au guichet")
        self.assertEqual(authority.state, "verified")
        self.assertEqual(authority.evidence_seen_by, self.family_agent)
        self.assertEqual(str(authority.evidence_seen_on), "2026-11-25")
        self.assertReads(self.sacha, self.child)

    def test_the_manager_verifies(self):
        authority = self._second_holder()
        authority.with_user(self.manager).action_verify("Jugement vu")
        self.assertReads(self.sacha, self.child)

    def test_nobody_else_verifies(self):
        authority = self._second_holder()
        self._open_file_to(self.service | self.town_hall)
        for user in (
            self.agent
            | self.family_agent
            | self.secretary
            | self.communication
            | self.dpo
            | self.technician
            | self.camille
            | self.sacha
            | self.stranger
        ):
            with self.subTest(user=user.login), self.assertRaisesKeeping(AccessError):
                authority.with_user(user).action_verify("Vu")
        self.assertEqual(authority.state, "declared")

    def test_a_parent_who_is_an_agent_does_not_verify_herself(self):
        authority = self._second_holder(holder_id=self.manager.partner_id.id)
        with self.assertRaises(AccessError):
            authority.with_user(self.manager).action_verify("C'est moi")

    def test_evidence_is_said(self):
        for empty in ("", "  ", None, False):
            with self.assertRaises(UserError):
                self.authority.with_user(self.manager).action_verify(empty)

    def test_the_other_holder_accepts_once_she_is_verified(self):
        authority = self._second_holder()
        with self.assertRaises(AccessError):
            authority.with_user(self.camille).action_accept_by_holder()
        self.authority.with_user(self.manager).action_verify("Acte de naissance vu")
        for user in self.sacha | self.stranger | self.agent:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                authority.with_user(user).action_accept_by_holder()
        authority.with_user(self.camille).action_accept_by_holder()
        self.assertReads(self.sacha, self.child)

    def test_a_contest_closes_access_at_once(self):
        authority = self._second_holder(state="verified")
        self.assertReads(self.sacha, self.child)
        authority.with_user(self.manager).action_contest("Jugement du 3 octobre")
        self.assertReadsNot(self.sacha, self.child)

    def test_a_holder_does_not_contest_a_checked_authority(self):
        authority = self._second_holder(state="verified")
        self.authority.state = "verified"
        with self.assertRaises(AccessError):
            authority.with_user(self.camille).action_contest("Je ne veux plus")
        self.assertReads(self.sacha, self.child)

    def test_a_verified_holder_contests_a_declaration(self):
        authority = self._second_holder()
        with self.assertRaises(AccessError):
            authority.with_user(self.camille).action_contest("Inconnu")
        self.authority.state = "verified"
        authority.with_user(self.camille).action_contest("Inconnu")
        self.assertEqual(authority.state, "contested")

    def test_a_withdrawal_closes_access_and_leaves_a_trace(self):
        authority = self._second_holder(state="verified")
        with self.assertRaises(AccessError):
            authority.with_user(self.camille).action_withdraw("Jugement")
        authority.with_user(self.manager).action_withdraw("Jugement du 3 octobre vu")
        self.assertEqual((authority.kind, authority.state), ("withdrawn", "verified"))
        self.assertReadsNot(self.sacha, self.child)
        with self.assertRaises(AccessError):
            authority.with_user(self.sacha).action_end()
        with self.assertRaises(AccessError):
            self.authority.with_user(self.sacha).action_accept_by_holder()

    def test_a_holder_ends_her_own_authority_not_another(self):
        authority = self._second_holder(state="verified")
        with self.assertRaises(AccessError):
            authority.with_user(self.camille).action_end()
        authority.with_user(self.sacha).action_end()
        self.assertEqual((authority.state, str(authority.date_end)), ("ended", "2026-11-25"))
        self.assertReadsNot(self.sacha, self.child)
        for action, args in (
            ("action_verify", ["Vu"]),
            ("action_contest", ["Non"]),
            ("action_end", []),
        ):
            with self.subTest(action=action), self.assertRaises(UserError):
                getattr(authority.with_user(self.manager), action)(*args)

    def test_dates_are_looked_at_by_each_query(self):
        authority = self._second_holder(state="verified", date_end="2026-11-30")
        self.assertReads(self.sacha, self.child)
        with freeze_time("2026-11-30"):
            self.assertReads(self.sacha, self.child)
        with freeze_time("2026-12-01"):
            self.assertReadsNot(self.sacha, self.child)
        authority.write({"date_start": "2026-12-05", "date_end": False})
        self.assertReadsNot(self.sacha, self.child)
        with freeze_time("2026-12-05"):
            self.assertReads(self.sacha, self.child)

    def test_the_eighteenth_birthday_ends_access_without_any_nightly_job(self):
        """The rule is kept in cache: the same process must still see the day change."""
        self.authority.state = "verified"
        me = self.camille.partner_id
        with freeze_time("2035-03-01"):
            self.env.invalidate_all()
            self.assertReads(self.camille, self.child)
            self.assertTrue(self.child._is_child_accessible_by(me))
            self.assertEqual(me._children_i_may_act_for(), self.child)
            self.assertTrue(self.child.is_minor)
        with freeze_time("2035-03-02"):
            self.env.invalidate_all()
            self.assertReadsNot(self.camille, self.child)
            self.assertFalse(self.child._is_child_accessible_by(me))
            self.assertFalse(me._children_i_may_act_for())
            self.assertFalse(self.child.is_minor)
            self.assertFalse(
                self.env["household.membership"]
                .with_user(self.camille)
                .search([("person_id", "=", self.child.id)])
            )

    def test_born_on_the_29th_of_february_adult_on_the_first_of_march(self):
        self.child.birthdate = "2012-02-29"
        with freeze_time("2030-02-28"):
            self.assertReads(self.camille, self.child)
        with freeze_time("2030-03-01"):
            self.assertReadsNot(self.camille, self.child)

    def test_nothing_is_written_from_outside(self):
        everybody = (
            self.camille
            | self.sacha
            | self.agent
            | self.family_agent
            | self.secretary
            | self.communication
            | self.dpo
            | self.manager
            | self.technician
        )
        self._open_file_to(self.other_service | self.service)
        Authority = self.env["parental.authority"]
        for user in everybody:
            values = {
                "child_id": self.child.id,
                "holder_id": user.partner_id.id,
                "state": "verified",
            }
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                Authority.with_user(user).create(values)
            for change in ({"state": "verified"}, {"kind": "full"}, {"holder_id": user.id}):
                with self.subTest(user=user.login, change=change), self.assertRaises(AccessError):
                    self.authority.with_user(user).write(change)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.authority.with_user(user).unlink()
            commands = [Command.create({"holder_id": user.partner_id.id, "state": "verified"})]
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.child.with_user(user).write({"authority_ids": commands})

    def test_a_forged_context_gives_nothing(self):
        context = {
            "default_state": "verified",
            "install_mode": True,
            "tracking_disable": True,
            "su": True,
            "uid": 1,
        }
        authority = self._second_holder()
        with self.assertRaisesKeeping(AccessError):
            authority.with_user(self.sacha).with_context(**context).action_verify("Vu")
        child = (
            self.sacha.partner_id.with_user(self.sacha)
            .with_context(**context)
            ._declare_child({"firstname": "Zoé", "lastname": "Bertin", "birthdate": "2020-01-01"})
        )
        self.assertEqual(child.sudo().authority_ids.state, "declared")

    def test_who_reads_an_authority(self):
        authority = self._second_holder(state="verified")
        for user in self.sacha | self.manager | self.technician:
            self.assertReads(user, authority)
        self._open_file_to(self.other_service | self.service)
        self.assertReads(self.family_agent, authority)
        for user in self.camille | self.stranger | self.agent | self.secretary:
            self.assertReadsNot(user, authority)
        for user in self.communication | self.dpo:
            self.assertFalse(authority.with_user(user).has_access("read"))

    @mute_logger("odoo.sql_db")
    def test_one_live_authority_for_each_holder_and_child(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.env["parental.authority"]._declare(self.child, self.camille.partner_id)

    def test_two_declared_sheets_of_one_child_are_joined_by_an_agent(self):
        own = self._declare_as(self.sacha, "Lou", "Bertin", "2017-03-02")
        authority = own.authority_ids
        own.reader_service_ids = self.other_service
        for user in self.sacha | self.stranger | self.agent | self.family_agent:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                authority.with_user(user).action_join(self.child.id, "Acte de naissance vu")
        self.assertEqual(authority.child_id, own)
        self._open_file_to(self.other_service)
        self.assertEqual(own.with_user(self.family_agent).possible_duplicate_id, self.child)
        authority.with_user(self.family_agent).action_join(self.child.id, "Acte vu")
        self.assertReads(self.sacha, self.child)
        self.assertReads(self.camille, self.child)
        self.assertFalse(own.active)
        self.assertEqual(
            self.child.membership_ids.household_id, self.household | self.sacha_household
        )

    def test_who_holds_one_over_the_common_sheet_already_is_joined_too(self):
        own = self._declare_as(self.sacha, "Lou", "Bertin", "2017-03-02")
        declared = own.authority_ids
        held = self._second_holder()
        own.reader_service_ids = self.other_service
        self._open_file_to(self.other_service)
        declared.with_user(self.family_agent).action_join(self.child.id, "Acte vu")
        self.assertEqual((declared.state, held.state), ("ended", "verified"))
        self.assertFalse(own.active)
        self.assertReads(self.sacha, self.child)

    def test_sheets_of_two_children_are_not_joined(self):
        own = self._declare_as(self.sacha, "Noé", "Bertin", "2020-10-19")
        with self.assertRaises(UserError):
            own.authority_ids.with_user(self.manager).action_join(self.child.id, "Vu")

    def test_the_decision_form_calls_the_same_methods(self):
        authority = self._second_holder()
        Decision = self.env["parental.authority.decision"].with_context(active_id=authority.id)
        with self.assertRaises(AccessError):
            Decision.with_user(self.agent).create(
                {"decision": "verify", "text": "Vu"}
            ).action_decide()
        Decision.with_user(self.manager).create(
            {"decision": "verify", "text": "Livret vu"}
        ).action_decide()
        self.assertEqual((authority.state, authority.evidence), ("verified", "Livret vu"))

    def test_the_decision_form_opens_only_for_who_reads_the_authority(self):
        """Its related fields would name the child and the other sheet."""
        vals = {"authority_id": self.authority.id, "text": "Vu"}
        for user in (self.agent, self.secretary):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["parental.authority.decision"].with_user(user).create(vals)
        self.env.invalidate_all()
        for user in (self.agent, self.secretary):
            self.assertEqual(self.authority.with_user(user).sudo().display_name, "Not shown")
