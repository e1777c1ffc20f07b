from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request
from odoo.tools import email_normalize

from .household_form import BOTH, HouseholdForm

PATH = "/my/account/courriel"
CODES = f"{PATH}/codes"
BEGUN = "household_new_email"


class EmailChange(HouseholdForm):
    """An account is opened again by its e-mail address: who changes it holds both."""

    def _check_resident(self):
        """The staff finds no such page: its address is official, the manager writes it."""
        user = request.env.user
        if not user.share or user.partner_id.kind != "person":
            raise NotFound()

    @http.route(PATH, **BOTH)
    def new_email(self, **kwargs):
        self._check_resident()
        values = self._read(("email",))
        errors, notice = {}, ""
        if self._is_sent():
            contact, found = request.env["identity.check"]._check_contact(values)
            if "email" in found:
                errors["email"] = found["email"]
            elif contact["email"] == email_normalize(request.env.user.sudo().email or ""):
                errors["email"] = request.env._("This is your address already.")
            else:
                notice = self._try(request.env.user._send_email_codes, contact["email"])
                if not notice:
                    request.session[BEGUN] = contact["email"]
                    return request.redirect(CODES, code=303)
        return self._render(
            PATH,
            request.env._("Change my e-mail address"),
            request.env._(
                "A code leaves for the address that we know, another one for the new address. You "
                "type both on the next page."
            ),
            [
                self._item(
                    "email",
                    request.env._("New e-mail address"),
                    errors,
                    values,
                    required=True,
                    type="email",
                    autocomplete="email",
                )
            ],
            errors,
            notice,
            back=("/my/account", request.env._("How we reach you")),
        )

    @http.route(CODES, **BOTH)
    def email_codes(self, **kwargs):
        self._check_resident()
        email = request.session.get(BEGUN)
        if not email:
            return request.redirect(PATH, code=303)
        user = request.env.user
        former = user.sudo().email
        values = self._read(("code_former", "code_new"))
        errors, notice = {}, ""
        if self._is_sent():
            notice = self._try(self._change_email, email, values)
            if not notice:
                request.session.pop(BEGUN, None)
                return request.redirect("/my/account?fait=courriel", code=303)
        labels = {
            "code_former": request.env._("Code received at %(email)s", email=former),
            "code_new": request.env._("Code received at %(email)s", email=email),
        }
        items = [
            self._item(
                name,
                label,
                errors,
                values,
                required=True,
                width="et-w2",
                inputmode="numeric",
                autocomplete="one-time-code",
            )
            for name, label in labels.items()
            if former or name == "code_new"
        ]
        return self._render(
            CODES,
            request.env._("Type both codes"),
            request.env._(
                "They are valid for ten minutes. Nothing came? Look among the unwanted mails, or "
                "go back to ask for others. You no longer read the former address? Call us."
            ),
            items,
            errors,
            notice,
            back=(PATH, request.env._("Change my e-mail address")),
        )

    def _change_email(self, email, values):
        user = request.env.user
        user._change_own_email(email, values["code_former"], values["code_new"])
        # Her identifier may have changed with it: she stays signed in here, nowhere else.
        request.session.session_token = user._compute_session_token(request.session.sid)
