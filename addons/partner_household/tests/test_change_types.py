from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..change_types import OWN_TYPES, ChangeType
from .common import HouseholdCase


class NicknameType(ChangeType):
    """What an addon would bring: a word kept on the sheet of the household."""

    code = "nickname"
    argument = "nickname"
    label = "Nickname"

    def prepare(self, proposal, raw):
        if raw == "?":
            proposal.errors.append("What is it?")
        return [{"field_key": "nickname", "new_text": raw, "new_value": raw}]

    def read_known(self, line):
        return line.change_id.subject_id.comment

    def apply(self, line):
        line.change_id.subject_id.comment = line.new_value


@tagged("post_install", "-at_install")
class TestChangeTypes(HouseholdCase):
    """The contract of `household.change.types`: an addon brings a type, and may be taken off."""

    def _with_types(self, *more):
        types = OWN_TYPES | {each.code: each for each in more}
        Types = type(self.env["household.change.types"])
        return patch.object(Types, "_get_types", lambda self: types)

    def _propose(self, **values):
        change = (
            self.env["household.change"]
            .with_user(self.camille)
            ._propose(
                self.household.with_user(self.camille),
                self.camille.partner_id.with_user(self.camille),
                values,
            )
        )
        return change.with_env(self.env)

    def test_a_type_of_an_addon_is_proposed_accepted_and_grows_stale(self):
        with self._with_types(NicknameType()):
            with self.assertRaisesRegex(UserError, "What is it"):
                self._propose(nickname="?")
            first, second = (self._propose(nickname=word) for word in ("Les lilas", "La haie"))
            self.assertEqual((first.line_ids.type, first.line_ids.label), ("nickname", "Nickname"))
            first.line_ids.with_user(self.manager).action_accept()
            self.assertIn("Les lilas", self.household.comment)
            second.line_ids.with_user(self.manager).action_accept()
            self.assertEqual(second.line_ids.state, "stale")

    def test_once_its_addon_is_gone_a_line_is_read_and_refused(self):
        with self._with_types(NicknameType()):
            line = self._propose(nickname="Les lilas").line_ids.with_user(self.manager)
        line.invalidate_recordset()
        self.assertEqual(line.label, "nickname")
        with self.assertRaisesRegex(UserError, "is gone"):
            line.action_accept()
        self.assertEqual(line.state, "proposed")
        line.action_refuse("Plus suivi.")
        self.assertEqual(line.change_id.state, "refused")
        with self.assertRaises(UserError, msg="an argument that nobody reads is no change"):
            self._propose(nickname="Les lilas")
