from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RetentionCommon
from .test_procedure_retention import END, FIRST, SECOND


@tagged("post_install", "-at_install")
class TestProcedureHold(RetentionCommon):
    def setUp(self):
        super().setUp()
        self.request = self._finish(self._submit())

    def _apply(self, user, number=None, reason="Recours n° 12", is_lift=False):
        number = number or self.request.number
        wizard = self.env["procedure.hold.wizard"].with_user(user)
        wizard.create(
            {"number": number, "kind": "appeal", "reason": reason, "is_lift": is_lift}
        ).action_apply()

    def test_a_hold_stops_the_clock_until_it_is_removed(self):
        self._run(FIRST)
        self._apply(self.dpo)
        self.assertFalse(self._warnings(self.request), "at once: it may be removed before a run")
        for day in (SECOND, END, "2030-01-01"):
            self._run(day)
        self.assertFalse(self.request.date_anonymised)
        self.assertFalse(self._warnings(self.request))
        with self.assertRaises(UserError):
            self.request.sudo()._anonymise()
        self._apply(self.manager, reason="Affaire close", is_lift=True)
        for day in ("2030-02-01", "2030-03-05", "2030-04-01"):
            self._run(day)
            self.assertFalse(self.request.date_anonymised, "two new warnings")
        self._run("2030-04-05")
        self.assertTrue(self.request.date_anonymised)
        self.assertFalse(self.env["procedure.request.hold"].search([]), "its reason names people")
        events = self.env["privacy.retention.journal"].search(
            [("event", "in", ("held", "released"))]
        )
        self.assertEqual(len(events), 2)
        self.assertNotIn("Recours", str(events.read()))

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_who_holds(self):
        for user in (self.agent, self.secretary, self.communication, self.camille):
            with self.assertRaises(AccessError):
                self._apply(user)
            with self.assertRaises(AccessError):
                self.env["procedure.request.hold"].with_user(user)._set(
                    self.request.number, "appeal", "x"
                )
        self._apply(self.manager)
        hold = self.env["procedure.request.hold"].search([])
        self.assertEqual((hold.set_by_id, hold.reason), (self.manager, "Recours n° 12"))
        for user in (self.agent, self.secretary, self.communication, self.camille):
            self.assertFalse(hold.with_user(user).has_access("read"), user.login)
            with self.assertRaises(AccessError):
                hold.with_user(user)._lift("x")
        admin = self.env.ref("base.user_admin")
        for user in (self.dpo, self.manager, self.agent, admin):
            with self.assertRaises(AccessError):
                hold.with_user(user).write({"lifted_on": "2026-01-01"})
            with self.assertRaises(AccessError):
                hold.with_user(user).unlink()
            with self.assertRaises(AccessError):
                hold.with_user(user).create({"number": self.request.number})
        self.assertFalse(hold.lifted_on)
        # The agent sees that it is held, not why.
        self.assertTrue(self.request.with_user(self.agent).is_held)

    def test_the_officer_reads_no_request_by_it(self):
        self._apply(self.dpo)
        hold = self.env["procedure.request.hold"].with_user(self.dpo).search([])
        self.assertEqual(hold.number, self.request.number)
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            hold.read(["request_id"])
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
            self.request.with_user(self.dpo).read(["number"])

    def test_a_reason_and_a_known_number_are_asked(self):
        for number, reason in ((None, " "), ("ESSAI-1999-0001", "x"), (" ", "x")):
            with self.assertRaises(UserError):
                self._apply(self.dpo, number=number, reason=reason)
        self._apply(self.dpo, number=f" {self.request.number.lower()} ")
        with self.assertRaises(UserError):
            self._apply(self.dpo)
        with self.assertRaises(UserError):
            self._apply(self.dpo, reason=" ", is_lift=True)
