from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import AllotmentCommon


@tagged("post_install", "-at_install")
class TestAnswerLink(AllotmentCommon):
    """An answer designates a record of the service: it is found by it, and the record stays."""

    def setUp(self):
        super().setUp()
        self.plot, other_plot = self.plots
        self.request = self._ask(answers={"plot": str(self.plot.id)})
        self._ask(self.dominique, answers={"plot": str(other_plot.id)})
        self.answer = self.request.answer_ids.filtered(lambda row: row.key == "plot")
        self.of_plots = [("res_model", "=", "allotment.plot")]

    @classmethod
    def _allotment_form(cls):
        return [
            *super()._allotment_form(),
            {"key": "plot", "type": "plot", "label": "Parcelle"},
        ]

    def test_the_answer_points_to_the_plot(self):
        self.assertEqual(
            (self.answer.res_model, self.answer.res_id, self.answer.value_text),
            ("allotment.plot", self.plot.id, "A1"),
        )

    def test_requests_are_found_grouped_and_exported_by_it(self):
        links = [*self.of_plots, ("res_id", "=", self.plot.id)]
        found = self.env["procedure.request"].with_user(self.agent)
        self.assertEqual(found.search([("answer_ids", "any", links)]), self.request)
        Answer = self.env["procedure.answer"].with_user(self.agent)
        groups = Answer._read_group(self.of_plots, ["res_model", "res_id"], ["__count"])
        self.assertEqual(groups, [("allotment.plot", plot.id, 1) for plot in self.plots])
        self.agent.group_ids += self.env.ref("base.group_allow_export")
        rows = Answer.search(links).export_data(["key", "res_model", "res_id"])["datas"]
        self.assertEqual(rows, [["plot", "allotment.plot", self.plot.id]])

    def test_a_plot_that_an_answer_names_stays(self):
        with self.assertRaisesRegex(UserError, "A1"):
            self.plots.unlink()
        self.assertEqual(self.plots.exists(), self.plots)
        self.request.answer_ids.unlink()
        self.plot.unlink()
        self.assertFalse(self.plot.exists())

    def test_the_plot_is_read_by_who_may_read_it(self):
        """The answer keeps the words of the day; what the plot says now is the plot's."""
        self.plot.write({"name": "B7", "tenant_note": "Absente"})
        fields = {"res_id": {"fields": {"display_name": {}, "tenant_note": {}}}}
        read = self.answer.with_user(self.agent).web_read(fields)[0]["res_id"]
        self.assertEqual((read["display_name"], read["tenant_note"]), ("B7", "Absente"))
        self.env.invalidate_all()
        answer = self.answer.with_user(self.camille)
        read = answer.web_read({"value_text": {}, **fields})[0]
        self.assertEqual(read["value_text"], "A1")
        self.assertNotIn("B7", str(read))
        self.assertNotIn("Absente", str(read))
        self.assertNotIn("B7", str(answer.read()))
        for user in (self.dominique, self.school_agent, self.secretary):
            self.assertFalse(self.answer.with_user(user).has_access("read"), user.login)
