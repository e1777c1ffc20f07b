from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import HouseholdCase

ASSOCIATION = {
    "kind": "association",
    "name": "Foyer rural",
    "rna": "W551000001",
    "role": "Présidente",
}


@tagged("post_install", "-at_install")
class TestPartnerDelegate(HouseholdCase):
    def _ask(self, user, **vals):
        delegation = user.partner_id.with_user(user)._ask_delegation({**ASSOCIATION, **vals})
        return delegation.with_env(self.env)

    def test_nothing_before_an_agent_accepts(self):
        delegation = self._ask(self.camille)
        organisation = delegation.organisation_id
        self.assertEqual((delegation.state, organisation.rna), ("asked", "W551000001"))
        self.assertReads(self.camille, delegation)
        self.assertReadsNot(self.camille, organisation)
        me = self.camille.partner_id.with_user(self.camille)
        self.assertNotIn(organisation, me._acting_for_choices())
        delegation.with_user(self.manager).action_accept()
        self.assertEqual(delegation.accepted_by_id, self.manager)
        self.assertReads(self.camille, organisation)
        self.assertEqual(me._acting_for_choices(), me | self.child | organisation)

    def test_a_known_number_makes_no_second_sheet_and_tells_nothing(self):
        first = self._ask(self.camille)
        first.organisation_id.phone = "03 29 44 44 44"
        second = self._ask(self.stranger, name="Foyer rural (copie)", rna="w 551 000 001")
        self.assertEqual(second.organisation_id, first.organisation_id)
        self.assertEqual(first.organisation_id.name, "Foyer rural")
        mine = second.with_user(self.stranger)
        self.assertReadsNot(self.stranger, second.organisation_id)
        self.assertEqual(mine.organisation_name, "Foyer rural (copie)")
        with self.assertRaises(AccessError):
            mine.read(["organisation_id"])
        self.assertNotEqual(mine.display_name, "Not shown")
        self.assertEqual(first.with_user(self.stranger).display_name, "Not shown")
        self.assertEqual(first.with_user(self.stranger).sudo().display_name, "Not shown")
        self.assertReadsNot(self.stranger, first)
        # Compare with an unknown number: the same answer, field by field.
        unknown = self._ask(self.stranger, rna="W551000002").with_user(self.stranger)
        shown = ["organisation_name", "role", "state", "display_name", "date_start"]
        known_answer, new_answer = mine.read(shown)[0], unknown.read(shown)[0]
        self.assertEqual(known_answer["state"], new_answer["state"])
        self.assertEqual(set(known_answer), set(new_answer))

    def test_asking_twice_is_asking_once(self):
        self.assertEqual(self._ask(self.camille), self._ask(self.camille))

    def test_a_name_alone_never_designates_a_sheet(self):
        vals = {"kind": "contributor", "name": "Collectif des vallons", "rna": False}
        first, second = self._ask(self.camille, **vals), self._ask(self.stranger, **vals)
        self.assertNotEqual(first.organisation_id, second.organisation_id)

    def test_a_present_delegate_accepts_the_next_one(self):
        first, second = self._ask(self.camille), self._ask(self.sacha)
        with self.assertRaises(AccessError):
            second.with_user(self.camille).action_accept()
        first.with_user(self.manager).action_accept()
        with self.assertRaises(AccessError):
            second.with_user(self.sacha).action_accept()
        self.assertReads(self.camille, second)
        second.with_user(self.camille).action_accept()
        self.assertReads(self.sacha, second.organisation_id)
        first.with_user(self.camille).action_end()
        self.assertReadsNot(self.camille, first.organisation_id)
        third = self._ask(self.stranger)
        with self.assertRaises(AccessError):
            third.with_user(self.camille).action_accept()

    def test_an_agent_accepts_for_the_organisations_or_persons_that_her_service_reads(self):
        delegation = self._ask(self.camille)
        with self.assertRaises(AccessError):
            delegation.with_user(self.agent).action_accept()
        self.camille.partner_id.reader_service_ids = self.service
        for user in self.family_agent | self.communication | self.dpo | self.technician:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                delegation.with_user(user).action_accept()
        delegation.with_user(self.agent).action_accept()
        self.assertEqual(delegation.state, "active")

    def test_refused_and_ended_open_nothing(self):
        delegation = self._ask(self.camille)
        delegation.with_user(self.manager).action_refuse()
        self.assertReadsNot(self.camille, delegation.organisation_id)
        with self.assertRaisesKeeping(UserError):
            delegation.with_user(self.manager).action_accept()
        again = self._ask(self.camille)
        self.assertNotEqual(again, delegation)
        again.with_user(self.camille).action_end()
        self.assertEqual(again.state, "ended")

    def test_nothing_is_written_from_outside(self):
        delegation = self._ask(self.camille)
        for user in self.camille | self.agent | self.manager | self.technician:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                delegation.with_user(user).state = "active"
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                delegation.with_user(user).create(
                    {
                        "organisation_id": delegation.organisation_id.id,
                        "person_id": user.partner_id.id,
                        "state": "active",
                    }
                )

    def test_one_sentence_for_each_wrong_number(self):
        for vals, word in (
            ({"kind": "company", "company_registry": "123456789"}, "SIREN has a wrong figure"),
            (
                {"kind": "company", "company_registry": "732 829 320 00075"},
                "SIRET has a wrong figure",
            ),
            ({"kind": "company", "company_registry": "12345"}, "nor a SIRET"),
            ({"kind": "company", "company_registry": "73282932000075"}, "SIRET"),
            ({"kind": "company", "company_registry": ""}, "SIREN"),
            ({"rna": "551000001"}, "RNA"),
            ({"rna": "W55100000"}, "RNA"),
            ({"rna": "W5510000012"}, "RNA"),
            ({"name": ""}, "name"),
            ({"name": "<b>Club</b>"}, "plain"),
            ({"name": "Club https://a.example"}, "plain"),
            ({"kind": "household"}, "what you are"),
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError) as caught:
                self._ask(self.camille, **vals)
            self.assertIn(word, str(caught.exception))

    def test_right_numbers_are_taken_however_they_are_written(self):
        delegation = self._ask(
            self.camille, kind="company", name="Menuiserie & Fils", company_registry="732 829 320"
        )
        self.assertEqual(delegation.organisation_id.company_registry, "732829320")
        delegation = self._ask(
            self.camille, kind="company", name="Menuiserie", company_registry="732 829 320 00074"
        )
        self.assertEqual(delegation.organisation_id.company_registry, "73282932000074")

    def test_a_stranger_does_not_ask_for_somebody_else(self):
        with self.assertRaises(AccessError):
            self.camille.partner_id.with_user(self.stranger)._ask_delegation(ASSOCIATION)

    def test_who_asked_is_told_what_was_decided(self):
        told = [("email_to", "ilike", self.camille.email)]
        Mail = self.env["mail.mail"]
        delegation = self._ask(self.camille, name="Le Foyer, mes mots")
        self.assertFalse(Mail.search(told))
        delegation.with_user(self.manager).action_refuse()
        (mail,) = Mail.search(told)
        self.assertIn("Le Foyer, mes mots", mail.body_html)
        self.assertNotIn(f"/my/organisme/{delegation.organisation_id.id}", mail.body_html)
        delegation = self._ask(self.camille, rna="W551000009")
        delegation.with_user(self.manager).action_accept()
        accepted = Mail.search(told) - mail
        self.assertIn(f"/my/organisme/{delegation.organisation_id.id}", accepted.body_html)
