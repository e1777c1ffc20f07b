from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import HouseholdCase


@tagged("post_install", "-at_install")
class TestHouseholdChange(HouseholdCase):
    def _propose(self, user, **values):
        household = user.partner_id._current_household()
        change = (
            self.env["household.change"]
            .with_user(user)
            ._propose(household.with_user(user), user.partner_id.with_user(user), values)
        )
        return change.with_env(self.env)

    def _address(self, **values):
        return {"street": "5 rue Haute", "commune": "99002", "date": "2026-12-01", **values}

    def test_nothing_changes_before_a_line_is_accepted(self):
        me = self.camille.partner_id
        change = self._propose(
            self.camille,
            address=self._address(),
            persons={me.id: {"lastname": "Duchêne-Roy", "phone": "03 29 55 55 55"}},
        )
        self.assertEqual(
            {line.field_key: (line.old_text, line.new_text) for line in change.line_ids},
            {
                "address": ("8 rue du Lavoir, 99100 Valmont", "5 rue Haute, 99200 Clairval"),
                "lastname": ("Duchêne", "Duchêne-Roy"),
                "phone": ("", "03 29 55 55 55"),
            },
        )
        self.assertEqual((me.lastname, me._current_dwelling()), ("Duchêne", self.dwelling))
        self.assertEqual(
            {line.field_key: str(line.date_from) for line in change.line_ids},
            {"address": "2026-12-01", "lastname": "False", "phone": "False"},
        )
        lines = {line.field_key: line for line in change.line_ids.with_user(self.manager)}
        lines["lastname"].action_accept()
        self.assertEqual((me.name, me.phone), ("Camille Duchêne-Roy", False))
        lines["phone"].action_refuse("Numéro incomplet")
        self.assertFalse(me.phone)
        self.assertEqual(change.state, "proposed")
        lines["address"].action_accept()
        self.assertEqual(change.state, "done")
        new = self.household.occupancy_ids.filtered(lambda line: not line.date_end)
        self.assertEqual(new.dwelling_id.display_name, "5 rue Haute, 99200 Clairval")
        self.assertEqual(str(new.date_start), "2026-12-01")

    def test_all_refused_is_refused(self):
        change = self._propose(self.camille, address=self._address())
        with self.assertRaises(UserError):
            change.line_ids.with_user(self.manager).action_refuse(" ")
        change.line_ids.with_user(self.manager).action_refuse("Adresse inconnue")
        self.assertEqual(change.state, "refused")

    def test_two_agents_do_not_decide_twice(self):
        change = self._propose(self.camille, address=self._address())
        change.line_ids.with_user(self.manager).action_accept()
        for action in ("action_accept", "action_refuse"):
            args = ["Non"] if action == "action_refuse" else []
            with self.assertRaises(UserError):
                getattr(change.line_ids.with_user(self.manager), action)(*args)

    def test_who_decides(self):
        change = self._propose(self.camille, address=self._address())
        self._open_file_to(self.service | self.town_hall)
        for user in (
            self.camille
            | self.sacha
            | self.stranger
            | self.agent
            | self.family_agent
            | self.secretary
            | self.communication
            | self.dpo
            | self.technician
        ):
            for call in (
                lambda line: line.action_accept(),
                lambda line: line.action_refuse("Non"),
                lambda line: line.write({"state": "accepted"}),
            ):
                with self.subTest(user=user.login), self.assertRaisesKeeping(AccessError):
                    call(change.line_ids.with_user(user))
        self._open_file_to(self.other_service)
        change.line_ids.with_user(self.family_agent).action_accept()
        self.assertEqual(change.state, "done")

    def test_who_reads(self):
        change = self._propose(self.camille, address=self._address())
        self._open_file_to(self.other_service | self.service)
        for user in self.camille | self.family_agent | self.manager:
            self.assertReads(user, change)
            self.assertReads(user, change.line_ids)
        for user in self.sacha | self.stranger | self.agent | self.secretary:
            self.assertReadsNot(user, change)
            self.assertReadsNot(user, change.line_ids)

    def test_only_an_adult_of_the_household_proposes_about_herself_and_her_children(self):
        Change = self.env["household.change"]
        for user in self.sacha | self.stranger | self.agent:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                Change.with_user(user)._propose(
                    self.household.with_user(user),
                    user.partner_id.with_user(user),
                    {"address": self._address()},
                )
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                Change.with_user(user)._propose(
                    self.household.with_user(user),
                    self.camille.partner_id.with_user(user),
                    {"address": self._address()},
                )
        self._propose(self.camille, persons={self.child.id: {"birthplace": "Verdun"}})
        self.env["household.membership"].create(
            {"household_id": self.household.id, "person_id": self.stranger.partner_id.id}
        )
        for person in self.sacha.partner_id | self.stranger.partner_id:
            with self.assertRaises(AccessError):
                self._propose(self.camille, persons={person.id: {"lastname": "Autre"}})
            with self.assertRaises(AccessError):
                self._propose(
                    self.camille, departures=[{"person": person.id, "date": "2026-12-01"}]
                )

    def test_only_known_fields_are_proposed(self):
        me = self.camille.partner_id
        for person, name in (
            (me, "email"),
            (me, "kind"),
            (me, "declarant_id"),
            (self.child, "phone"),
            (self.child, "active"),
        ):
            with self.subTest(field=name), self.assertRaises(AccessError):
                self._propose(self.camille, persons={person.id: {name: "x"}})

    def test_what_is_wrong_is_told(self):
        me = self.camille.partner_id
        for values, word in (
            ({"address": self._address(commune="00000")}, "commune"),
            ({"address": self._address(street="")}, "street"),
            ({"address": self._address(date="31/02/2026")}, "does not exist"),
            ({"persons": {me.id: {"birthdate": "2030-01-01"}}}, "future"),
            ({"persons": {me.id: {"phone": "abc"}}}, "number"),
            ({"arrivals": [{"firstname": "A", "lastname": "B", "role": "child"}]}, "birth date"),
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError) as caught:
                self._propose(self.camille, **values)
            self.assertIn(word, str(caught.exception))

    def test_nothing_new_is_not_a_proposal(self):
        with self.assertRaises(UserError):
            self._propose(
                self.camille,
                address={"street": "8, r. du Lavoir", "commune": "99001"},
                persons={self.camille.partner_id.id: {"lastname": "Duchêne"}},
            )

    def test_an_arrival_and_a_departure(self):
        change = self._propose(
            self.camille,
            arrivals=[
                {"firstname": "Noé", "lastname": "Roy", "birthdate": "2026-11-20", "role": "child"},
                {
                    "firstname": "Ida",
                    "lastname": "Roy",
                    "birthdate": "1990-05-05",
                    "role": "adult",
                    "email": "ida@exemple.test",
                },
            ],
            departures=[{"person": self.child.id, "date": "2026-12-01"}],
        )
        self.assertEqual(len(self.household.member_ids), 2)
        change.line_ids.with_user(self.manager).action_accept()
        members = self.household.member_ids
        self.assertEqual(set(members.person_id.mapped("firstname")), {"Camille", "Lou", "Noé"})
        invited = self.env["household.invitation"].search([])
        self.assertEqual((invited.name, invited.household_id), ("Ida Roy", self.household))
        left = members.filtered(lambda member: member.person_id == self.child)
        self.assertEqual(str(left.date_end), "2026-12-01")
        newborn = members.person_id.filtered(lambda person: person.firstname == "Noé")
        self.assertReads(self.camille, newborn)

    def test_who_asked_is_told_once_all_is_decided_and_the_mail_repeats_nothing(self):
        me = self.camille.partner_id
        change = self._propose(
            self.camille,
            address=self._address(),
            persons={me.id: {"phone": "03 29 55 55 55"}},
        )
        told = [("email_to", "ilike", self.camille.email)]
        Mail = self.env["mail.mail"]
        lines = change.line_ids.with_user(self.manager)
        lines[0].action_accept()
        self.assertFalse(Mail.search(told))
        lines[1].action_refuse("Non.")
        (mail,) = Mail.search(told)
        self.assertIn("/my/foyer", mail.body_html)
        for words in ("rue Haute", "55 55", "Camille"):
            self.assertNotIn(words, mail.body_html)

    def test_what_nobody_knows_is_not_asked_for(self):
        me = self.camille.partner_id
        me.birthdate = False
        change = self._propose(self.camille, persons={me.id: {"birthplace": "Verdun"}})
        self.assertEqual(change.line_ids.new_text, "Verdun")
        with self.assertRaises(ValidationError):
            self._propose(self.camille, persons={me.id: {"birthdate": ""}})
