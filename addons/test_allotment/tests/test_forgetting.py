from .common import AllotmentCommon


class TestForgetting(AllotmentCommon):
    """`_forget`: what a service keeps of the person goes with her request."""

    def test_note_about_the_tenant_is_forgotten(self):
        request = self._ask()
        request.with_user(self.agent).action_accept()
        request.plot_ids.tenant_note = "Camille vient le samedi"
        request.with_user(self.agent).action_close()
        request.sudo()._anonymise()
        self.assertFalse(self.plots[0].tenant_note)
        self.assertFalse(request.applicant_id)
