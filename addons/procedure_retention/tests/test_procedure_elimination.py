import io

from freezegun import freeze_time
from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import RetentionCommon
from .test_procedure_retention import END, FIRST, SECOND


@tagged("post_install", "-at_install")
class TestProcedureElimination(RetentionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure.needs_visa = True
        cls.Elimination = cls.env["procedure.elimination"]

    def _propose(self, user, day="2027-02-01"):
        with self.freeze(day):
            action = self.Elimination.with_user(user).action_propose()
        return self.Elimination.with_user(user).browse(action["res_id"])

    def freeze(self, day):
        return freeze_time(f"{day} 10:00:00")

    def test_nothing_goes_before_the_visa(self):
        request = self._finish(self._submit())
        for day in (FIRST, SECOND, END, "2027-01-30"):
            self._run(day)
        self.assertFalse(request.date_anonymised)
        with self.freeze("2027-02-01"):
            self.rule.with_user(self.dpo).action_preview()
        line = self.env["privacy.retention.preview"].search([("outcome", "=", "agreement")])
        self.assertEqual(line.count, 1)
        elimination = self._propose(self.dpo)
        rows = elimination.line_ids
        self.assertEqual((rows.kind, rows.quantity), (self.procedure.name, 1))
        self._run("2027-02-02")
        self.assertFalse(request.date_anonymised, "proposed is not agreed")
        with self.assertRaises(UserError):
            elimination.action_confirm()
        elimination.write({"visa_reference": "AD55-2027-12", "visa_date": "2027-02-20"})
        elimination.action_confirm()
        self._run("2027-02-21")
        self.assertTrue(request.date_anonymised)
        self.assertEqual(elimination.quantity, 1, "the list stays")
        with self.assertRaises(AccessError):
            elimination.write({"visa_reference": "Autre"})
        with self.assertRaises(UserError):
            self._propose(self.dpo, "2027-03-01")

    def test_a_hold_after_the_visa_still_keeps_it(self):
        request = self._finish(self._submit())
        for day in (FIRST, SECOND, END):
            self._run(day)
        elimination = self._propose(self.manager)
        elimination.write({"visa_reference": "AD55", "visa_date": "2027-02-20"})
        elimination.action_confirm()
        self.env["procedure.request.hold"].with_user(self.dpo)._set(request.number, "appeal", "x")
        self._run("2027-02-21")
        self.assertFalse(request.date_anonymised)

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.models")
    def test_who_makes_lists(self):
        request = self._finish(self._submit())
        for day in (FIRST, SECOND, END):
            self._run(day)
        for user in (
            self.agent,
            self.secretary,
            self.communication,
            self.camille,
            self.env.ref("base.user_admin"),
        ):
            with self.assertRaises(AccessError):
                self._propose(user)
        elimination = self._propose(self.dpo)
        for user in (self.agent, self.secretary, self.communication, self.camille):
            self.assertFalse(elimination.with_user(user).has_access("read"))
            self.assertFalse(elimination.line_ids.with_user(user).has_access("read"))
            with self.assertRaises(AccessError):
                elimination.with_user(user).action_confirm()
        for user in (self.dpo, self.manager):
            for vals in ({"confirmed_on": "2027-01-01"}, {"request_ids": [(5,)]}):
                with self.assertRaises(AccessError):
                    elimination.with_user(user).write(vals)
            with self.assertRaises(AccessError):
                elimination.with_user(user).create({"proposed_on": "2027-01-01"})
            with self.assertRaises(AccessError):
                elimination.with_user(user).unlink()
            with self.assertRaises(AccessError):
                elimination.with_user(user).read(["request_ids"])
        self.assertFalse(request.date_anonymised)

    def test_the_workbook_says_nature_dates_and_quantity_and_nobody(self):
        request = self._finish(self._submit())
        for day in (FIRST, SECOND, END):
            self._run(day)
        content = self._propose(self.dpo)._get_workbook()
        cells = [
            [cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).active.rows
        ]
        self.assertEqual(len(cells), 2)
        self.assertIn(self.procedure.name, cells[1])
        self.assertEqual(cells[1][-1], 1)
        self.assertNotIn(request.number, str(cells))
        self.assertNotIn("Durand", str(cells))


@tagged("post_install", "-at_install")
class TestEliminationFile(RetentionCommon, HttpCase):
    """The list that the Archives read, by its address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elimination = cls.env["procedure.elimination"].create({"proposed_on": "2027-02-01"})
        cls.path = f"/procedure/elimination/{cls.elimination.id}"

    def _open(self, user, path=None):
        self.authenticate(user.login, user.login + "x" * (8 - len(user.login)))
        return self.url_open(path or self.path, allow_redirects=False)

    def test_those_who_read_the_list_download_it(self):
        for user in (self.dpo, self.manager):
            answer = self._open(user)
            self.assertEqual(answer.status_code, 200, user.login)
            self.assertTrue(load_workbook(io.BytesIO(answer.content)).active)
        for number in (self.elimination.id + 1000, "9" * 30):
            self.assertEqual(
                self._open(self.dpo, f"/procedure/elimination/{number}").status_code, 404, number
            )

    def test_the_others_find_nothing(self):
        for user in (self.agent, self.secretary, self.communication, self.camille):
            self.assertEqual(self._open(user).status_code, 404, user.login)
        self.authenticate(None, None)
        answer = self.url_open(self.path, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])
