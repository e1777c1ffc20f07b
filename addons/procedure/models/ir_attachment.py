from odoo import models
from odoo.exceptions import AccessError


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def write(self, vals):
        # A thumbnail is drawn by the browser of the reader.
        if set(vals) - {"thumbnail"}:
            self._check_not_kept()
        return super().write(vals)

    def unlink(self):
        self._check_not_kept()
        return super().unlink()

    def _delete_and_notify(self, message=None):
        """The chatter deletes in superuser mode what one has just uploaded, also once sent."""
        self.sudo(False)._check_not_kept()
        return super()._delete_and_notify(message)

    def _check_not_kept(self):
        """What goes with a message of a request stays as it was sent or received: in core, who
        may write on the request replaces, moves, publishes or deletes the letter of a decision."""
        if self.env.su or not self:
            return
        messages_sudo = (
            self.env["mail.message"]
            .sudo()
            .search([("model", "=", "procedure.request"), ("attachment_ids", "in", self.ids)])
        )
        if messages_sudo.sudo(False)._filtered_kept():
            raise AccessError(
                self.env._("A file that was sent or received with a request stays as it is.")
            )
