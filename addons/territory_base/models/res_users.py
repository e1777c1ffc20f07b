import secrets
from contextlib import contextmanager

from odoo import api, fields, models, tools
from odoo.exceptions import AccessDenied, AccessError
from odoo.tools import SQL

SCOPE_FIELDS = {"territory_service_ids", "territory_commune_ids"}
VERIFIED_FIELDS = {"name", "email", "phone"}


class ResUsers(models.Model):
    _inherit = "res.users"

    territory_service_ids = fields.Many2many(
        "territory.service",
        "territory_service_user_rel",
        "user_id",
        "service_id",
        string="Services",
    )
    territory_commune_ids = fields.Many2many(
        "territory.commune",
        "territory_commune_user_rel",
        "user_id",
        "commune_id",
        string="Communes",
        help="The communes that a secretary looks after.",
    )

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

    @api.depends_context("uid")
    def _compute_display_name(self):
        """See `res.partner`: core shows who created a record to whoever reads it.

        Also without superuser mode: the name is the partner's, that core reads without check. A
        resident is told of no member of the staff: who made, changed or handles a record.
        """
        result = super()._compute_display_name()
        hidden_sudo = self.sudo().partner_id._hidden_from_user()
        if self.env.user.share:
            hidden_sudo |= (self - self.env.user).sudo().partner_id
        for user in self.filtered(lambda user: user.sudo().partner_id in hidden_sudo):
            user.display_name = self.env._("Not shown")
        return result

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._mark_residents()
        if any(SCOPE_FIELDS & set(vals) for vals in vals_list):
            self.env["territory.service"]._clear_rule_cache()
        return users

    def write(self, vals):
        if "image_1920" in vals and not self.env.su and self.env.user.share:
            # Nothing shows it, and Odoo would decode it in the server's own process.
            raise AccessError(self.env._("An account has no portrait here."))
        result = super().write(vals)
        if "group_ids" in vals:
            self._mark_residents()
        if SCOPE_FIELDS & set(vals):
            self.env["territory.service"]._clear_rule_cache()
        return result

    def _mark_residents(self):
        """Whoever has an account of the portal is a person: not a technical contact."""
        residents_sudo = self.sudo().filtered(lambda user: user._is_portal())
        residents_sudo.partner_id.filtered(lambda partner: not partner.kind).kind = "person"
