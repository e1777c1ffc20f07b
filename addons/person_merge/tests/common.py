from odoo.addons.partner_household.tests import snapshot
from odoo.addons.partner_household.tests.common import HouseholdCase

TRACE = {"write_date", "write_uid"}
# Of the merge itself, and what Odoo notes of an account that is opened or closed.
OWN = ("person_merge", "mail_message", "mail_mail", "res_users_log", "bus_")


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
        middle = snapshot.compare(before, snapshot.take(self.env))
        self.assertGreater(len([key for key in middle if not key[0].startswith(OWN)]), 4)
        merge.with_user(self.manager).action_undo()
        touched = snapshot.compare(before, snapshot.take(self.env))
        self.assertEqual(
            {
                key: columns - TRACE
                for key, columns in touched.items()
                if columns - TRACE and not key[0].startswith(OWN)
            },
            {},
        )
        self.env.invalidate_all()
        self.assertEqual((merged.active, merge.state), (True, "undone"))
