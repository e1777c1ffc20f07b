from odoo.addons.partner_household.tests import snapshot
from odoo.addons.partner_household.tests.common import HouseholdCase

TRACE = {"write_date", "write_uid"}
# Of the merge itself, and what Odoo notes of an account that is opened or closed.
OWN = ("person_merge", "res_users_log", "bus_")
# What it tells is its own too; what was written before is not.
TOLD = ("mail_message", "mail_mail")


def find_left(before, after):
    """What a merge that is undone leaves: {(table, key): columns}."""
    return {
        key: columns - TRACE
        for key, columns in snapshot.compare(before, after).items()
        if columns - TRACE
        and not key[0].startswith(OWN)
        and (key in before or not key[0].startswith(TOLD))
    }


class MergeCase(HouseholdCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Merge = cls.env["person.merge"]

    def _merge_by(self, user, kept, merged, reason="Même téléphone"):
        merge = self.Merge.with_user(user)._merge(
            kept.with_user(user), merged.with_user(user), reason
        )
        self.env.invalidate_all()
        return merge.with_env(self.env)

    def _find_similar_by(self, user, sheet):
        """As this person reads it."""
        self.env.invalidate_all()
        return sheet.with_user(user).similar_sheet_id.with_env(self.env)

    def assertUndoneAsBefore(self, kept, merged):
        """Merged, much of the database changed; undone, nothing of it is left."""
        before = snapshot.take(self.env)
        merge = self._merge_by(self.manager, kept, merged)
        self.assertGreater(len(find_left(before, snapshot.take(self.env))), 4)
        merge.with_user(self.manager).action_undo()
        self.assertEqual(find_left(before, snapshot.take(self.env)), {})
        self.env.invalidate_all()
        self.assertEqual((merged.active, merge.state), (True, "undone"))
