from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _deactivate_portal_user(self, **post):
        """What she began and did not send goes with her account: nobody could send it, and a
        reminder would write to her. In superuser mode, as core does."""
        drafts_sudo = (
            self.env["website.procedure.pending"]
            .sudo()
            .search([("partner_id", "in", self.partner_id.ids)])
        )
        result = super()._deactivate_portal_user(**post)
        drafts_sudo.unlink()
        return result
