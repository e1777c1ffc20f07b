from odoo import api, models
from odoo.exceptions import AccessError


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        """By the methods of the request only: core lets a follower choose author and date."""
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

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        query = super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)
        if self.env.su or bypass_access:
            return query
        found = self.browse(query)
        return (found - found._filtered_out_of_reach())._as_query(bool(order))

    def _filtered_out_of_reach(self):
        """Messages of requests that the user no longer reads: core leaves to each what she wrote,
        and what she was notified of as a follower. What a colleague sends to her by name stays."""
        person = self.env.user.partner_id
        internal = self.env.user._is_internal()
        others_sudo = self.sudo().filtered(
            lambda message: (
                message.model == "procedure.request"
                and message.message_type != "user_notification"
                and not (internal and person in message.partner_ids)
            )
        )
        requests = self.env["procedure.request"].browse(set(others_sudo.mapped("res_id")))
        reached = set(requests.exists()._filtered_access("read").ids)
        return self.browse(others_sudo.filtered(lambda each: each.res_id not in reached).ids)

    def _get_forbidden_access(self, operation):
        """Core hides internal comments from the applicant, but not the log of a record (changes
        of agent, of step, reasons of colleagues): on a request, nothing internal leaves."""
        forbidden = super()._get_forbidden_access(operation)
        if operation in ("read", "write", "unlink"):
            forbidden += (self - forbidden)._filtered_out_of_reach()
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
