import hashlib
import secrets

from odoo import api, fields, models

from odoo.addons.territory_base import clock


class ResUsers(models.Model):
    _inherit = "res.users"

    family_feed_hash = fields.Char(
        groups=fields.NO_ACCESS,
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Of the secret address at which her calendar reads the days of her children.",
    )
    family_feed_on = fields.Date(groups=fields.NO_ACCESS, readonly=True, copy=False)

    def _renew_family_feed(self):
        """A new secret address, hers alone; the one before leads nowhere from now on.

        :return: the secret, which is kept nowhere: it is told once
        """
        self.ensure_one()
        secret = secrets.token_urlsafe(32)
        self.sudo().write(
            {
                "family_feed_hash": self._hash_family_feed(secret),
                "family_feed_on": clock.today(),
            }
        )
        return secret

    def _end_family_feed(self):
        self.ensure_one()
        self.sudo().write({"family_feed_hash": False, "family_feed_on": False})

    @api.model
    def _find_family_feed(self, secret):
        """Whose address it is, in superuser mode; nobody for a secret that is not, or no more."""
        if not secret:
            return self.sudo().browse()
        return self.sudo().search([("family_feed_hash", "=", self._hash_family_feed(secret))])

    @api.model
    def _hash_family_feed(self, secret):
        return hashlib.sha256(secret.encode()).hexdigest()
