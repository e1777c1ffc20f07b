import re
from contextlib import suppress

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError

from odoo.addons.partner_household.tests.common import HouseholdCase
from odoo.addons.public_guard.exceptions import TooManyRequests

ADULT = {"firstname": "Jeanne", "lastname": "Perrin", "birthdate": "1985-03-09"}
OTHER = {"firstname": "Hugo", "lastname": "Morel", "birthdate": "1984-11-21"}
CHILD = {"firstname": "Zoé", "lastname": "Morel", "birthdate": "2018-06-01", "parents": "all"}
WRONG = "not right"


class TestPersonClaim(HouseholdCase):
    """A family entered at the counter; Jeanne opens an account later."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        entry = (
            cls.env["household.entry"]
            .with_user(cls.family_agent)
            .create(
                {
                    "adult_ids": [Command.create(ADULT), Command.create(OTHER)],
                    "child_ids": [Command.create(CHILD)],
                    "street": "4 rue du Puits",
                    "commune_id": cls.commune.id,
                    "is_home_seen": True,
                    "authority_evidence": "Livret de famille vu",
                }
            )
        )
        entry.action_enter()
        cls.family = entry.sheet_id.with_env(cls.env)
        cls.sheet, cls.hugo, cls.zoe = cls.family.member_ids.person_id.sorted("id")
        cls.sheet.email = "jeanne.perrin@exemple.fr"
        cls.jeanne = cls._new_person("jeanne.test", *ADULT.values())

    def _give(self, subject=None, way="hand", user=None, **values):
        Claim = self.env["person.claim"].with_user(user or self.family_agent)
        return Claim._give(subject or self.sheet, way, "Carte d'identité vue", **values)

    def _use(self, code, user=None, proof=None):
        return self.env["person.claim"].with_user(user or self.jeanne)._use(code, proof)

    def _give_code(self, *args, **kwargs):
        return self._give(*args, **kwargs)[1]

    def test_her_file_becomes_hers(self):
        claim, code = self._give()
        mine = self._use(code.lower().replace("-", " "))
        me = self.jeanne.partner_id
        self.assertEqual(mine.id, me.id)
        self.assertEqual(me._current_household(), self.family)
        self.assertIn(self.zoe, me.with_user(self.jeanne)._children_i_may_act_for())
        self.assertReads(self.jeanne, self.zoe)
        self.assertReads(self.jeanne, self.family)
        self.assertReadsNot(self.jeanne, self.hugo)
        self.assertEqual(me._current_dwelling().street, "4 rue du Puits")
        self.assertFalse(self.sheet.active)
        self.assertEqual(claim.state, "used")
        self.assertEqual(claim.sudo().used_by_id, me)
        # The service that opened the file goes on reading it.
        self.assertReads(self.family_agent, me)
        me._refresh_reader_services()
        self.assertReads(self.family_agent, me)

    def test_the_manager_undoes_it(self):
        self._use(self._give_code())
        merge = self.env["person.merge"].search([("merged_id", "=", self.sheet.id)])
        self.assertEqual(merge.done_by_id, self.family_agent)
        self.assertIn("Carte d'identité vue", merge.reason)
        merge.with_user(self.manager).action_undo()
        self.assertTrue(self.sheet.active)
        self.assertIn(self.sheet, self.family._get_current_members())
        self.assertNotIn(self.zoe, self.jeanne.partner_id._children_i_may_act_for())

    def test_the_other_parent_is_told_nothing(self):
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = '2020-01-01' WHERE id = %s", [self.hugo.id]
        )
        self.hugo.invalidate_recordset()
        before = self.hugo.write_date
        self.sheet.email = self.jeanne.email
        mails = self.env["mail.mail"].search_count([])
        self._use(self._give_code())
        self.assertEqual(self.hugo.write_date, before)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def _sign_up_at(self, street, state="declared"):
        own = self.jeanne.partner_id._create_household()
        dwelling = self.env["territory.dwelling"]._find_or_create(street, False, self.commune)
        own._occupy(dwelling, state=state)
        return own

    def test_who_says_that_she_lives_elsewhere_stays_there(self):
        """The other parent, who is in the file, learns no address of hers."""
        me = self.jeanne.partner_id
        own = self._sign_up_at("9 rue Neuve")
        self._use(self._give_code())
        self.assertEqual(me._get_current_households(), own)
        self.assertEqual(me._current_dwelling().street, "9 rue Neuve")
        self.assertNotIn(me, self.family._get_current_members())
        self.assertFalse(self.family.change_ids)
        self.assertIn(self.zoe, me._children_i_may_act_for())

    def test_the_household_of_her_signup_gives_way_where_she_lives_with_them(self):
        me = self.jeanne.partner_id
        own = self._sign_up_at("4, r. du puits")
        self._use(self._give_code())
        self.assertEqual(me._get_current_households(), self.family)
        self.assertFalse(own._get_current_members())

    def test_alone_in_the_file_what_she_typed_is_proposed(self):
        me = self.jeanne.partner_id
        self.family.member_ids.filtered(lambda each: each.person_id == self.hugo).unlink()
        own = self._sign_up_at("9 rue Neuve")
        self._use(self._give_code())
        self.assertEqual(me._get_current_households(), self.family)
        [line] = self.family.change_ids.line_ids
        self.assertIn("9 rue Neuve", line.new_text)
        self.assertEqual(line.state, "proposed")
        merge = self.env["person.merge"].search([("merged_id", "=", self.sheet.id)])
        merge.with_user(self.manager).action_undo()
        self.assertEqual(me._get_current_households(), own)
        self.assertEqual(me._current_dwelling().street, "9 rue Neuve")
        self.assertIn(self.sheet, self.family._get_current_members())

    def test_a_household_that_was_checked_stays(self):
        me = self.jeanne.partner_id
        own = self._sign_up_at("9 rue Neuve", state="verified")
        self._use(self._give_code())
        self.assertEqual(me._get_current_households(), self.family | own)

    def test_the_address_that_the_file_had_is_told(self):
        self._use(self._give_code())
        told = self.env["mail.mail"].search([("email_to", "ilike", self.sheet.email)])
        self.assertIn("opened online", told.subject)

    def test_a_cancelled_code(self):
        claim, code = self._give()
        with self.assertRaises(AccessError):
            claim.with_user(self.agent).action_cancel()
        claim.with_user(self.family_agent).action_cancel()
        self.assertEqual(claim.state, "cancelled")
        with self.assertRaisesRegex(UserError, WRONG):
            self._use(code)

    def test_a_household_of_which_a_member_is_not_read(self):
        self.hugo.entry_service_id = False
        self.hugo._refresh_reader_services()
        family = self.family.with_user(self.family_agent)
        self.env.invalidate_all()
        rows = family.web_read({"member_ids": {"fields": {"can_be_claimed": {}}}})[0]["member_ids"]
        self.assertEqual([row["can_be_claimed"] for row in rows].count(True), 1)

    # What opens nothing

    def test_a_code_serves_once(self):
        code = self._give_code()
        self._use(code)
        with self.assertRaisesRegex(UserError, WRONG):
            self._use(code)

    def test_past_its_day(self):
        code = self._give_code()
        with freeze_time("2027-01-24"):
            self._use(code)
        self.sheet.active = True
        code = self._give_code(self.hugo)
        with freeze_time("2027-01-25"), self.assertRaisesRegex(UserError, WRONG):
            hugo = self._new_person("hugo.test", *OTHER.values())
            self._use(code, hugo)

    def test_the_code_before_opens_nothing(self):
        former = self._give_code()
        code = self._give_code()
        with self.assertRaisesRegex(UserError, WRONG):
            self._use(former)
        self._use(code)

    def test_a_letter_opened_by_somebody_else(self):
        """By her companion's account, a namesake's, her twin's."""
        code = self._give_code()
        for names in (
            OTHER,
            {**ADULT, "birthdate": "1985-03-10"},
            {**ADULT, "firstname": "Jeannot"},
            {**ADULT, "lastname": "Perrine"},
        ):
            user = self._new_person(f"autre{'.'.join(names.values())}", *names.values())
            with self.assertRaisesRegex(UserError, WRONG):
                self._use(code, user)
        self.assertTrue(self.sheet.active)

    def test_a_name_that_changed_at_a_wedding(self):
        self.sheet.birth_name = "Petit"
        self.jeanne.partner_id.write({"lastname": "Morel", "birth_name": "Petit"})
        self._use(self._give_code())
        self.assertFalse(self.sheet.active)

    def _try(self, *typed):
        """Without the savepoint of `assertRaises`, which would give the try back."""
        with suppress(UserError):
            self._use(*typed)
            self.fail("This code is wrong, and opens a file.")

    def test_five_tries_of_one_code(self):
        code = self._give_code()
        for _each in range(5):
            self._try(code, self.stranger)
        with self.assertRaisesRegex(UserError, WRONG), self.env.cr.savepoint():
            self._use(code)

    def test_ten_tries_of_one_account(self):
        for _each in range(10):
            self._try("ABCD")
        with self.assertRaises(TooManyRequests):
            self._use(self._give_code())

    def test_who_has_an_account_is_not_claimed(self):
        self._open_file_to(self.other_service)
        with self.assertRaisesRegex(UserError, "an adult without account"):
            self._give(self.camille.partner_id)
        with self.assertRaisesRegex(UserError, "an adult without account"):
            self._give(self.zoe)

    def test_an_account_that_came_between(self):
        code = self._give_code()
        user = self._new_person("autre.test", *ADULT.values())
        user.partner_id = self.sheet
        with self.assertRaisesRegex(UserError, WRONG):
            self._use(code)

    # Who gives it

    def test_who_gives_a_code(self):
        for user in (self.agent, self.secretary, self.communication, self.dpo, self.camille):
            with self.assertRaises(AccessError, msg=user.login), self.env.cr.savepoint():
                self._give(user=user)
        self._give(user=self.manager)

    def test_nothing_seen(self):
        with self.assertRaisesRegex(UserError, "what was seen"):
            self.env["person.claim"].with_user(self.family_agent)._give(self.sheet, "hand", " ")

    def test_who_reads_that_a_code_was_given(self):
        claim, _code = self._give()
        for user in (self.family_agent, self.manager):
            self.assertReads(user, claim)
        self.assertReadsNot(self.agent, claim)
        self.assertReadsNot(self.secretary, claim)
        for user in (self.camille, self.communication, self.dpo):
            self.assertFalse(claim.with_user(user).has_access("read"))

    def test_the_code_is_kept_nowhere(self):
        claim, code = self._give()
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT to_jsonb(c)::text FROM person_claim c WHERE id = %s", [claim.id]
        )
        [[row]] = self.env.cr.fetchall()
        self.assertNotIn(code, row)
        self.assertNotIn(code.replace("-", ""), row)

    def test_by_email_it_is_shown_to_nobody_else(self):
        wizard = (
            self.env["person.claim.wizard"]
            .with_user(self.family_agent)
            .create({"subject_id": self.sheet.id, "way": "email", "evidence": "Rappelée"})
        )
        wizard.action_give()
        self.assertFalse(wizard.code)
        mail = self.env["mail.mail"].search([("email_to", "ilike", self.sheet.email)])
        [code] = re.findall(r"\b\w{4}-\w{4}-\w{4}\b", mail.body_html)
        self.assertEqual(self._use(code).id, self.jeanne.partner_id.id)

    def test_the_letter(self):
        wizard = (
            self.env["person.claim.wizard"]
            .with_user(self.family_agent)
            .create({"subject_id": self.sheet.id, "evidence": "Vue"})
        )
        report = self.env["ir.actions.report"].with_user(self.family_agent)
        with self.assertRaisesRegex(UserError, "Make the code"):
            report._render_qweb_html("person_claim.letter_report", wizard.ids)
        wizard.action_give()
        wizard.action_give()
        html = report._render_qweb_html("person_claim.letter_report", wizard.ids)[0].decode()
        self.assertIn(wizard.code, html)
        self.assertIn("4 rue du Puits", html)
        self._use(wizard.code)
        with self.assertRaises(AccessError):
            report.with_user(self.agent)._render_qweb_html("person_claim.letter_report", wizard.ids)

    # An organisation

    def _enter_club(self):
        club = self.env["res.partner"].create(
            {"name": "Les Amis du lavoir", "kind": "association", "rna": "W551000123"}
        )
        club.entry_service_id = self.service
        club._refresh_reader_services()
        return club

    def test_an_account_acts_for_the_organisation(self):
        club = self._enter_club()
        code = self._give_code(
            club, user=self.agent, role="Trésorière", person_name="jeanne PERRIN"
        )
        opened = self._use(code, proof="w 551 000 123")
        self.assertEqual(opened.id, club.id)
        self.assertEqual(club._get_current_delegates(), self.jeanne.partner_id)
        self.assertEqual(club.delegate_ids.accepted_by_id, self.agent)
        self.assertEqual(club.delegate_ids.role, "Trésorière")
        self.assertReads(self.jeanne, club)

    def test_the_role_is_that_of_the_code_and_the_organisation_is_told(self):
        club = self._enter_club()
        club.email = "lavoir@exemple.test"
        Delegate = self.env["partner.delegate"]
        Delegate._ask(club, self.stranger.partner_id)._activate(self.agent)
        Delegate._ask(club, self.jeanne.partner_id, role="Présidente")
        before = self.env["mail.mail"].search([])
        code = self._give_code(club, user=self.agent, role="Bénévole", person_name="Jeanne Perrin")
        self._use(code, proof="W551000123")
        mine = club.delegate_ids.filtered(lambda each: each.person_id == self.jeanne.partner_id)
        self.assertEqual((mine.state, mine.role), ("active", "Bénévole"))
        told = self.env["mail.mail"].search([]) - before
        self.assertEqual(
            sorted(told.mapped("email_to")),
            sorted(each.email_formatted for each in club | self.stranger.partner_id),
        )

    def test_who_acts_already_makes_nobody_call_and_a_mailbox_has_one_mail(self):
        club = self._enter_club()
        club.email = self.stranger.partner_id.email.upper()
        Delegate = self.env["partner.delegate"]
        Delegate._ask(club, self.stranger.partner_id)._activate(self.agent)
        code = self._give_code(club, user=self.agent, person_name="Jeanne Perrin")
        before = self.env["mail.mail"].search([])
        self._use(code, proof="W551000123")
        self.assertEqual(len(self.env["mail.mail"].search([]) - before), 1)
        again = self._give_code(club, user=self.agent, person_name="Jeanne Perrin")
        before = self.env["mail.mail"].search([])
        self._use(again, proof="W551000123")
        self.assertFalse(self.env["mail.mail"].search([]) - before)

    def test_an_organisation_s_letter_opened_by_somebody_else(self):
        club = self._enter_club()
        with self.assertRaisesRegex(UserError, "who will act"):
            self._give(club, user=self.agent)
        code = self._give_code(club, user=self.agent, person_name="Jeanne Perrin")
        with self.assertRaisesRegex(UserError, WRONG):
            self._use(code, self.stranger, "W551000123")
        for typed in (None, "W551000124"):
            with self.assertRaisesRegex(UserError, WRONG):
                self._use(code, proof=typed)
        self.assertFalse(club.delegate_ids)
        self._use(code, proof="W551000123")

    def test_a_name_is_not_enough_for_an_organisation(self):
        """The letter shows who will act for it: anybody opens an account in that name."""
        siret = {"rna": False, "company_registry": "73282932000074"}
        phone = {"rna": False, "phone": "03 29 44 44 44", "email": "club@exemple.fr"}
        for known, way, wrong, right in (
            ({}, "hand", ("", "W551000124", "Les Amis du lavoir"), "W551000123"),
            (siret, "hand", ("000074", "73282932000075", "W551000123"), "732 829 320 00074"),
            (siret, "hand", ("732829321",), "732 829 320"),
            (phone, "hand", ("", "03 29 44 44 45", "44"), "+33 3 29 44 44 44"),
            (phone, "hand", ("@exemple.fr",), "Club@exemple.fr"),
            (phone, "email", ("club@exemple.fr",), "03 29 44 44 44"),
        ):
            club = self._enter_club()
            club.write(known)
            claim, _code = self._give(club, way, self.agent, person_name="Jeanne Perrin")
            for typed in (*wrong, right):
                with self.subTest(known, way=way, typed=typed):
                    is_hers = claim.sudo()._is_hers(self.jeanne.partner_id, typed)
                    self.assertEqual(is_hers, typed == right)
            club.active = False

    def test_an_organisation_of_which_nothing_is_known_gets_no_code(self):
        club = self._enter_club()
        club.rna = False
        with self.assertRaisesRegex(UserError, "SIRET or RNA number"):
            self._give(club, user=self.agent, person_name="Jeanne Perrin")

    def test_a_letter_of_one_s_own_making(self):
        """What she may not read of a sheet is on no letter, whatever she writes in its window."""
        Wizard = self.env["person.claim.wizard"]
        report = self.env["ir.actions.report"]
        self._open_file_to(self.service)
        forged = Wizard.with_user(self.agent).create(
            {"subject_id": self.camille.partner_id.id, "evidence": "x", "code": "X"}
        )
        self.assertFalse(forged.code)
        forged.write({"code": "X"})
        self.assertFalse(forged.code)
        forged.sudo().write({"code": "X", "claim_id": self._give()[0].id})
        for reader in (self.agent, self.family_agent):
            with self.assertRaises(AccessError):
                report.with_user(reader)._render_qweb_html("person_claim.letter_report", forged.ids)

    # How long

    def test_codes_go_after_their_time(self):
        claim, _code = self._give()
        self.env["person.claim"]._gc_claims()
        self.assertTrue(claim.exists())
        with freeze_time("2027-07-24"):
            self.env["person.claim"]._gc_claims()
        self.assertFalse(claim.exists())
