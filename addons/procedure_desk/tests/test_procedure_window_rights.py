from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.procedure.tests.common import ProcedureCommon


@tagged("post_install", "-at_install")
class TestWindowRights(ProcedureCommon):
    """What a window of words tells, and to whom: the school is consulted on `self.request`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure.consulted_service_ids = cls.school
        cls.request = cls._submit()
        cls.env.flush_all()
        cls.env.invalidate_all()

    def test_a_wizard_is_its_author_s(self):
        """The words of a decision are typed in one, and a colleague's click would send them."""
        Wizard = self.env["procedure.reason.wizard"]
        values = {"request_id": self.request.id, "action": "refuse", "reasons": "KRYPTON"}
        mine = Wizard.with_user(self.agent).create(values)
        for user in self.secretary | self.school_agent | self.colleague | self.manager:
            other = mine.with_user(user)
            with self.subTest(user=user.login):
                self.assertFalse(other.search_count([("reasons", "ilike", "krypton")]))
                for act in ("read", "write", "unlink"):
                    self.assertFalse(other.has_access(act), act)
                with self.assertRaises(AccessError):
                    other.read(["reasons"])
                with self.assertRaises(AccessError):
                    other.write({"reasons": "Autre chose"})
                with self.assertRaises(AccessError):
                    other.action_confirm()
        self.assertEqual(mine.search([("id", "=", mine.id)]), mine)
        mine.action_confirm()
        self.assertEqual(self.request.decision_ids.filtered("active").reasons, "KRYPTON")

    def test_a_wizard_shows_no_request_of_another_service(self):
        self.procedure.consulted_service_ids = False
        request = self._submit()
        line = request.document_line_ids
        line.with_user(self.agent).action_refuse("Illisible")
        for user in (self.school_agent, self.secretary):
            Wizard = self.env["procedure.completion.wizard"].with_user(user)
            with self.assertRaises(AccessError):
                Wizard.create({"request_id": request.id}).line_ids.read(["reason"])
            with self.assertRaises(AccessError):
                Wizard.with_context(default_request_id=request.id).onchange(
                    {}, [], {"request_id": {}, "line_ids": {"fields": {"reason": {}}}}
                )
            with self.assertRaises(AccessError):
                self.env["procedure.reason.wizard"].with_user(user).create(
                    {"request_id": request.id, "action": "refuse"}
                )
        mine = self._submit(procedure=self._procedure("Cantine", "CANT", self.school))
        wizard = (
            self.env["procedure.completion.wizard"]
            .with_user(self.school_agent)
            .create({"request_id": mine.id})
        )
        with self.assertRaises(AccessError):
            wizard.request_id = request
        with self.assertRaises(UserError):
            self.env["procedure.completion.wizard.line"].with_user(self.school_agent).create(
                {"wizard_id": wizard.id, "document_line_id": line.id}
            )
        lead = (
            self.env["procedure.completion.wizard"]
            .with_user(self.agent)
            .create({"request_id": request.id})
        )
        self.assertEqual(lead.line_ids.mapped("reason"), ["Illisible"])

    def test_a_wizard_tells_nothing_of_a_request_that_one_does_not_read(self):
        """Nor before it is saved."""
        self.assertWizardTellsNothing(
            ("procedure.completion.wizard", "version_id", {}),
            ("procedure.reason.wizard", "warnings_html", {"action": "accept"}),
        )
