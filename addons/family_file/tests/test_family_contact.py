from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import FamilyCase


@tagged("post_install", "-at_install")
class TestFamilyContact(FamilyCase):
    def test_a_grandmother_fetches_then_fetches_no_more(self):
        row = self.name(self.camille, name="  Mireille   Duchêne ")
        self.assertEqual(
            (row.name, row.may_fetch, row.is_current), ("Mireille Duchêne", True, True)
        )
        row.with_user(self.camille)._withdraw()
        self.assertFalse(row.is_current)
        self.assertTrue(row.withdrawn_on, "that she might fetch the child this morning stays")
        self.assertFalse(self.Contact.search([("is_current", "=", True)]))

    def test_somebody_named_for_a_time(self):
        row = self.name(self.camille, date_end="2026-11-25")
        self.assertTrue(row.is_current)
        row.date_start, row.date_end = "2026-11-01", "2026-11-24"
        self.assertFalse(row.is_current)

    def test_another_name_is_another_row_and_to_be_looked_at_again(self):
        row = self.name(self.camille)
        row.with_user(self.manager).action_see_identity()
        self.assertEqual(
            (str(row.identity_seen_on), row.identity_seen_by.id), ("2026-11-25", self.manager.id)
        )
        values = {"name": row.name, "link": "mamie", "phone": row.phone, "may_fetch": True}
        nearer = row.with_user(self.camille)._correct(values).with_env(self.env)
        self.assertEqual((nearer.link, nearer.identity_seen_on), ("mamie", row.identity_seen_on))
        self.assertEqual((row.link, bool(row.withdrawn_on)), ("grand-mère", True))
        other = nearer.with_user(self.camille)._correct({**values, "name": "Mireille Colin"})
        other = other.with_env(self.env)
        self.assertFalse(other.identity_seen_on or other.identity_seen_by)
        self.assertEqual(self.Contact.search([("is_current", "=", True)]), other)

    def test_what_does_not_change_is_the_same_row(self):
        row = self.name(self.camille, call_rank=2)
        values = {name: row[name] for name in ("name", "link", "phone", "may_fetch", "call_rank")}
        self.assertEqual(row.with_user(self.camille)._correct(values).id, row.id)
        self.assertEqual(
            row.with_user(self.camille)._correct({**values, "call_rank": 1}).id, row.id
        )
        self.assertEqual(row.call_rank, 1)

    def test_those_who_are_called_have_an_order_that_changes(self):
        first = self.name(self.camille, call_rank=1)
        second = self.name(self.camille, name="Paul", call_rank=2)
        self.name(self.camille, name="Nina")
        named = self.Contact.with_user(self.camille)._list_named(
            self.camille.partner_id, self.child.with_user(self.camille)
        )
        self.assertEqual([same.name for same in named], ["Mireille Duchêne", "Paul", "Nina"])
        second.with_user(self.camille)._call_first()
        self.assertEqual((second.call_rank, first.call_rank), (1, 2))
        with self.assertRaises(AccessError):
            first.with_user(self.sacha)._call_first()
        fetches = named[2].with_env(self.env)
        fetches.with_user(self.camille)._call_first()
        self.assertFalse(fetches.call_rank, "she fetches, and is not called")

    def test_only_who_reads_the_file_notes_that_an_identity_was_seen(self):
        row = self.name(self.camille)
        for user in (self.camille, self.sacha, self.stranger, self.agent, self.family_agent):
            with self.subTest(user.login), self.assertRaises(AccessError):
                row.with_user(user).action_see_identity()
        self.assertFalse(row.identity_seen_on)
        self._open_file_to(self.other_service)
        row.with_user(self.family_agent).action_see_identity()
        self.assertEqual(row.identity_seen_by, self.family_agent)

    def test_one_who_fetches_one_child_and_is_called_for_another_is_shown_twice(self):
        other = self._declare_as(self.camille, "Noé", "Bertin", "2020-06-10")
        self.name(self.camille)
        self.name(self.camille, other, may_fetch=False, call_rank=1)
        named = self.Contact._list_named(self.camille.partner_id, self.child | other)
        self.assertEqual([same.child_id for same in named], [other, self.child])

    def test_the_staff_withdraws_whom_a_parent_without_authority_named(self):
        row = self.name(self.sacha)
        self.other_authority.kind = "withdrawn"
        self.assertFalse(row.stands)
        with self.assertRaises(AccessError):
            row.with_user(self.sacha)._withdraw()
        for user in (self.agent, self.family_agent):
            with self.assertRaises(AccessError):
                row.with_user(user).action_withdraw()
        self._open_file_to(self.other_service)
        row.with_user(self.family_agent).action_withdraw()
        self.assertTrue(row.withdrawn_on)

    def test_an_agent_who_is_a_parent_types_nothing_for_the_other_one(self):
        agent = self.family_agent
        self._open_file_to(self.other_service)
        self.sacha.partner_id.reader_service_ids += self.other_service
        self.env["parental.authority"]._declare(self.child, agent.partner_id).state = "verified"
        parent = self.sacha.partner_id.with_user(agent)
        with self.assertRaises(AccessError):
            self.Contact.with_user(agent)._say(
                self.child.with_user(agent),
                parent,
                {"name": "Moi", "link": "amie", "phone": "06 39 98 00 11", "may_fetch": True},
            )

    def test_what_is_typed_wrong_is_told(self):
        for values, words in (
            ({"name": " "}, "Give her or his name"),
            ({"link": ""}, "who this person is"),
            ({"phone": ""}, "phone number"),
            ({"phone": "06 39 98 00"}, "no phone number"),
            ({"phone": "x" * 81}, "80 characters"),
            ({"name": "x" * 81}, "80 characters"),
            ({"may_fetch": False}, "what she does"),
        ):
            with self.subTest(values), self.assertRaisesRegex(ValidationError, words):
                self.name(self.camille, **values)
        self.assertTrue(self.name(self.camille, may_fetch=False, call_rank=1))

    def test_the_other_parent_neither_corrects_nor_withdraws_her(self):
        row = self.name(self.camille)
        for user in (self.sacha, self.stranger):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    row.with_user(user)._withdraw()
                with self.assertRaises(AccessError):
                    row.with_user(user)._correct({"name": "Autre"})
        self.assertEqual(row.name, "Mireille Duchêne")
