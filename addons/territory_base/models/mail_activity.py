from odoo import models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _compute_res_name(self):
        """Core names any record in superuser mode, even that of an activity not yet written."""
        hidden = self.filtered(lambda activity: not activity._is_document_readable())
        hidden.res_name = False
        return super(MailActivity, self - hidden)._compute_res_name()

    def _is_document_readable(self):
        """By a user; what residents do may plan an activity that is not theirs to read."""
        self.ensure_one()
        if not self.res_id or self.res_model not in self.env:
            return True
        if self.id and not self.env.user._is_internal():
            return True
        return self.env[self.res_model].browse(self.res_id).sudo(False).has_access("read")
