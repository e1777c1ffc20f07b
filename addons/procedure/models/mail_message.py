from odoo import api, models
from odoo.exceptions import AccessError


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        """By the doors of the request only: core lets a follower choose author and date."""
        default = self.env.context.get("default_model")
        self._check_not_forged(vals.get("model", default) for vals in vals_list)
        return super().create(vals_list)

    def write(self, vals):
        """An agent mends the words of her note; she makes no comment of it, in no other's name."""
        self._check_not_forged([vals.get("model")])
        if set(vals) - {"body", "attachment_ids"}:
            self._check_not_forged(self.sudo().mapped("model"))
        return super().write(vals)

    def _check_not_forged(self, written_models):
        if not self.env.su and "procedure.request" in written_models:
            raise AccessError(
                self.env._("A message about a request is written from the request only.")
            )

    def _get_forbidden_access(self, operation):
        """Core hides internal comments from the applicant, but not the log of a record (changes
        of agent, of step, reasons of colleagues): on a request, nothing internal leaves."""
        forbidden = super()._get_forbidden_access(operation)
        if operation in ("write", "unlink"):
            forbidden += (self - forbidden)._filtered_kept()
        if self.env.user._is_internal():
            return forbidden
        others_sudo = (self - forbidden).sudo()
        internal_sudo = others_sudo.filtered(
            lambda message: (
                message.model == "procedure.request"
                and (message.is_internal or not message.subtype_id or message.subtype_id.internal)
            )
        )
        return forbidden + self.browse(internal_sudo.ids)

    def _filtered_kept(self):
        """What was said about a request stays as it was said: core lets a person who was notified
        rewrite a message, and the staff delete it. An agent mends her own notes only."""
        comment = self.env.ref("mail.mt_comment")
        kept_sudo = self.sudo().filtered(
            lambda message: (
                message.model == "procedure.request"
                and (message.subtype_id == comment or message.create_uid != self.env.user)
            )
        )
        return self.browse(kept_sudo.ids)
