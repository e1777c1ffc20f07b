from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from . import snapshot
from .common import HouseholdCase

WHOLE = ("household_change", "household_change_line")


@tagged("post_install", "-at_install")
class TestChangeEvents(HouseholdCase):
    """A death, a separation, the custody of a child, a board that leaves, a closing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.robin = cls._new_person("robin.test", "Robin", "Duchêne", "1985-01-20")
        cls.env["household.membership"].create(
            {"household_id": cls.household.id, "person_id": cls.robin.partner_id.id}
        )
        cls.association = cls.env["res.partner"].create(
            {"name": "Foyer rural", "kind": "association", "rna": "W551000001"}
        )
        Delegate = cls.env["partner.delegate"]
        cls.delegation = Delegate._ask(cls.association, cls.robin.partner_id)
        cls.delegation.action_accept()
        cls.second = cls._second_holder(cls, state="verified")
        cls.held = cls.env["parental.authority"]._declare(cls.child, cls.robin.partner_id)
        cls.held.state = "verified"

    def _propose(self, user, subject=None, /, **values):
        subject = subject or user.partner_id._current_household()
        change = (
            self.env["household.change"]
            .with_user(user)
            ._propose(subject.with_user(user), user.partner_id.with_user(user), values)
        )
        return change.with_env(self.env).line_ids

    def _accept(self, lines, evidence="Acte vu"):
        lines.with_user(self.manager).action_accept(evidence)
        self.env.invalidate_all()
        return set(lines.mapped("state"))

    def _named(self, **values):
        return [{"firstname": "robin", "lastname": "DUCHENE", "date": "2026-11-20", **values}]

    def test_a_death_ends_all_of_hers_and_tells_nobody(self):
        robin = self.robin.partner_id
        hers = self._propose(self.robin, persons={robin.id: {"lastname": "Duchêne-Roy"}})
        lines = self._propose(self.camille, deaths=self._named(birthdate="1985-01-20"))
        self.assertEqual((lines.old_text, str(lines.date_from)), ("robin DUCHENE", "2026-11-20"))
        mails = self.env["mail.mail"].search([])
        before = snapshot.take(self.env)
        self.assertEqual(self._accept(lines), {"accepted"})
        touched = snapshot.compare(before, snapshot.take(self.env))
        member = robin.membership_ids
        # Camille asked, and is told that it is decided.
        told = self.env["mail.mail"].search([]) - mails
        self.assertEqual(told.mapped("email_to"), [self.camille.email_formatted])
        left_out = (*WHOLE, "mail_mail", "mail_message")
        self.assertEqual(
            {key for key in touched if not key[0].startswith(left_out)},
            {
                ("res_partner", robin.id),
                ("res_users", self.robin.id),
                ("household_membership", member.id),
                ("parental_authority", self.held.id),
                ("partner_delegate", self.delegation.id),
            },
        )
        self.assertEqual((robin.active, str(robin.date_death)), (False, "2026-11-20"))
        self.assertFalse(self.robin.active)
        # She had come since: a period never ends before it began.
        self.assertEqual(member.date_end, member.date_start)
        self.assertEqual((self.held.state, self.delegation.state), ("ended", "ended"))
        self.assertFalse(self.child._is_child_accessible_by(robin))
        self.assertTrue(self.child._is_child_accessible_by(self.sacha.partner_id))
        self.assertEqual(self._accept(hers), {"stale"}, "what she had proposed")
        self.assertEqual(self.env["mail.mail"].search([]) - mails, told)

    def test_a_child_s_death_closes_its_file_to_both_parents(self):
        lines = self._propose(
            self.camille, deaths=[{"person": self.child.id, "date": "2026-11-24"}]
        )
        mails = self.env["mail.mail"].search_count([("email_to", "ilike", "sacha")])
        self.assertEqual(self._accept(lines), {"accepted"})
        for parent in self.camille | self.sacha:
            self.assertNotIn(self.child, parent.partner_id._children_i_may_act_for())
            self.assertReadsNot(parent, self.child)
        self.assertEqual(
            self.env["mail.mail"].search_count([("email_to", "ilike", "sacha")]), mails
        )

    def test_a_death_is_not_accepted_on_a_word_alone(self):
        lines = self._propose(self.camille, deaths=self._named())
        for said in ("", "  "):
            with self.assertRaisesRegex(UserError, "what was seen"):
                self._accept(lines, said)
        self.assertTrue(self.robin.active)
        wizard = self.env["household.change.acceptance"].with_user(self.manager)
        wizard.create({"line_id": lines.id, "evidence": "Acte vu"}).action_accept()
        self.assertEqual((lines.state, lines.evidence), ("accepted", "Acte vu"))
        self.assertFalse(self.robin.active)
        with self.assertRaises(AccessError):
            self.env["household.change.acceptance"].with_user(self.agent).create(
                {"line_id": lines.id, "evidence": "Acte vu"}
            )

    def test_a_death_twice_or_to_come_is_not_written(self):
        first, second = (self._propose(self.camille, deaths=self._named()) for _each in range(2))
        self.assertEqual(self._accept(first), {"accepted"})
        self.assertEqual(self._accept(second), {"stale"})
        with self.assertRaisesRegex(ValidationError, "future"):
            self._propose(self.camille, deaths=self._named(date="2026-12-01"))
        with self.assertRaisesRegex(ValidationError, "last name"):
            self._propose(self.camille, deaths=self._named(lastname=""))

    def test_a_name_that_nobody_bears_here_says_nothing_and_does_nothing(self):
        """Who proposes learns no name of those living there; who decides is told."""
        for said in ({"lastname": "Bertin"}, {"birthdate": "1990-01-01"}):
            for kind in ("deaths", "departures"):
                with self.subTest(kind, **said):
                    lines = self._propose(self.camille, **{kind: self._named(**said)})
                    with self.assertRaisesRegex(UserError, "Nobody of this name"):
                        self._accept(lines)
        self.assertTrue(self.robin.partner_id.membership_ids.is_current)
        twin = self._new_person("robin2.test", "Robin", "Duchêne", "2001-01-20").partner_id
        self.env["household.membership"].create(
            {"household_id": self.household.id, "person_id": twin.id}
        )
        with self.assertRaisesRegex(UserError, "Nobody of this name"):
            self._accept(self._propose(self.camille, deaths=self._named()))

    def test_a_separation_an_adult_leaves_by_the_name_that_was_typed(self):
        lines = self._propose(self.camille, departures=self._named(date="2026-12-24"))
        self.assertEqual(self._accept(lines), {"accepted"})
        self.assertEqual(str(self.robin.partner_id.membership_ids.date_end), "2026-12-24")
        self.assertTrue(self.robin.active)
        self.assertEqual(self.held.state, "verified", "leaving ends no authority")

    def test_where_a_child_lives_touches_this_household_only(self):
        mine = self.household.member_ids.filtered(lambda each: each.person_id == self.child)
        theirs = self.sacha_household.member_ids
        shared = {"person": self.child.id, "custody": "shared", "date": "2026-11-25"}
        lines = self._propose(self.camille, custody=[shared])
        self.assertEqual(
            (lines.old_text, lines.new_text),
            ("The child lives here", "The child lives here in turn with another household"),
        )
        self.assertEqual(self._accept(lines), {"accepted"})
        self.assertTrue(mine.shared_custody)
        self.assertEqual(self.sacha_household.member_ids, theirs)
        with self.assertRaisesRegex(UserError, "Nothing differs"):
            self._propose(self.camille, custody=[shared])
        # The other parent says it of his own.
        his = self._propose(self.sacha, custody=[{**shared, "date": "2026-11-30"}])
        self.assertEqual(his.old_text, "The child no longer lives here")
        self.assertEqual(self._accept(his), {"accepted"})
        joined = self.sacha_household.member_ids - theirs
        self.assertEqual(
            (joined.person_id, joined.role, joined.shared_custody, str(joined.date_start)),
            (self.child, "child", True, "2026-11-30"),
        )
        gone = self._propose(
            self.camille,
            custody=[{"person": self.child.id, "custody": "elsewhere", "date": "2026-12-01"}],
        )
        self.assertEqual(self._accept(gone), {"accepted"})
        self.assertEqual(str(mine.date_end), "2026-12-01")
        self.assertFalse(joined.date_end)
        self.assertEqual(self.second.state, "verified")

    def test_custody_from_a_day_to_come(self):
        mine = self.household.member_ids.filtered(lambda each: each.person_id == self.child)
        mine.date_start = "2020-01-01"

        def say(custody, day):
            said = {"person": self.child.id, "custody": custody, "date": day}
            return self._propose(self.camille, custody=[said])

        twice = say("shared", "2026-12-10")
        self.assertEqual(self._accept(say("shared", "2026-12-10")), {"accepted"})
        stays = self.household.member_ids.filtered(lambda each: each.person_id == self.child)
        self.assertEqual(
            [(str(each.date_end), each.shared_custody) for each in stays.sorted("date_start")],
            [("2026-12-09", False), ("False", True)],
        )
        self.assertEqual(self._accept(twice), {"stale"})
        # She thinks better of it, before that day then after it was said that the child leaves.
        self.assertEqual(self._accept(say("here", "2026-12-10")), {"accepted"})
        self.assertEqual(self._accept(say("elsewhere", "2027-01-01")), {"accepted"})
        self.assertEqual(self._accept(say("here", "2027-01-01")), {"accepted"})
        last = self.household.member_ids.filtered(
            lambda each: each.person_id == self.child and not each.date_end
        )
        self.assertEqual((len(last), last.shared_custody), (1, False))
        self.assertEqual(self._accept(say("elsewhere", "2026-12-01")), {"accepted"})
        self.assertEqual(
            self.household.member_ids.filtered(lambda each: each.person_id == self.child), mine
        )

    def test_who_left_decides_nothing_more_of_those_who_stay(self):
        move = self._propose(self.robin, address={"street": "9 rue Basse", "commune": "99001"})
        self.assertEqual(
            self._accept(
                self._propose(
                    self.robin,
                    departures=[{"person": self.robin.partner_id.id, "date": "2026-11-24"}],
                )
            ),
            {"accepted"},
        )
        self.robin.partner_id.membership_ids.write(
            {"date_start": "2020-01-01", "date_end": "2026-11-24"}
        )
        self.assertEqual(self._accept(move), {"stale"})
        self.assertEqual(self.household._current_dwelling(), self.dwelling)

    def test_the_address_to_come_is_not_told(self):
        later = {"street": "5 rue Haute", "commune": "99002", "date": "2026-12-10"}
        self._accept(self._propose(self.camille, address=later))
        other = {"street": "1 rue Neuve", "commune": "99001", "date": "2026-11-30"}
        for argument in ("address", "new_home"):
            line = self._propose(self.robin, **{argument: other})
            self.assertEqual(line.old_text, "8 rue du Lavoir, 99100 Valmont")
        self.assertTrue(self._propose(self.robin, new_home=later), "guessed, it says nothing")

    def test_a_child_s_death_typed_with_its_birth_date(self):
        lines = self._propose(
            self.camille,
            deaths=[
                {
                    "firstname": "Lou",
                    "lastname": "Bertin",
                    "birthdate": "2017-03-02",
                    "date": "2026-11-20",
                }
            ],
        )
        self.assertEqual(self._accept(lines), {"accepted"})
        self.assertFalse(self.child.active)

    def test_what_had_an_end_has_the_same_one_again(self):
        robin = self.robin.partner_id
        stay = robin.membership_ids
        stay.write({"date_start": "2020-01-01", "date_end": "2026-12-31"})
        self.held.write({"date_start": "2020-01-01", "date_end": "2026-06-30"})
        self._accept(self._propose(self.camille, deaths=self._named()))
        self.assertEqual(str(stay.date_end), "2026-11-20")
        robin.with_user(self.manager).action_undo_death()
        self.env.invalidate_all()
        self.assertEqual(str(stay.date_end), "2026-12-31")
        self.assertEqual((self.held.state, str(self.held.date_end)), ("verified", "2026-06-30"))
        self.assertFalse(self.child._is_child_accessible_by(robin))

    def test_a_death_that_was_a_mistake_is_undone_by_the_manager(self):
        before = snapshot.take(self.env)
        self._accept(self._propose(self.camille, deaths=self._named()))
        robin = self.robin.partner_id
        for user in self.camille | self.robin | self.family_agent | self.secretary:
            with self.subTest(user.login), self.assertRaises(AccessError):
                robin.with_user(user).action_undo_death()
        robin.with_user(self.manager).action_undo_death()
        touched = snapshot.compare(before, snapshot.take(self.env))
        left_out = (*WHOLE, "mail_mail", "mail_message")
        self.assertEqual(
            {
                key: columns - {"write_date", "write_uid"}
                for key, columns in touched.items()
                if not key[0].startswith(left_out) and columns - {"write_date", "write_uid"}
            },
            {},
        )
        with self.assertRaises(UserError):
            robin.with_user(self.manager).action_undo_death()

    def test_custody_of_whom_one_does_not_answer_for_and_of_no_sort(self):
        for child in (self.robin.partner_id, self.household):
            with self.subTest(child.name), self.assertRaises(AccessError):
                self._propose(self.camille, custody=[{"person": child.id, "custody": "here"}])
        with self.assertRaises(AccessError):
            self._propose(self.camille, custody=[{"custody": "here"}])
        with self.assertRaisesRegex(ValidationError, "where the child lives"):
            self._propose(self.camille, custody=[{"person": self.child.id, "custody": "alone"}])

    def test_who_leaves_a_board_is_named_and_the_others_act_on(self):
        Delegate = self.env["partner.delegate"]
        stays = Delegate._ask(self.association, self.sacha.partner_id)
        stays.action_accept()
        lines = self._propose(
            self.sacha, self.association, officers_leaving=["Robin Duchene", " ", "Nobody Here"]
        )
        self.assertEqual(lines.mapped("old_text"), ["Robin Duchene", "Nobody Here"])
        self.assertEqual(self._accept(lines), {"accepted"})
        self.assertEqual((self.delegation.state, stays.state), ("ended", "active"))

    def test_the_last_one_does_not_leave_an_organisation_to_nobody(self):
        lines = self._propose(self.robin, self.association, officers_leaving=["Robin Duchêne"])
        with self.assertRaisesRegex(UserError, "Nobody would act"):
            self._accept(lines)
        self.assertEqual(self.delegation.state, "active")

    def test_an_organisation_closes_on_its_day(self):
        dwelling = self.dwelling
        self.association._occupy(dwelling)
        today = self._propose(self.robin, self.association, closing={"date": "2026-12-31"})
        self.assertEqual(self._accept(today), {"accepted"})
        association = self.association
        self.assertEqual(str(association.date_closed), "2026-12-31")
        self.assertEqual((association.active, self.delegation.state), (True, "active"))
        self.assertFalse(association.occupancy_ids.date_end, "it is there until its day")
        self.env["res.partner"]._gc_closed()
        self.assertTrue(association.active, "not its day yet")
        association.date_closed = "2026-11-25"
        self.env["res.partner"]._gc_closed()
        self.assertEqual((association.active, self.delegation.state), (False, "ended"))
        self.assertNotIn(association, self.robin.partner_id._acting_for_choices())
        association.with_user(self.manager).action_unarchive()
        self.env["res.partner"]._gc_closed()
        self.assertEqual((association.active, association.date_closed), (True, False))
        with self.assertRaisesRegex(UserError, "Nothing differs"):
            self._propose(self.camille, closing={"date": "2026-11-25"})

    def test_what_is_done_is_told_to_the_services_once(self):
        told = []
        Change = type(self.env["household.change"])
        self.patch(
            Change,
            "_on_applied",
            lambda self, lines: told.append((self.env.su, lines.mapped("type"))),
        )
        lines = self._propose(
            self.camille,
            persons={self.camille.partner_id.id: {"phone": "03 29 55 55 55"}},
            departures=self._named(),
        )
        stale = self._propose(self.camille, departures=self._named())
        lines.with_user(self.manager).action_accept()
        self.assertEqual(told, [(True, ["person", "departure"])])
        stale.with_user(self.manager).action_accept()
        self.assertEqual((stale.state, len(told)), ("stale", 1))
