import secrets

from psycopg2.errors import UniqueViolation

from odoo import Command, api, fields, models
from odoo.exceptions import AccessDenied, ConcurrencyError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, email_normalize

from odoo.addons.territory_base.links import find_row, sign_row
from odoo.addons.territory_base.tools import normalize

from ..change_types.base import to_json
from ..tools import identity_key

CONFIRM_SCOPE = "partner_household.confirm"
CONFIRM_HOURS = 48
UNCONFIRMED_DAYS = 7


class ResUsers(models.Model):
    _inherit = "res.users"

    signup_nonce = fields.Char(
        copy=False,
        groups=fields.NO_ACCESS,
        help="Of an account not confirmed yet: its link works once.",
    )
    signup_values = fields.Json(
        copy=False,
        groups=fields.NO_ACCESS,
        help="The address and organisation typed at sign-up, used once confirmed.",
    )

    # `website` compares logins by website, and two without any website are never equal in SQL.
    _identifier_uniq = models.UniqueIndex("(login)", "This identifier is already used.")

    @api.model
    def _signup_resident(self, vals):
        """Opens an account, inactive until the e-mail is confirmed; sends the link.

        The answer does not tell whether the address, the person or the organisation is known.

        :param vals: what was typed: firstname, lastname, birth_name, birthdate, birthplace,
            birth_insee, birth_country (code); email, phone, password; street, street2, commune
            (INSEE code, or `outside` with zip and city); kind (resident, company, association,
            contributor), situation, situation_date; organisation (name), company_registry, rna,
            role; redirect, the path of our site where she was going
        :return: (user, {}) or (no user, {field: sentence}); there is no user either when the
            person already has an account, told by mail only
        """
        values, errors = self._check_signup(vals)
        if errors:
            return self.browse(), errors
        person, account, later = values
        known_sudo = self._find_known(person)
        try:
            with self.env.cr.savepoint() as savepoint:
                user_sudo = self._create_unconfirmed(person, account, later)
                if known_sudo:
                    # Done then undone: a quicker answer would tell that the person is known.
                    savepoint.rollback()
        except UniqueViolation as error:
            # Somebody took the same identifier at the same moment: Odoo runs the call again.
            raise ConcurrencyError from error
        if known_sudo:
            known_sudo._send_account_mail("partner_household.mail_already_registered")
            return self.browse(), {}
        user_sudo._send_confirmation()
        return user_sudo.sudo(self.env.su), {}

    @api.model
    def _create_unconfirmed(self, person, account, later):
        quiet = {"mail_create_nosubscribe": True, "mail_create_nolog": True, "mail_notrack": True}
        partner_sudo = self.env["res.partner"].sudo().with_context(**quiet)
        partner_sudo = partner_sudo.create({**person, "kind": "person", "active": False})
        users_sudo = self.sudo().with_context(no_reset_password=True, **quiet)
        return users_sudo.create(
            {
                "partner_id": partner_sudo.id,
                "login": self._get_free_login(person),
                "password": account["password"],
                "active": False,
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
                "signup_nonce": secrets.token_urlsafe(16),
                "signup_values": later,
            }
        )

    @api.model
    def _check_signup(self, vals):
        check = self.env["identity.check"]
        kind = vals.get("kind") or ""
        person, errors = check._check_person(vals)
        contact, found = check._check_contact(vals)
        errors.update(found)
        if error := check._check_password(vals.get("password"), contact.get("email")):
            errors["password"] = error
        later = {"kind": kind, "redirect": vals.get("redirect") or ""}
        context, found = check._check_situation(vals, needed=kind == "resident")
        errors.update(found)
        if kind == "resident":
            if not vals.get("birthplace"):
                errors.setdefault("birthplace", self.env._("Write the place of birth."))
            person |= context
        elif kind in ("company", "association", "contributor"):
            organisation, found = check._check_organisation(
                {**vals, "name": vals.get("organisation")}
            )
            if "name" in found:
                found["organisation"] = found.pop("name")
            errors.update(found)
            role = " ".join(str(vals.get("role") or "").split())[:100]
            later["organisation"] = {**organisation, "role": role}
            # Kept as JSON until the account is open.
            later["context"] = {name: to_json(value) for name, value in context.items()}
        else:
            errors["kind"] = self.env._("Choose what you are.")
        typed = [vals.get(name) for name in ("street", "commune", "zip", "city")]
        if vals.get("situation") != "planning" or any(typed):
            address, found = check._check_address(vals, anywhere=True)
            errors.update(found)
            if commune := address.pop("commune", None):
                address["commune"] = commune.id
            later["address"] = address
        return ({**person, **contact}, {"password": vals.get("password")}, later), errors

    @api.model
    def _find_known(self, person):
        """The open account of the same person at the same address."""
        key = identity_key(person["lastname"], person["firstname"], person["birthdate"])
        return self._find_by_address(person["email"]).filtered(
            lambda user: user.active and user.partner_id.identity_key == key
        )[:1]

    @api.model
    def _get_free_login(self, person):
        """The address when nobody uses it, else a name that one can remember.

        An account that was never confirmed keeps no address from its owner.
        """
        Users_sudo = self.sudo().with_context(active_test=False)
        readable = ".".join(
            normalize(person[name]).replace(" ", "-") for name in ("firstname", "lastname")
        )
        candidates = [person["email"], readable]
        taken_sudo = Users_sudo.search(
            Domain("login", "in", candidates) | Domain("login", "=like", f"{readable}%")
        )
        names = set(taken_sudo.mapped("login"))
        squatter_sudo = taken_sudo.filtered(
            lambda user: user.login == person["email"] and user.signup_nonce and not user.active
        )
        if squatter_sudo:
            squatter_sudo.login = f"{squatter_sudo.id}.{secrets.token_hex(4)}"
            names.discard(person["email"])
        number = 2
        while candidates[0] in names:
            candidates.pop(0)
            if not candidates:
                candidates.append(f"{readable}{number}")
                number += 1
        return candidates[0]

    def _notify_security_setting_update(self, *args, **kwargs):
        """An account that was never open has no owner to warn; its address may be another's."""
        unopened_sudo = self.sudo().filtered(lambda user: user.signup_nonce and not user.active)
        opened = self - unopened_sudo.sudo(self.env.su)
        return super(ResUsers, opened)._notify_security_setting_update(*args, **kwargs)

    def _get_confirm_url(self):
        self.ensure_one()
        token = sign_row(
            self.sudo(), CONFIRM_SCOPE, nonce="signup_nonce", expiration_hours=CONFIRM_HOURS
        )
        return f"{self.get_base_url()}/inscription/confirmer?token={token}"

    def _send_confirmation(self):
        self.ensure_one()
        self._send_account_mail("partner_household.mail_confirm_signup")

    @api.model
    def _find_unconfirmed(self, token):
        """:return: the user, inactive, or no user when the link is used, late or forged"""
        users_sudo = self.sudo().with_context(active_test=False)
        user_sudo, _others = find_row(users_sudo, CONFIRM_SCOPE, token, nonce="signup_nonce")
        return user_sudo.sudo(self.env.su)

    @api.model
    def _confirm_signup(self, token, password, begun=()):
        """Opens the account to the person who has its link and knows its password.

        The link alone would open, to whoever signed up in another's name, an account that the
        owner of the address confirmed. Who calls limits the tries.

        :param begun: ids of the accounts for which the calling browser itself typed a password:
            it need not type it again
        :return: the user, now active, or no user when the link is used, late or forged
        :raise AccessDenied: when the password is not that of the sign-up
        """
        user_sudo = self._find_unconfirmed(token).sudo()
        if not user_sudo:
            return self.browse()
        if user_sudo.id not in begun:
            user_sudo._check_signup_password(password)
        later = user_sudo.signup_values or {}
        partner_sudo = user_sudo.partner_id
        if "@" not in user_sudo.login and user_sudo.login.startswith(f"{user_sudo.id}."):
            # Before the account is open: no identifier that she knows changes.
            user_sudo.login = self._get_free_login(
                {name: partner_sudo[name] for name in ("firstname", "lastname", "email")}
            )
        user_sudo.write({"active": True, "signup_nonce": False, "signup_values": False})
        partner_sudo._settle(later)
        return user_sudo.sudo(self.env.su)

    def _check_signup_password(self, password):
        """Core checks the password of active accounts only."""
        self.ensure_one()
        self.flush_recordset(["password"])
        query = SQL("SELECT COALESCE(password, '') FROM res_users WHERE id = %s", self.id)
        [[known]] = self.env.execute_query(query)
        if not password or not self._crypt_context().verify(password, known):
            raise AccessDenied()

    @api.model
    def _get_retention_facts(self):
        """What is erased here, and when: [(what, how long)]. Shown by `privacy_retention`."""
        kept = self.env._("%(days)s days", days=UNCONFIRMED_DAYS)
        return [(self.env._("Accounts that were never confirmed"), kept)]

    @api.autovacuum
    def _gc_unconfirmed(self):
        """An account that was never confirmed goes after a week, with what was typed."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=UNCONFIRMED_DAYS)
        users = self.with_context(active_test=False).search(
            [
                ("active", "=", False),
                ("signup_nonce", "!=", False),
                ("create_date", "<", limit),
            ]
        )
        partners = users.partner_id
        users.unlink()
        partners.unlink()

    def write(self, vals):
        """Core tells the former address of an account; written on the person, we do."""
        return super(ResUsers, self.with_context(former_email_told=True)).write(vals)

    def _tell_former_email(self, email):
        """As core does. In superuser mode."""
        self._notify_security_setting_update(
            self.env._("Security Update: Email Changed"),
            self.env._(
                "Your account email has been changed from %(old_email)s to %(new_email)s.",
                old_email=email,
                new_email=self.email,
            ),
            mail_values={"email_to": email},
            suggest_password_reset=False,
        )

    @api.model
    def _find_by_address(self, address):
        """The residents' accounts of this e-mail address, confirmed or not."""
        email = email_normalize(address or "")
        if not email:
            return self.browse()
        return (
            self.sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("email_normalized", "=", email),
                    ("share", "=", True),
                    "|",
                    ("active", "=", True),
                    ("signup_nonce", "!=", False),
                ]
            )
        )

    @api.model
    def _send_identifiers(self, address):
        """By mail, the identifiers of the accounts of this address; on screen, nothing."""
        users_sudo = self._find_by_address(address).filtered("active")
        if users_sudo:
            users_sudo[0]._send_account_mail(
                "partner_household.mail_identifiers", logins=users_sudo.mapped("login")
            )

    def reset_password(self, login):
        """Same answer whether the account is known or not; each account of the address is told."""
        login = (login or "").strip().lower()
        users_sudo = self.sudo().search(self._get_login_domain(login))
        users_sudo |= self._find_by_address(login)
        for user_sudo in users_sudo:
            if user_sudo.active and user_sudo.email:
                user_sudo.partner_id.signup_prepare(signup_type="reset")
                user_sudo._send_account_mail("partner_household.mail_reset_password")
            elif user_sudo.signup_nonce:
                user_sudo._send_confirmation()
        return True

    def _action_reset_password(self, signup_type="reset"):
        """What core sends when an administrator makes an account or gives a new password,
        in our words and by the queue; its log names the address."""
        context = self.env.context
        if context.get("install_mode") or context.get("import_file"):
            return None
        if self.filtered(lambda user: not user.active):
            raise UserError(self.env._("An archived account takes no password."))
        if nowhere := self.filtered(lambda user: not user.email):
            names = ", ".join(nowhere.mapped("name"))
            raise UserError(self.env._("No e-mail address: %(names)s.", names=names))
        self.partner_id.signup_prepare(signup_type=signup_type)
        kind = "invitation" if context.get("create_user") else "reset_password"
        for user in self:
            mail = user._send_account_mail(f"partner_household.mail_{kind}")
            # Who knows that the account exists needs no delay that hides it.
            mail.send_after_commit()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The message is on its way."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    @api.model
    def signup(self, values, token=None):
        """A password chosen anew follows the same rule as at sign-up."""
        self._check_new_password(values.get("password"), values.get("login"))
        return super().signup(values, token)

    def _change_password(self, new_passwd):
        if self.share:
            self._check_new_password(new_passwd, self.login)
        return super()._change_password(new_passwd)

    @api.model
    def _check_new_password(self, password, login):
        error = self.env["identity.check"]._check_password(password, login)
        if error:
            raise UserError(error)

    def _deactivate_portal_user(self, **post):
        """Who deletes her account no longer speaks for anybody. In superuser mode, as core does."""
        delegates_sudo = (
            self.env["partner.delegate"]
            .sudo()
            .search(
                [
                    ("person_id", "in", self.partner_id.ids),
                    ("state", "in", ("asked", "active")),
                ]
            )
        )
        result = super()._deactivate_portal_user(**post)
        delegates_sudo.action_end()
        return result

    def _send_account_mail(self, template, **context):
        """Queued: neither the time nor the mail server's answer tells that an account exists."""
        self.ensure_one()
        template_sudo = self.env.ref(template).sudo().with_context(**context)
        mail_id = template_sudo.send_mail(self.id, force_send=False)
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()
        return self.env["mail.mail"].sudo().browse(mail_id)
