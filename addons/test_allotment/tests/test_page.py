from odoo.exceptions import AccessError, UserError

from .common import AllotmentCommon


class TestPage(AllotmentCommon):
    """`_prepare_portal_blocks`, and the words of a state and of a transition for the applicant."""

    def _offer(self):
        request = self._ask()
        request.with_user(self.agent).action_offer_plot()
        return request

    def _show(self, request):
        request_sudo = request.with_user(self.camille).sudo().with_context(lang="en_US")
        return request_sudo._prepare_portal_values("/x", by=self.camille.partner_id)

    def test_own_state_has_its_words(self):
        view = self._show(self._offer())
        self.assertEqual(view["tag"], {"tone": "moi", "label": "A plot is offered to you"})
        self.assertIn("offers you a plot", view["sentence"])
        self.assertEqual(view["next"], ["Confirm it within 15 days."])
        now = [row for row in view["timeline"] if row["when"] == "now"]
        self.assertEqual([row["title"] for row in now], ["Do you take the plot?"])
        self.assertEqual(now[0]["icon"], "pencil", "it is her turn")
        self.assertTrue(view["can_cancel"])

    def test_own_transition_is_told_once_it_is_over(self):
        request = self._offer()
        self.assertNotIn("We offered you a plot", self._get_past(request), "the state says it")
        request.with_user(self.camille).action_confirm_plot()
        self.assertIn("We offered you a plot", self._get_past(request))

    def _get_past(self, request):
        return [row["title"] for row in self._show(request)["timeline"] if row["when"] == "done"]

    def test_state_without_words_has_a_name(self):
        """What a service forgets to say breaks no page."""
        request = self._offer()
        for name in ("_get_tags", "_get_now_titles", "_get_state_sentences"):
            self._leave_out(type(request), name)
        view = self._show(request)
        self.assertEqual(view["tag"], {"tone": "moi", "label": "Plot offered"})
        self.assertIn("Plot offered", [row["title"] for row in view["timeline"]])

    def _leave_out(self, model, name):
        known = getattr(model, name)

        def get(request, *args):
            words = known(request, *args)
            words.pop("allotment_offered")
            return words

        self.patch(model, name, get)

    def test_block_has_its_button_while_it_waits_for_her(self):
        request = self._offer()
        [block] = self._show(request)["blocks"]
        self.assertEqual(block["values"], {"plots": "A1"})
        self.assertEqual([name for name, _words in block["acts"]], ["allotment_confirm"])
        request.with_user(self.camille).action_confirm_plot()
        [block] = self._show(request)["blocks"]
        self.assertEqual(block["acts"], [])

    def test_other_procedures_have_no_block(self):
        self.assertEqual(self._show(self._submit())["blocks"], [])

    # -- the button

    def _press(self, request, name, user=None):
        user = user or self.camille
        request.with_user(user).sudo()._run_portal_act(name, by=user.partner_id)

    def test_button_confirms(self):
        request = self._offer()
        self._press(request, "allotment_confirm")
        self.assertEqual(request.state, "accepted")

    def test_only_what_a_block_offers_is_done(self):
        request = self._offer()
        for name in ("cancel", "complete", "accept", "allotment_expire", "nothing", ""):
            with self.assertRaisesKeeping(UserError):
                self._press(request, name)
        self.assertEqual(request.state, "allotment_offered")

    def test_pressed_twice_is_done_once(self):
        request = self._offer()
        self._press(request, "allotment_confirm")
        with self.assertRaisesKeeping(UserError):
            self._press(request, "allotment_confirm")
        self.assertEqual(len(request.decision_ids), 1)

    def test_only_the_applicant_presses(self):
        request = self._offer()
        for user in (self.dominique, self.agent, self.manager):
            with self.assertRaisesKeeping(AccessError):
                self._press(request, "allotment_confirm", user)
        self.assertEqual(request.state, "allotment_offered")
