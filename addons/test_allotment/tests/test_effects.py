from unittest.mock import patch

from odoo.addons.procedure.tests.common import upload

from .common import AllotmentCommon


class TestEffects(AllotmentCommon):
    """`_on_…`: a service is told of each transition, once, in superuser mode, before its words."""

    def _complete(self, request):
        files = {item["key"]: [upload()] for item in request.sudo()._get_asked_items()}
        request._complete(files=files, by=self.camille.partner_id)

    def _get_told(self, request, hook, act):
        """(state, superuser mode, messages sent meanwhile) of each call of this hook."""
        told, before = [], request._get_messages_for_applicant()
        run = getattr(type(request), hook)

        def tell(each):
            sent = each._get_messages_for_applicant() - before
            told.append((each.state, each.env.su, len(sent)))
            return run(each)

        with patch.object(type(request), hook, tell):
            act()
        return told

    def test_service_is_told_of_each_transition(self):
        request = self._ask()
        agent = request.with_user(self.agent)
        asked = [{"label": "Bail", "reason": "Il manque."}]
        for hook, state, act in (
            ("_on_taken", "in_review", agent.action_take),
            ("_on_completion_asked", "to_complete", lambda: agent.action_ask_completion(asked)),
            ("_on_completed", "in_review", lambda: self._complete(request)),
            ("_on_waiting_list", "waiting_list", agent.action_waiting_list),
            ("_on_refused", "refused", lambda: agent.action_refuse("Trop loin.")),
            ("_on_closed", "closed", agent.action_close),
            ("_on_reopened", "in_review", lambda: agent.action_reopen("Recours.")),
            ("_on_accepted", "accepted", agent.action_accept),
        ):
            with self.subTest(hook):
                self.assertEqual(self._get_told(request, hook, act), [(state, True, 0)])
