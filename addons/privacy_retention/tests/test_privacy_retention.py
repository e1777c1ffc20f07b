from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..models.privacy_processing import read_months


@tagged("post_install", "-at_install")
class TestPrivacyRetention(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            name: new_test_user(cls.env, f"ret_{name}", f"territory_base.territory_group_{name}")
            for name in ("dpo", "manager", "agent", "secretary", "communication")
        }
        cls.users["portal"] = new_test_user(cls.env, "ret_portal", "base.group_portal")
        cls.rule = cls.env["privacy.retention"].create(
            {
                "name": "Essai",
                "model_name": "privacy.retention.mixin",
                "has_own_delay": True,
                "months": 12,
            }
        )

    def _as(self, name, records=None):
        return (self.rule if records is None else records).with_user(self.users[name])

    def test_who_reads_the_rules_and_the_journal(self):
        self.rule._log("gone", "Essai", 3)
        entry = self.env["privacy.retention.journal"].search([], limit=1)
        for name in self.users:
            may = name in ("dpo", "manager")
            self.assertEqual(self._as(name).has_access("read"), may, name)
            self.assertEqual(self._as(name, entry).has_access("read"), may, name)
            Warning_ = self.env["privacy.retention.warning"].with_user(self.users[name])
            self.assertFalse(Warning_.has_access("read"), name)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_nobody_writes_the_journal(self):
        self.rule._log("gone", "Essai", 3)
        entry = self.env["privacy.retention.journal"].search([], limit=1)
        for user in (*self.users.values(), self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                entry.with_user(user).create({"rule": "x", "event": "gone"})
            with self.assertRaises(AccessError):
                entry.with_user(user).write({"count": 0})
            with self.assertRaises(AccessError):
                entry.with_user(user).unlink()
        # Not even by a mistake of our own code.
        with self.assertRaises(AccessError):
            entry.sudo().write({"count": 0})
        with self.assertRaises(AccessError):
            entry.sudo().unlink()
        self.assertEqual(entry.count, 3)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_only_the_officer_sets_a_delay_and_turns_a_rule_on(self):
        self.rule.write({"previewed_by_id": self.users["dpo"].id, "previewed_on": "2026-01-01"})
        for name in set(self.users) - {"dpo"}:
            with self.assertRaises(AccessError):
                self._as(name).write({"months": 1})
            with self.assertRaises(AccessError):
                self._as(name).action_enable()
        for vals in ({"enabled_on": "2026-01-01"}, {"previewed_on": False}, {"model_name": "x"}):
            with self.assertRaises(AccessError):
                self._as("dpo").write(vals)
        self._as("dpo").action_enable()
        self.assertEqual(self.rule.enabled_by_id, self.users["dpo"])
        self.assertTrue(self.rule.enabled_on)
        for name in set(self.users) - {"dpo"}:
            with self.assertRaises(AccessError):
                self._as(name).action_disable()
        self._as("dpo").action_disable()
        self.assertFalse(self.rule.enabled_on)
        events = self.env["privacy.retention.journal"].search(
            [("retention_id", "=", self.rule.id)], order="id"
        )
        self.assertEqual(events.mapped("event"), ["enabled", "disabled"])

    def test_a_rule_is_not_turned_on_before_its_dry_run_was_seen(self):
        with self.assertRaisesRegex(UserError, "Look first|Regardez d"):
            self._as("dpo").action_enable()
        # The look of a manager is not that of the officer.
        self.rule.write({"previewed_by_id": self.users["manager"].id, "previewed_on": "2026-01-01"})
        with self.assertRaises(UserError):
            self._as("dpo").action_enable()

    def test_turning_on_promises_the_warnings_of_this_rule_only(self):
        view = self._as("dpo").get_view(view_type="form")["arch"]
        buttons = etree.fromstring(view).xpath("//button[@name='action_enable']")
        warned = {button.get("invisible").endswith("not warns"): button for button in buttons}
        self.assertIn("twice", warned[True].get("confirm"))
        self.assertNotIn("twice", warned[False].get("confirm"))

    def test_what_its_own_job_erases_has_a_group_of_its_own(self):
        Preview = self.env["privacy.retention.preview"]
        Preview._compute_for(self.env["privacy.retention"])
        own = Preview.search([("outcome", "=", "own")])
        self.assertTrue(all(own.mapped("name")), "no group “None”")

    def test_a_changed_delay_stops_the_rule_and_asks_for_another_look(self):
        self.rule.write({"previewed_by_id": self.users["dpo"].id, "previewed_on": "2026-01-01"})
        self._as("dpo").action_enable()
        self._as("dpo").write({"months": 6})
        self.assertFalse(self.rule.enabled_on)
        self.assertFalse(self.rule.previewed_on)
        with self.assertRaises(UserError):
            self._as("dpo").action_enable()

    def test_delays_that_a_text_promises(self):
        text = "Un an après la fin ; les pièces au plus 2 mois. Dix ans pour la comptabilité."
        self.assertEqual(read_months(text), {12, 2, 120})
        self.assertEqual(read_months("Tant que votre compte sert."), set())
