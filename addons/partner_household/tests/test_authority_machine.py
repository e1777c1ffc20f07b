from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import HouseholdCase

ACTIONS = ("verify", "contest", "withdraw", "accept", "end", "join", "declare", "write", "create")
TARGETS = ("own", "other", "mine_elsewhere")


@tagged("post_install", "-at_install", "-standard", "sweep_machines")
class TestAuthorityMachine(HouseholdCase):
    """Whatever persons without title call, in any order, none of them ever reads the child."""

    def _call(self, user, action, target):
        authorities = {
            "own": self.declared,
            "other": self.authority,
            "mine_elsewhere": self.elsewhere,
        }
        authority = authorities[target].with_user(user)
        me = user.partner_id
        calls = {
            "verify": lambda: authority.action_verify("Vu"),
            "contest": lambda: authority.action_contest("Non"),
            "withdraw": lambda: authority.action_withdraw("Vu"),
            "accept": lambda: authority.action_accept_by_holder(),
            "end": lambda: authority.action_end(),
            "join": lambda: authority.action_join(self.child.id, "Vu"),
            "declare": lambda: me.with_user(user)._declare_child(
                {"firstname": "Lou", "lastname": "Bertin", "birthdate": "2017-03-02"}
            ),
            "write": lambda: authority.write({"state": "verified", "holder_id": me.id}),
            "create": lambda: authority.create(
                {"child_id": self.child.id, "holder_id": me.id, "state": "verified"}
            ),
        }
        with suppress(AccessError, UserError, ValidationError), self.cr.savepoint():
            calls[action]()

    def test_no_sequence_of_calls_by_persons_without_title_opens_the_child(self):
        self.declared = self._second_holder()
        self.elsewhere = self._declare_as(
            self.stranger, "Ana", "Voisin", "2019-05-05"
        ).authority_ids
        self.elsewhere.state = "verified"
        self._open_file_to(self.service | self.other_service)
        without_title = {
            "sacha": self.sacha,
            "stranger": self.stranger,
            "waste": self.agent,
            "secretary": self.secretary,
            "communication": self.communication,
            "dpo": self.dpo,
        }
        residents = (self.sacha, self.stranger)

        @settings(max_examples=10)
        @given(
            st.lists(
                st.tuples(
                    st.sampled_from(sorted(without_title)),
                    st.sampled_from(ACTIONS),
                    st.sampled_from(TARGETS),
                ),
                min_size=1,
                max_size=8,
            )
        )
        def sequences(calls):
            with self.cr.savepoint() as savepoint:
                for who, action, target in calls:
                    self._call(without_title[who], action, target)
                for user in residents:
                    self.assertReadsNot(user, self.child)
                    self.assertFalse(self.child._is_child_accessible_by(user.partner_id))
                self.assertReads(self.camille, self.child)
                savepoint.rollback()
            self.env.invalidate_all()

        sequences()

    def test_the_same_calls_by_entitled_persons_do_open_it(self):
        """So the property above is not true for want of trying."""
        self.declared = self._second_holder()
        self.elsewhere = self.declared
        self._call(self.manager, "verify", "own")
        self.assertReads(self.sacha, self.child)
