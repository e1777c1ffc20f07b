from odoo.tests import tagged

from .common import AllotmentCommon


@tagged("post_install", "-at_install")
class TestDesk(AllotmentCommon):
    def test_an_agent_who_has_no_plot_to_give_sees_it_at_the_top(self):
        request = self._ask().with_user(self.agent)
        self.assertFalse(request.desk_bands)
        self.plots.request_id = self._ask(self.dominique)
        request.invalidate_recordset(["desk_bands"])
        self.assertEqual(request.desk_bands, ["no_plot"])
        # After what the applicant wrote; the form shows two bands.
        request.sudo().written_on = request.date_submitted
        self.assertEqual(request.desk_bands, ["written", "no_plot"])

    def test_it_is_told_to_those_who_let_plots_and_of_requests_for_a_plot(self):
        self.plots.unlink()
        self.allotment.consulted_service_ids = self.school
        request = self._ask()
        self.assertNotIn("no_plot", request.with_user(self.school_agent).desk_bands or [])
        self.assertNotIn("no_plot", self._submit().with_user(self.agent).desk_bands or [])

    def test_its_band_is_in_the_form(self):
        Request = self.env["procedure.request"].with_user(self.agent)
        arch = Request.get_view(view_type="form")["arch"]
        self.assertIn("No plot is free.", arch)
