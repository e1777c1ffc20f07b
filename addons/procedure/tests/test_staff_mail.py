from odoo.tests import tagged

from .common import ProcedureCommon, upload


@tagged("post_install", "-at_install")
class TestStaffMail(ProcedureCommon):
    """What is written to the applicant is not sent to the staff, and the other way round."""

    def _told(self, request):
        """(message type, persons of the staff that were notified), of each message."""
        staff = self.agent.partner_id | self.colleague.partner_id
        return [
            (message.message_type, message.notified_partner_ids & staff)
            for message in request.sudo().message_ids.sorted("id")
        ]

    def test_what_the_service_writes_to_the_applicant_is_for_her(self):
        """“You have nothing else to do” was mailed to the agent in charge."""
        request = self._submit(files={"proof": [upload()]}).with_user(self.agent)
        request.action_take()
        request.message_subscribe(self.colleague.partner_id.ids)
        line = request.document_line_ids
        request.action_ask_completion([{"line_id": line.id, "reason": "Floue"}])
        request.sudo()._complete(files={"proof": [upload("b.png")]}, by=self.camille.partner_id)
        request.action_accept("Votre bac arrive mardi.")
        told = self._told(request)
        self.assertGreaterEqual(sum(kind == "auto_comment" for kind, _staff in told), 4)
        wrong = [kind for kind, staff in told if staff and kind == "auto_comment"]
        self.assertFalse(wrong)
        for message in request.sudo().message_ids:
            if message.message_type == "auto_comment":
                self.assertEqual(message.notified_partner_ids, self.camille.partner_id)

    def test_an_agent_who_asks_for_herself_receives_her_answer(self):
        user = self.agent
        request = self._submit().sudo()
        request.applicant_id = user.partner_id
        request._tell_applicant("procedure.mail_completed")
        message = request.message_ids.sorted("id")[-1]
        self.assertIn(user.partner_id, message.notified_partner_ids)

    def test_what_the_applicant_writes_reaches_her_agent_with_a_button_in_french(self):
        request = self._submit().with_user(self.agent)
        request.action_take()
        request.message_subscribe(self.agent.partner_id.ids)
        mine = request.with_user(self.camille)
        mine._post_from_applicant("Merci", by=self.camille.partner_id)
        message = request.sudo().message_ids.filtered(lambda each: each.message_type == "comment")
        self.assertIn(self.agent.partner_id, message.notified_partner_ids)
        fr = request.with_context(lang="fr_FR")
        groups = fr._notify_get_recipients_groups(message, "Demande", msg_vals={})
        filled = fr._notify_get_recipients_groups_fillup(groups, "Demande", msg_vals={})
        titles = {data["button_access"]["title"] for _name, _check, data in filled}
        self.assertEqual(titles, {"Ouvrir la demande"})
