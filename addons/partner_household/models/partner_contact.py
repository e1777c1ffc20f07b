from odoo import models
from odoo.fields import Domain
from odoo.tools import email_normalize
from odoo.tools.sql import escape_psql


class PartnerContact(models.AbstractModel):
    """Where a person is reached."""

    _name = "partner.contact"
    _description = "Contact of a person"

    def _get_taken_email_sentence(self, email):
        """Why this person is not written to there: somebody else signs in with this address. In
        superuser mode; empty when nothing is against it. Several may read one mailbox."""
        login = Domain("login", "=ilike", escape_psql(email or ""))
        others = Domain("partner_id", "not in", self.ids)
        users = self.env["res.users"].with_context(active_test=False)
        if not email or not users.search_count(login & others, limit=1):
            return ""
        return self.env._(
            "Somebody else signs in with this address: ask for another one, of her or his own."
        )

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

    def _get_postal_address(self):
        """Where she lives or has her seat: her dwelling of today, else what her sheet says.

        :return: dict(street, street2, zip, city), empty when no street is known
        """
        self.ensure_one()
        home = self._current_dwelling()
        who = home or self
        if not who.street:
            return {}
        # A sheet may say its commune without writing the town.
        town = (who.zip, who.commune_id.name) if home else (self.zip, self.city)
        if not town[1]:
            town = (self.zip or self.commune_id.zip, self.commune_id.name)
        return {
            "street": who.street,
            "street2": who.street2 or "",
            "zip": town[0] or "",
            "city": town[1] or "",
        }
