from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import html2plaintext

from odoo.addons.procedure.tests.test_procedure_request_circuit import CircuitCommon


@tagged("post_install", "-at_install")
class TestBulk(CircuitCommon):
    """Several requests at once: each alone, and a report."""

    def _bulk(self, requests, action, user=None, **values):
        Wizard = self.env["procedure.bulk.wizard"].with_user(user or self.agent)
        wizard = Wizard.create({"request_ids": requests.ids, "action": action, **values})
        wizard.action_confirm()
        return wizard

    def test_what_can_be_done_is_done_and_the_rest_is_told(self):
        todo = self._submit() | self._submit()
        done_already = self._in_state("refused")
        wizard = self._bulk(todo | done_already, "refuse", reasons="Complet")
        self.assertEqual(set(todo.mapped("state")), {"refused"})
        self.assertEqual(todo.decision_ids.mapped("reasons"), ["Complet", "Complet"])
        self.assertEqual(len(done_already.decision_ids), 1)
        self.assertIn("Done: 2", self._text(wizard))
        self.assertIn("Not done: 1", self._text(wizard))
        self.assertIn(done_already.number, wizard.report_html)
        self.assertIn(self.agent.name, wizard.report_html, "who was first")

    def _text(self, wizard):
        return " ".join(html2plaintext(wizard.report_html).replace("*", "").split())

    def test_who_and_what_leaves_is_seen_before(self):
        requests = self._submit() | self._submit()
        Wizard = self.env["procedure.bulk.wizard"].with_user(self.agent)
        wizard = Wizard.create({"request_ids": requests.ids, "action": "accept"})
        for request in requests:
            self.assertIn(request.number, wizard.rows_html)
            self.assertIn(request.applicant_name, wizard.rows_html)
        self.assertIn(requests[0].applicant_email, wizard.rows_html, "where it goes")
        for warning in requests[0]._get_acceptance_warnings():
            self.assertIn(warning, html2plaintext(wizard.rows_html).replace("\n", " "))
        self.assertEqual(wizard.action_keep()["infos"], {"noReload": True})
        taken = Wizard.create({"request_ids": requests.ids, "action": "take"})
        self.assertFalse(taken.is_telling)
        self.assertNotIn(requests[0].applicant_email, taken.rows_html)

    def test_nobody_sees_who_asks_what_she_does_not_read(self):
        request = self._submit()
        Wizard = self.env["procedure.bulk.wizard"].with_user(self.school_agent)
        with self.assertRaises(AccessError):
            Wizard.new({"request_ids": request.ids, "action": "accept"}).rows_html  # noqa: B018

    def test_each_action(self):
        for action, state in (
            ("take", "in_review"),
            ("accept", "accepted"),
            ("refuse", "refused"),
            ("drop", "dropped"),
        ):
            with self.subTest(action):
                requests = self._submit() | self._submit()
                self._bulk(requests, action, reasons="Motif")
                self.assertEqual(requests.mapped("state"), [state, state])

    def test_given_to_a_colleague(self):
        requests = self._submit() | self._submit()
        self._bulk(requests, "assign", user_id=self.colleague.id)
        self.assertEqual(requests.user_id, self.colleague)
        wizard = self._bulk(requests, "assign", user_id=self.school_agent.id)
        self.assertIn("does not work for", wizard.report_html)
        self.assertEqual(requests.user_id, self.colleague)
        self._bulk(requests, "assign", user_id=False)
        self.assertFalse(requests.user_id)

    def test_the_same_report_when_it_is_sent_twice(self):
        request = self._submit()
        wizard = self._bulk(request, "refuse", reasons="Complet")
        mails, report = self._mails(request), wizard.report_html
        wizard.action_confirm()
        self.assertEqual(self._mails(request), mails)
        self.assertEqual(wizard.report_html, report)

    def test_a_replayed_post_refuses_nobody_twice(self):
        """The same values, in a wizard of its own."""
        request = self._submit()
        self._bulk(request, "refuse", reasons="Complet")
        mails = self._mails(request)
        again = self._bulk(request, "refuse", reasons="Complet")
        self.assertIn(request.number, again.report_html)
        self.assertEqual(self._mails(request), mails)
        self.assertEqual(len(request.decision_ids), 1)

    def test_a_reason_is_needed_before_anything_is_done(self):
        requests = self._submit() | self._submit()
        for action in ("refuse", "drop"):
            with self.subTest(action), self.assertRaisesKeeping(UserError):
                self._bulk(requests, action, reasons=" ")
        self.assertEqual(requests.mapped("state"), ["submitted", "submitted"])

    def test_it_gives_no_right(self):
        mine = self._submit()
        other = self._submit(procedure=self._procedure("École", "ECOLEBULK", self.school))
        wizard = self._bulk(mine, "accept")
        wizard.sudo().request_ids = mine | other
        wizard.sudo().is_done = False
        wizard.action_confirm()
        self.assertEqual(other.state, "submitted")
        self.assertNotIn(other.number, wizard.report_html, "she does not read it")
        self.procedure.consulted_service_ids = self.school
        consulted = self._submit()
        wizard = self._bulk(consulted, "take", user=self.school_agent)
        self.assertIn(consulted.number, wizard.report_html)
        self.assertEqual(consulted.state, "submitted")
        for user in (self.camille, self.communication, self.dpo):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._bulk(mine, "take", user=user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                mine.with_user(user).action_assign(self.agent.id)

    def test_from_the_list_and_from_the_kanban(self):
        action = self.env.ref("procedure_desk.procedure_bulk_wizard_action")
        self.assertEqual(action.binding_view_types, "list,kanban")
        requests = self._submit() | self._submit()
        Wizard = self.env["procedure.bulk.wizard"].with_user(self.agent)
        ticked = Wizard.with_context(active_model=requests._name, active_ids=requests.ids)
        with Form(ticked) as form:
            form.action = "take"
        form.record.action_confirm()
        self.assertEqual(requests.mapped("state"), ["in_review", "in_review"])
        opened = (
            requests.with_user(self.agent).with_context(bulk_action="assign").action_open_bulk()
        )
        with Form(Wizard.with_context(**opened["context"])) as form:
            self.assertEqual(form.action, "assign")
            form.user_id = self.colleague
        form.record.action_confirm()
        self.assertEqual(requests.user_id, self.colleague)
