from odoo.exceptions import AccessError

from .common import AllotmentCommon


class TestAcceptance(AllotmentCommon):
    def test_acceptance_lets_the_first_free_plot(self):
        request = self._ask()
        request.with_user(self.agent).action_accept()
        self.assertEqual(request.plot_ids, self.plots[0])

    def test_two_acceptances_let_two_plots(self):
        camille, dominique = self._ask(), self._ask(self.dominique)
        (camille | dominique).with_user(self.agent).action_accept()
        self.assertEqual((camille.plot_ids, dominique.plot_ids), (self.plots[0], self.plots[1]))

    def test_plot_is_read_by_its_service_only(self):
        self.assertEqual(self.plots.with_user(self.agent).mapped("name"), ["A1", "A2"])
        for user in (self.school_agent, self.secretary, self.camille):
            with self.assertRaises(AccessError):
                self.plots.with_user(user).mapped("name")
