from odoo import api, models
from odoo.exceptions import AccessError


class MailMessage(models.Model):
    """What was said about a proposal stays as it was said: core lets its author, and whoever was
    told of it, rewrite it."""

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        """By the methods of the proposal only: a remote call would choose the author and date."""
        default = self.env.context.get("default_model")
        self._check_not_of_a_revision(vals.get("model", default) for vals in vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_not_of_a_revision([vals.get("model")])
        return super().write(vals)

    def _check_not_of_a_revision(self, models_written):
        if not self.env.su and "content.revision" in models_written:
            raise AccessError(
                self.env._("A message about a change is written from the change only.")
            )

    def _get_forbidden_access(self, operation):
        forbidden = super()._get_forbidden_access(operation)
        if operation not in ("write", "unlink"):
            return forbidden
        told_sudo = (
            (self - forbidden).sudo().filtered(lambda each: each.model == "content.revision")
        )
        return forbidden + self.browse(told_sudo.ids)
