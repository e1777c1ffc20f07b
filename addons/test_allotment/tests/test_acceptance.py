from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.procedure.tests.common import upload

from .common import AllotmentCommon


class TestAcceptance(AllotmentCommon):
    """`_on_…` and `_get_mail_template`: what a transition does, then the words that name it."""

    def _get_last_words(self, request):
        return request.sudo()._get_messages_for_applicant()[-1].body

    def test_acceptance_lets_the_first_free_plot(self):
        request = self._ask()
        request.with_user(self.agent).action_accept()
        self.assertEqual(request.plot_ids, self.plots[0])

    def test_two_acceptances_let_two_plots(self):
        camille, dominique = self._ask(), self._ask(self.dominique)
        (camille | dominique).with_user(self.agent).action_accept()
        self.assertEqual((camille.plot_ids, dominique.plot_ids), (self.plots[0], self.plots[1]))

    def test_mail_of_the_decision_names_the_plot(self):
        request = self._ask()
        request.with_user(self.agent).action_accept()
        self.assertIn("A1", self._get_last_words(request))

    def test_mail_of_the_offer_names_the_plot(self):
        request = self._ask()
        request.with_user(self.agent).action_offer_plot()
        self.assertIn("A1", self._get_last_words(request))

    def test_mail_of_another_procedure_is_the_usual_one(self):
        request = self._submit()
        request.with_user(self.agent).action_accept()
        self.assertIn(self.procedure.name, self._get_last_words(request))

    def test_reopening_releases_the_plot(self):
        request = self._ask()
        request.with_user(self.agent).action_accept()
        request.with_user(self.agent).action_reopen("Erreur")
        self.assertFalse(request.plot_ids)

    def test_plot_is_read_by_its_service_only(self):
        self.assertEqual(self.plots.with_user(self.agent).mapped("name"), ["A1", "A2"])
        for user in (self.school_agent, self.secretary, self.camille):
            with self.assertRaises(AccessError):
                self.plots.with_user(user).mapped("name")

    def test_every_transition_has_its_hook(self):
        """In order: the hooks see the new state, and no word has left yet."""
        seen = []

        def look(name):
            def hook(request):
                seen.append((name, request.state, len(request._get_messages_for_applicant())))

            return hook

        request = self._ask()
        names = "taken completion_asked completed waiting_list accepted reopened refused closed"
        for name in (*names.split(), "dropped", "cancelled"):
            self.patch(type(request), f"_on_{name}", look(name))
        agent, before = request.with_user(self.agent), len(request._get_messages_for_applicant())
        agent.action_take()
        agent.action_ask_completion([{"label": "Bail", "reason": "Il manque"}])
        items = request._get_asked_items()
        agent._receive(files={item["key"]: [upload()] for item in items})
        agent.action_waiting_list()
        agent.action_accept()
        agent.action_reopen("Erreur")
        agent.action_refuse("Complet")
        agent.action_close()
        dropped, cancelled = self._ask(), self._ask()
        dropped.with_user(self.agent).action_drop("Doublon")
        cancelled.with_user(self.camille).action_cancel()
        told = [count - before for _name, _state, count in seen[:8]]
        self.assertEqual(
            [name for name, _state, _count in seen], [*names.split(), "dropped", "cancelled"]
        )
        self.assertEqual(told, [0, 0, 1, 2, 3, 4, 5, 6])
        self.assertEqual(
            [state for _name, state, _count in seen[:5]],
            ["in_review", "to_complete", "in_review", "waiting_list", "accepted"],
        )

    def test_hook_that_refuses_undoes_the_transition(self):
        def refuse(request):
            raise ValidationError(request.number)

        request = self._ask()
        self.patch(type(request), "_on_accepted", refuse)
        with self.assertRaises(UserError):
            request.with_user(self.agent).action_accept()
        self.assertEqual(request.state, "submitted")
        self.assertFalse(request.decision_ids)
