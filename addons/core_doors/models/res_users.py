import secrets
from contextlib import contextmanager

from odoo import api, models, tools
from odoo.exceptions import AccessDenied, AccessError
from odoo.tools import SQL

VERIFIED_FIELDS = {"name", "email", "phone"}


class ResUsers(models.Model):
    _inherit = "res.users"

    @property
    def SELF_WRITEABLE_FIELDS(self):
        """An identity and a checked address are not changed by a call from outside."""
        return [name for name in super().SELF_WRITEABLE_FIELDS if name not in VERIFIED_FIELDS]

    def _notify_security_setting_update(self, subject, content, mail_values=None, **kwargs):
        """Without core's advertisement for a second lock, which leads to its publisher."""
        kwargs["suggest_2fa"] = False
        mails = self.env["mail.mail"]
        for user in self:
            reader = user.with_context(lang=user.sudo().lang or self.env.lang)
            mails |= super(ResUsers, reader)._notify_security_setting_update(
                subject, content, mail_values, **kwargs
            )
        return mails

    @contextmanager
    def _assert_can_auth(self, user=None):
        """Core computes a hash for the accounts that it finds only: the time of its refusal told
        who has one."""
        with super()._assert_can_auth(user=user):
            try:
                yield
            except AccessDenied:
                if isinstance(user, str) and not self._has_password(user):
                    self._crypt_context().verify("", self._get_unused_hash())
                raise

    @tools.ormcache()
    def _get_unused_hash(self):
        return self._crypt_context().hash(secrets.token_hex())

    @api.model
    def _has_password(self, login):
        user_sudo = self.sudo().search(self._get_login_domain(login.lower()), limit=1)
        user_id = user_sudo.id or None
        return bool(
            self.env.execute_query(
                SQL("SELECT id FROM res_users WHERE id = %s AND password != ''", user_id)
            )
        )

    def write(self, vals):
        if "image_1920" in vals and not self.env.su and self.env.user.share:
            # Nothing shows it, and Odoo would decode it in the server's own process.
            raise AccessError(self.env._("An account has no portrait here."))
        return super().write(vals)
