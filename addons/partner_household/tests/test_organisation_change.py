from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import HouseholdCase


@tagged("post_install", "-at_install")
class TestOrganisationChange(HouseholdCase):
    """Camille presides an association, Sacha is its treasurer; the waste service knows it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.association = cls.env["res.partner"].create(
            {"name": "Foyer rural", "kind": "association", "rna": "W551000001"}
        )
        cls.delegations = {}
        for user, role in ((cls.camille, "Présidente"), (cls.sacha, "Trésorier")):
            cls.delegations[user] = cls._delegate(user, cls.association, role)
        cls.association.reader_service_ids = cls.service

    @classmethod
    def _delegate(cls, user, organisation, role=None):
        delegation = cls.env["partner.delegate"]._ask(organisation, user.partner_id, role=role)
        delegation.action_accept()
        return delegation

    def _propose(self, user, subject=None, /, **values):
        change = (
            self.env["household.change"]
            .with_user(user)
            ._propose(
                (subject or self.association).with_user(user),
                user.partner_id.with_user(user),
                values,
            )
        )
        return change.with_env(self.env)

    def test_the_window_that_refuses_says_who_reads_the_reason(self):
        camille = self.camille.partner_id
        change = self._propose(self.sacha, organisation={"phone": "03 29 55 55 55"})
        family = self._propose(
            self.camille, self.household, persons={camille.id: {"phone": "03 29 00 00 00"}}
        )
        self._open_file_to(self.other_service)
        for line, user, told in (
            (change.line_ids, self.agent, "Lu par l’organisme."),
            (family.line_ids, self.family_agent, "Lu par le foyer."),
        ):
            Refusal = self.env["household.change.refusal"].with_user(user)
            window = Refusal.with_context(lang="fr_FR", active_id=line.id).new({})
            window.update(window.default_get(["line_id"]))
            self.assertEqual(window.reason_placeholder, told)

    def test_nothing_changes_before_a_service_that_knows_it_accepts(self):
        change = self._propose(
            self.sacha,
            organisation={"name": "Foyer rural de Valmont", "phone": "03 29 55 55 55"},
            address={"street": "2 place de la Mairie", "commune": "99001", "date": "2026-11-20"},
        )
        lines = {line.field_key: line.with_user(self.agent) for line in change.line_ids}
        self.assertEqual(
            {key: (line.sudo().old_text, line.sudo().new_text) for key, line in lines.items()},
            {
                "address": ("", "2 place de la Mairie, 99100 Valmont"),
                "name": ("Foyer rural", "Foyer rural de Valmont"),
                "phone": ("", "03 29 55 55 55"),
            },
        )
        self.assertEqual(lines["name"].label, "Name")
        self.assertEqual(self.association.name, "Foyer rural")
        lines["name"].action_accept()
        lines["phone"].action_refuse("Ce numéro est celui d’une famille.")
        lines["address"].action_accept()
        self.assertEqual(
            (self.association.name, self.association.phone), ("Foyer rural de Valmont", False)
        )
        self.assertEqual(
            self.association._current_dwelling().display_name,
            "2 place de la Mairie, 99100 Valmont",
        )
        self.assertEqual(change.state, "done")
        self.assertEqual(change.line_ids.decided_by_id, self.agent)

    def test_its_delegates_read_it_and_none_of_them_decides(self):
        """Nor does the agent of a service who acts for it at home."""
        change = self._propose(self.sacha, organisation={"phone": "03 29 55 55 55"})
        for user in self.camille | self.sacha | self.agent | self.manager:
            self.assertReads(user, change)
            self.assertReads(user, change.line_ids)
        for user in self.stranger | self.family_agent | self.secretary:
            self.assertReadsNot(user, change)
            self.assertReadsNot(user, change.line_ids)
        self._delegate(self.agent, self.association)
        for user in self.camille | self.sacha | self.stranger | self.family_agent | self.agent:
            with self.subTest(user.login), self.assertRaisesKeeping(AccessError):
                change.line_ids.with_user(user).action_accept()
        self.assertFalse(self.association.phone)

    def test_a_former_delegate_reads_and_proposes_nothing(self):
        change = self._propose(self.sacha, organisation={"phone": "03 29 55 55 55"})
        self.delegations[self.sacha].action_end()
        self.assertReadsNot(self.sacha, change)
        self.assertReadsNot(self.sacha, change.line_ids)
        self.assertReads(self.camille, change)
        for user in self.sacha | self.stranger:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._propose(user, organisation={"phone": "03 29 66 66 66"})

    def test_a_family_is_not_read_by_each_service_that_knows_it(self):
        """What an organisation opens, a household does not."""
        self.household.reader_service_ids = self.service
        self.assertFalse(self.household.with_user(self.agent)._is_file_read_by_user())
        self.assertTrue(self.association.with_user(self.agent)._is_file_read_by_user())
        change = self.env["household.change"]._propose(
            self.household,
            self.camille.partner_id,
            {"address": {"street": "5 rue Haute", "commune": "99002"}},
        )
        self.assertReadsNot(self.agent, change)
        with self.assertRaises(AccessError):
            change.line_ids.with_user(self.agent).action_accept()

    def test_an_agent_types_it_from_a_call(self):
        change = (
            self.env["household.change"]
            .with_user(self.agent)
            ._propose(
                self.association.with_user(self.agent),
                self.sacha.partner_id.with_user(self.agent),
                {"organisation": {"phone": "03 29 55 55 55"}},
            )
        )
        self.assertEqual(
            (change.sudo().typed_by_id, change.sudo().requester_id),
            (self.agent, self.sacha.partner_id),
        )
        change.line_ids.action_accept()
        self.assertEqual(self.association.phone, "03 29 55 55 55")
        for user, person in (
            (self.family_agent, self.sacha),
            (self.agent, self.stranger),
            (self.stranger, self.sacha),
        ):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["household.change"].with_user(user)._propose(
                    self.association.with_user(user),
                    person.partner_id.with_user(user),
                    {"organisation": {"phone": "03 29 77 77 77"}},
                )

    def test_only_known_fields_of_an_organisation(self):
        for name in ("kind", "is_company", "vat", "reader_service_ids", "active"):
            with self.subTest(name), self.assertRaises(AccessError):
                self._propose(self.sacha, organisation={name: "x"})
        with self.assertRaises(AccessError):
            self._propose(self.camille, self.household, organisation={"name": "Foyer de Camille"})
        for sent, word in (
            ({"rna": "W55"}, "RNA"),
            ({"rna": ""}, "RNA"),
            ({"name": "<b>"}, "plain"),
            ({"name": " "}, "name"),
            ({"email": "x@"}, "address"),
            ({"phone": "abc"}, "number"),
        ):
            with self.subTest(sent), self.assertRaises(ValidationError) as caught:
                self._propose(self.sacha, organisation=sent)
            self.assertIn(word, str(caught.exception))
        with self.assertRaises(UserError):
            self._propose(self.sacha, organisation={"name": "Foyer rural", "email": ""})

    def test_what_changed_meanwhile_is_not_written_over(self):
        """Each kind of difference: proposed, changed by another way, then accepted."""
        me = self.camille.partner_id
        arrival = {
            "firstname": "Ida",
            "lastname": "Roy",
            "birthdate": "1990-05-05",
            "role": "adult",
            "email": "ida@exemple.test",
        }
        home = self.env["household.change"].with_user(self.camille)
        first, second = (
            home._propose(
                self.household.with_user(self.camille),
                me.with_user(self.camille),
                {
                    "address": {"street": f"{rank} rue Haute", "commune": "99002"},
                    "persons": {
                        me.id: {"lastname": f"Roy{'-' * rank}Duchêne", "phone": f"032955555{rank}"}
                    },
                    "arrivals": [arrival],
                    "departures": [{"person": self.child.id, "date": "2026-12-01"}],
                },
            )
            for rank in (1, 2)
        )
        first.line_ids.with_user(self.manager).action_accept()
        self.assertEqual(first.state, "done")
        members = self.household.member_ids
        before = (me.lastname, me.phone, self.household._current_dwelling(), members.person_id)
        second.line_ids.with_user(self.manager).action_accept()
        self.assertEqual(set(second.line_ids.mapped("state")), {"stale"})
        self.assertEqual(second.state, "refused", "nothing was done")
        self.household.invalidate_recordset()
        self.assertEqual(
            (me.lastname, me.phone, self.household._current_dwelling(), members.person_id), before
        )

    def test_a_move_accepted_for_later_is_not_undone(self):
        first, second = (
            self._propose(
                self.camille,
                self.household,
                address={"street": street, "commune": "99002", "date": "2026-12-10"},
            )
            for street in ("1 rue Haute", "2 rue Haute")
        )
        first.line_ids.with_user(self.manager).action_accept()
        self.assertEqual(self.household._current_dwelling(), self.dwelling, "not yet")
        second.line_ids.with_user(self.manager).action_accept()
        self.assertEqual(second.line_ids.state, "stale")

    def test_who_changes_her_mind_stays(self):
        old = {"street": "8 rue du Lavoir", "commune": "99001", "date": "2026-11-25"}
        new = {"street": "1 rue Haute", "commune": "99002", "date": "2026-12-10"}
        for address in (new, old):
            change = self._propose(self.camille, self.household, address=address)
            change.line_ids.with_user(self.manager).action_accept()
            self.assertEqual(change.state, "done")
            self.assertEqual(self.household._current_dwelling(), self.dwelling, "today, both times")
        (stay,) = self.household.occupancy_ids
        self.assertFalse(stay.date_end)

    def test_until_the_day_of_a_move_the_address_outside_is_hers(self):
        me = self.camille.partner_id
        self.household.occupancy_ids.date_start = "2026-01-01"
        outside = {"street": "9 rue Neuve", "commune": "outside", "zip": "54000", "city": "Nancy"}
        self._propose(self.camille, self.household, address=outside).line_ids.action_accept()
        self.assertEqual(str(self.household.occupancy_ids.date_end), "2026-11-24")
        here = {"street": "1 rue Haute", "commune": "99002", "date": "2026-12-10"}
        self._propose(self.camille, self.household, address=here).line_ids.action_accept()
        self.assertEqual(me.city, "Nancy")
        self.assertFalse(self.household._current_dwelling())

    def test_a_departure_whose_day_is_corrected(self):
        member = self.household.member_ids.filtered(lambda each: each.person_id == self.child)
        for day in ("2026-12-31", "2026-12-15"):
            change = self._propose(
                self.camille, self.household, departures=[{"person": self.child.id, "date": day}]
            )
            change.line_ids.with_user(self.manager).action_accept()
            self.assertEqual((change.state, str(member.date_end)), ("done", day))

    def test_what_a_former_delegate_proposed_is_nobody_s(self):
        change = self._propose(self.sacha, organisation={"phone": "03 29 55 55 55"})
        before = self._told(self.sacha)
        self.delegations[self.sacha].with_user(self.camille).action_end()
        (ended,) = self._told(self.sacha) - before
        self.assertIn("Foyer rural", ended.body_html)
        change.line_ids.with_user(self.manager).action_accept()
        self.assertEqual((change.line_ids.state, self.association.phone), ("stale", False))
        self.assertEqual(self._told(self.sacha), before | ended)

    def _told(self, user):
        return self.env["mail.mail"].search([("email_to", "ilike", user.email)])

    def test_who_leaves_by_herself_is_not_told_so(self):
        before = self._told(self.sacha)
        self.delegations[self.sacha].with_user(self.sacha).action_end()
        self.assertEqual(self._told(self.sacha), before)

    def test_nobody_reads_what_the_platform_compares(self):
        """An arrival would say whether that person lives there already."""
        change = self._propose(
            self.camille,
            self.household,
            arrivals=[
                {
                    "firstname": "Ida",
                    "lastname": "Roy",
                    "birthdate": "1990-05-05",
                    "role": "adult",
                    "email": "ida@exemple.test",
                }
            ],
        )
        for user in self.camille | self.manager:
            with self.subTest(user.login), self.assertRaises(AccessError):
                change.line_ids.with_user(user).read(["old_value"])

    def test_an_association_may_have_a_siret_too(self):
        change = self._propose(self.sacha, organisation={"company_registry": "732 829 320 00074"})
        self.assertEqual(change.line_ids.new_value, "73282932000074")
        with self.assertRaises(ValidationError):
            self._propose(self.sacha, organisation={"company_registry": "73282932000075"})
        company = self.env["res.partner"].create(
            {"name": "Menuiserie", "kind": "company", "company_registry": "732829320"}
        )
        self._delegate(self.sacha, company)
        with self.assertRaises(ValidationError):
            self._propose(self.sacha, company, organisation={"company_registry": ""})

    def test_the_context_of_an_arrival_is_corrected_as_the_rest(self):
        me = self.camille.partner_id
        arriving = {"situation": "arriving", "situation_date": "15/12/2026"}
        for subject, values, told in (
            (self.household, {"persons": {me.id: arriving}}, "Arriving"),
            (self.association, {"organisation": arriving}, "The organisation is arriving"),
        ):
            change = self._propose(self.camille, subject, **values)
            lines = {line.field_key: line.new_text for line in change.line_ids}
            self.assertEqual(lines["situation"], told)
            # The month is that of the language of whoever reads it.
            self.assertRegex(lines["situation_date"], r"15 d\w+ 2026")
            change.line_ids.with_user(self.manager).action_accept()
            record = subject if subject == self.association else me
            self.assertEqual(
                (record.situation, str(record.situation_date)), ("arriving", "2026-12-15")
            )
            self.assertRegex(record._tell_situation(), rf"{told}, from 15 d\w+ 2026")
        for wrong in ({"situation": "x"}, {"situation_date": "31/02/2026"}):
            with self.subTest(wrong), self.assertRaises(ValidationError):
                self._propose(self.camille, self.household, persons={me.id: wrong})
            with self.subTest(wrong), self.assertRaises(ValidationError):
                self._propose(self.camille, organisation=wrong)
