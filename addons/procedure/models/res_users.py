from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _deactivate_portal_user(self, **post):
        """Her requests go on; who handles them learns that no answer reaches her any more."""
        persons_sudo = self.sudo().partner_id
        Request_sudo = self.env["procedure.request"].sudo()
        requests_sudo = Request_sudo.search(
            [
                ("state", "in", Request_sudo._get_open_states()),
                "|",
                ("applicant_id", "in", persons_sudo.ids),
                ("acting_for_id.delegate_ids.person_id", "in", persons_sudo.ids),
            ]
        ).filtered(lambda request: request._get_applicants() & persons_sudo)
        result = super()._deactivate_portal_user(**post)
        requests_sudo._warn_nobody_reached()
        return result
