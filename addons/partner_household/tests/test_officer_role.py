from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import HouseholdCase


@tagged("post_install", "-at_install")
class TestOfficerRole(HouseholdCase):
    """Camille presides an association, Sacha is its treasurer: a new role is a line like others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.association = cls.env["res.partner"].create(
            {"name": "Foyer rural", "kind": "association", "rna": "W551000001"}
        )
        cls.Delegate = cls.env["partner.delegate"]
        for user, role in ((cls.camille, "Présidente"), (cls.sacha, "Trésorier")):
            cls.Delegate._ask(cls.association, user.partner_id, role=role).action_accept()
        cls.president, cls.treasurer = cls.Delegate.search(
            [("organisation_id", "=", cls.association.id)], order="id"
        )
        cls.association.reader_service_ids = cls.other_service

    def _propose(self, *officers, user=None, requester=None):
        user = user or self.camille
        change = (
            self.env["household.change"]
            .with_user(user)
            ._propose(
                self.association.with_user(user),
                (requester or user.partner_id).with_user(user),
                {"officers": list(officers)},
            )
        )
        return change.with_env(self.env).line_ids

    def _named(self, **more):
        return {
            "name": "Sacha Bertin",
            "email": self.sacha.email,
            "role": "Président",
            **more,
        }

    def test_it_is_said_accepted_and_told(self):
        line = self._propose(self._named(role="  Président  "))
        self.assertEqual(
            (line.type, line.old_text, line.new_text),
            ("officer_role", "Sacha Bertin, Trésorier", "Sacha Bertin, Président"),
        )
        self.assertEqual(self.treasurer.role, "Trésorier", "nobody decided yet")
        mails = self.env["mail.mail"].search([])
        line.with_user(self.family_agent).action_accept()
        self.assertEqual((line.state, self.treasurer.role), ("accepted", "Président"))
        self.assertEqual(self.president.role, "Présidente", "nobody else")
        told = self.env["mail.mail"].search([]) - mails
        self.assertIn("Président", told.filtered(lambda m: "sacha" in m.email_to).body_html)
        self.assertTrue(told.filtered(lambda m: "camille" in m.email_to), "who asked")

    def test_her_own_role_is_decided_by_a_service_and_told_once(self):
        line = self._propose(self._named(), user=self.sacha)
        for user in self.camille | self.sacha | self.stranger:
            with self.subTest(user.login), self.assertRaises(AccessError):
                line.with_user(user).action_accept()
        mails = self.env["mail.mail"].search([])
        line.with_user(self.family_agent).action_accept()
        told = self.env["mail.mail"].search([]) - mails
        self.assertEqual(len(told.filtered(lambda m: "sacha" in (m.email_to or ""))), 1)

    def test_an_agent_who_is_not_a_neighbour_types_it_and_no_other_decides(self):
        line = self._propose(
            self._named(), user=self.family_agent, requester=self.camille.partner_id
        )
        self.assertEqual(line.change_id.typed_by_id, self.family_agent)
        # The town hall next door, another service, who keeps the data.
        for user in self.secretary | self.agent | self.communication | self.dpo:
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    self._propose(self._named(), user=user, requester=self.camille.partner_id)
                for act, words in (("action_accept", ()), ("action_refuse", ("Non",))):
                    with self.assertRaises(AccessError):
                        getattr(line.with_user(user), act)(*words)
        for user in self.family_agent | self.manager:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.treasurer.with_user(user).role = "Président"
        self.assertEqual((line.state, self.treasurer.role), ("proposed", "Trésorier"))

    def test_an_agent_who_acts_for_it_decides_nothing(self):
        line = self._propose(self._named())
        self.Delegate._ask(self.association, self.family_agent.partner_id).action_accept()
        with self.assertRaises(AccessError):
            line.with_user(self.family_agent).action_accept()

    def test_a_former_delegate_proposes_nothing_more(self):
        line = self._propose(self._named())
        self.president.action_end()
        with self.assertRaises(AccessError):
            self._propose(self._named())
        line.with_user(self.family_agent).action_accept()
        self.assertEqual((line.state, self.treasurer.role), ("stale", "Trésorier"))

    def test_what_changed_since_is_not_written_over(self):
        first = self._propose(self._named())
        second = self._propose(self._named(role="Secrétaire"))
        first.with_user(self.family_agent).action_accept()
        second.with_user(self.family_agent).action_accept()
        self.assertEqual((second.state, self.treasurer.role), ("stale", "Président"))
        third = self._propose(self._named(role="Secrétaire"))
        self.treasurer.action_end()
        third.with_user(self.family_agent).action_accept()
        self.assertEqual(third.state, "stale", "she acts no longer")

    def test_who_leaves_by_the_line_before_has_no_role(self):
        change = (
            self.env["household.change"]
            .with_user(self.camille)
            ._propose(
                self.association.with_user(self.camille),
                self.camille.partner_id.with_user(self.camille),
                {"officers": [self._named()], "officers_leaving": ["Sacha Bertin"]},
            )
        )
        role, leaving = change.with_env(self.env).line_ids
        self.assertEqual((role.type, leaving.type), ("officer_role", "officer_leaving"))
        with self.assertRaisesRegex(UserError, "acts no longer"):
            (leaving | role).with_user(self.family_agent).action_accept()

    def test_who_is_meant(self):
        found = self.Delegate._find_acting
        sacha, email = self.treasurer, self.sacha.email
        for name, address in (
            ("Sacha Bertin", email),
            ("BERTIN sacha", f" {email.upper()}"),
            ("Sacha Roy", email),
            ("", email),
            ("Sacha Bertin", ""),
        ):
            with self.subTest(name, address=address):
                self.assertEqual(found(self.association, name, address), sacha)
        for name, address in (
            ("Robin Bertin", email),
            ("Sacha Bertin", "autre@example.org"),
            ("Sacha", ""),
            ("", ""),
            (None, None),
            ("Alex Voisin", self.stranger.email),
        ):
            with self.subTest(name, address=address):
                self.assertFalse(found(self.association, name, address))
        # A mailbox that both read.
        self.camille.partner_id.email = email
        self.assertFalse(found(self.association, "", email))
        self.assertEqual(found(self.association, "Camille Duchêne", email), self.president)

    def test_nothing_differs(self):
        for role in ("Trésorier", "", "   "):
            with self.subTest(role), self.assertRaisesRegex(UserError, "Nothing differs"):
                self._propose(self._named(role=role))

    def test_a_meeting_to_come_changes_no_role(self):
        with self.assertRaises(UserError):
            self._propose(self._named(date="2027-01-15"))
        line = self._propose(self._named(date="2026-11-20"))
        self.assertEqual(str(line.date_from), "2026-11-20")
