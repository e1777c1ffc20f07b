from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError


class DiscussChannelMember(models.Model):
    _inherit = "discuss.channel.member"

    @api.model_create_multi
    def create(self, vals_list):
        """A discussion shows the names and addresses of its members to each other."""
        partner_ids = [vals["partner_id"] for vals in vals_list if vals.get("partner_id")]
        partners_sudo = self.env["res.partner"].sudo().browse(partner_ids)
        if self.env.uid != SUPERUSER_ID and any(
            partner_sudo.kind and not any(user._is_internal() for user in partner_sudo.user_ids)
            for partner_sudo in partners_sudo
        ):
            raise AccessError(self.env._("Discussions are between members of the staff."))
        return super().create(vals_list)
