from odoo import fields, models

from odoo.addons.mail_retry.models.mail_mail import ACTIVITY


class MailMail(models.Model):
    _inherit = "mail.mail"

    procedure_request_id = fields.Many2one(
        "procedure.request",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="What it is about, when it is not in the history of the request.",
    )

    def _get_requests(self):
        messages = self.mail_message_id.filtered(
            lambda message: message.model == "procedure.request"
        )
        requests = self.env["procedure.request"].browse(messages.mapped("res_id")).exists()
        return requests | self.procedure_request_id

    def _warn_unsent(self):
        """Besides, the agent of each request, else those of its service."""
        result = super()._warn_unsent()
        for request in self._get_requests():
            mails = self.filtered(lambda mail, request=request: request in mail._get_requests())
            request._warn_unsent(is_waiting="exception" not in mails.mapped("state"))
        return result

    def _forget_unsent(self):
        result = super()._forget_unsent()
        others = self.search([("state", "in", ("outgoing", "exception")), ("is_warned", "=", True)])
        requests = self._get_requests() - others._get_requests()
        requests.activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.env.ref(ACTIVITY)
        ).action_feedback(self.env._("It has left."))
        return result
