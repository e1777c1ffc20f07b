from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from odoo.addons.procedure.tests.common import ProcedureCommon


@tagged("post_install", "-at_install")
class TestDecisionWindow(ProcedureCommon):
    """Who has no title decides nothing (CRPA L212-1), and is told before she types."""

    def setUp(self):
        super().setUp()
        self.request = self._submit()
        self.agent.partner_id.function = False

    def test_the_window_says_it_before_anything_is_typed(self):
        Wizard = self.env["procedure.reason.wizard"].with_user(self.agent)
        for action, is_told in (("accept", True), ("refuse", True), ("reopen", False)):
            context = {"default_request_id": self.request.id, "default_action": action}
            window = Form(Wizard.with_context(**context))
            self.assertEqual("Configuration > Agents" in (window.author_problem or ""), is_told)
        self.agent.partner_id.function = "Agent"
        context["default_action"] = "accept"
        self.assertFalse(Form(Wizard.with_context(**context)).author_problem)

    def test_several_at_once_are_refused_before_the_first(self):
        wizard = (
            self.env["procedure.bulk.wizard"]
            .with_user(self.agent)
            .create(
                {"request_ids": self.request.ids, "action": "refuse", "reasons": "Hors commune."}
            )
        )
        with self.assertRaisesRegex(UserError, "Configuration > Agents"):
            wizard.action_confirm()
        self.assertEqual(wizard.author_problem, self.request._get_author_problem(self.agent))
        wizard.action = "take"
        wizard.action_confirm()
        self.assertEqual(self.request.state, "in_review")
