import io

from openpyxl import load_workbook

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import ExportCommon


@tagged("post_install", "-at_install")
class TestExportRights(ExportCommon):
    def setUp(self):
        super().setUp()
        self.mine = self._submit()
        self.other = self._procedure("Autre", "ESSAIC", self.school)
        self.theirs = self._submit(procedure=self.other)

    def test_export_holds_what_the_user_reads(self):
        """The filter may name any request: each gets her own."""
        both = (self.mine | self.theirs).ids
        nothing = self.env["procedure.request"].with_context(active_domain=[["id", "in", both]])
        for user, sheets in (
            (self.agent, ["Demander un bac"]),
            (self.school_agent, ["Autre"]),
            (self.manager, ["Demander un bac", "Autre"]),
            (self.secretary, ["Requests"]),
        ):
            with self.subTest(user.login):
                workbook = self._workbook(self._wizard(nothing, user))
                self.assertEqual(workbook.sheetnames, sheets)
        self.assertEqual(workbook.active.max_row, 1, "a secretary of no service: an empty sheet")

    def test_requests_of_another_service_cannot_be_ticked(self):
        with self.assertRaises(AccessError):
            self._wizard(self.mine | self.theirs)

    def test_personas_without_requests_export_nothing(self):
        for user in (self.communication, self.dpo, self.camille):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    self._wizard(self.mine, user)
                with self.assertRaises(AccessError):
                    self.env["procedure.export.wizard"].with_user(user).create({"domain": "[]"})
                with self.assertRaises(AccessError):
                    self.env["procedure.export"].with_user(user).search([])

    def test_a_saved_export_is_its_author_s(self):
        saved = (
            self.env["procedure.export"]
            .with_user(self.agent)
            .create(
                {
                    "name": "Du mois",
                    "procedure_id": self.procedure.id,
                    "user_id": self.colleague.id,
                }
            )
        )
        self.assertEqual(saved.user_id, self.agent, "nobody writes in another's name")
        theirs = saved.with_user(self.colleague)
        self.assertFalse(theirs.search([("id", "=", saved.id)]))
        for call in (theirs.action_download, lambda: theirs.column_ids.mapped("label")):
            with self.assertRaises(AccessError):
                call()
        saved.is_shared = True
        self.env.invalidate_all()
        self.assertEqual(theirs.search([("id", "=", saved.id)]), theirs)
        self.assertTrue(theirs.action_download())
        for call in (
            lambda: theirs.write({"name": "Pris"}),
            lambda: theirs.column_ids[0].write({"label": "Pris"}),
            theirs.action_add_columns,
            theirs.unlink,
        ):
            with self.assertRaises(AccessError):
                call()
        saved.user_id = self.colleague
        self.assertEqual(saved.user_id, self.agent)

    def test_columns_of_a_private_export_by_its_number(self):
        saved = self.env["procedure.export"].create(
            {"name": "Privé", "procedure_id": self.procedure.id}
        )
        wizard = self._wizard(self.mine)
        with self.assertRaises(AccessError):
            wizard.export_id = saved
        # Shared when it was chosen, for instance.
        wizard.sudo().export_id = saved
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self._workbook(wizard)


@tagged("post_install", "-at_install")
class TestExportPage(HttpCase, ExportCommon):
    def test_the_spreadsheet_is_for_who_asked_for_it(self):
        request = self._submit()
        wizard = self._wizard(request)
        url = wizard.action_download()["url"]
        self.assertEqual(self.url_open(url, allow_redirects=False).status_code, 303)
        self.authenticate("agent", "agent")
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertEqual(int(answer.headers["Content-Length"]), len(answer.content))
        rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
        self.assertEqual([row[0] for row in rows[1:]], [request.number])
        for login in ("colleague", "manager", "camille", "dpo"):
            self.authenticate(login, login)
            self.assertEqual(self.url_open(url).status_code, 404, login)
        self.assertEqual(self.url_open("/procedure/export/999999").status_code, 404)

    def test_rights_are_those_of_the_day(self):
        """Moved to another service, the agent's former link gives nothing."""
        url = self._wizard(self._submit()).action_download()["url"]
        self.waste.user_ids = [Command.unlink(self.agent.id)]
        self.authenticate("agent", "agent")
        rows = list(load_workbook(io.BytesIO(self.url_open(url).content)).active.values)
        self.assertEqual(len(rows), 1)
