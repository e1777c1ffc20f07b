from odoo import models
from odoo.tools import email_normalize


class PartnerContact(models.AbstractModel):
    """Where a person is reached."""

    _name = "partner.contact"
    _description = "Contact of a person"

    def write(self, vals):
        """The staff changes the address that opens an account: the former one is told, as core does
        when an account is written; a link that was sent there opens nothing any more."""
        former = {}
        if vals.get("email"):
            new = email_normalize(vals["email"])
            former = {
                user_sudo: user_sudo.email
                for user_sudo in self.sudo().user_ids
                if user_sudo.email_normalized and user_sudo.email_normalized != new
            }
        result = super().write(vals)
        for user_sudo, email in former.items():
            user_sudo.partner_id.signup_cancel()
            if not self.env.context.get("former_email_told"):
                user_sudo._tell_former_email(email)
        return result
