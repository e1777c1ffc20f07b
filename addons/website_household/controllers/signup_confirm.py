"""The link of the mail of a sign-up: the account opens."""

from odoo import http
from odoo.exceptions import AccessDenied
from odoo.http import request

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.item import make_item
from odoo.addons.website_parts.tools.web import is_csrf_valid, is_signed_in, not_cached, text, typed

from .signup import FORM, POST, SESSION_BEGUN


class SignupConfirm(http.Controller):
    @http.route(
        ["/inscription/confirmer", "/inscription/confirmer/<string:token>"],
        methods=["GET"],
        **FORM,
    )
    def confirm(self, token="", **kwargs):
        """In the browser where the password was typed, the account opens. Elsewhere the password
        is asked: neither programs that follow the links of mails, nor who signed up in another's
        name, open an account by its link alone."""
        token = text(token, 1000)
        user = request.env["res.users"]._find_unconfirmed(token)
        if user and user.id in request.session.get(SESSION_BEGUN, ()):
            return self._open(token)
        if not user and is_signed_in():
            # The link once more, from the mailbox.
            return request.redirect("/my", code=303)
        return self._render_confirm(token) if user else self._render_late()

    @http.route("/inscription/confirmer", **POST)
    def confirm_submit(self, **kwargs):
        token = typed("token", 1000)
        if not is_csrf_valid():
            notice = request.env._("This page stayed open for too long. Send it again.")
            return self._render_confirm(token, notice=notice)
        Users = request.env["res.users"]
        guard = request.env["public.guard"]
        try:
            address = request.httprequest.remote_addr
            guard._hit("confirmer", address, 60, 3600)
            # By account: one link can be written in several ways.
            guard._hit("confirmer.compte", str(Users._find_unconfirmed(token).id), 5, 3600)
            # Never cut nor trimmed: a password is what was typed.
            return self._open(token, request.httprequest.form.get("password") or "")
        except TooManyRequests as refused:
            return self._render_confirm(token, notice=str(refused))
        except AccessDenied:
            error = request.env._("This is not the password that was typed to create this account.")
            return self._render_confirm(token, error=error)

    def _open(self, token, password=None):
        """The account is open and she is signed in, on her way to what she came for."""
        Users = request.env["res.users"]
        later = Users._find_unconfirmed(token).sudo().signup_values or {}
        begun = request.session.get(SESSION_BEGUN, ())
        user_sudo = Users._confirm_signup(token, password, begun).sudo()
        if not user_sudo:
            return self._render_late()
        if password is not None:
            guard = request.env["public.guard"]
            guard._give_back("confirmer", request.httprequest.remote_addr)
        login = user_sudo.login
        self._sign_in(user_sudo)
        if later.get("redirect"):
            return request.redirect(later["redirect"], code=303)
        values = {"state": "done", "login": login}
        return not_cached(request.render("website_household.signup_confirm", values))

    def _sign_in(self, user_sudo):
        """Her mailbox and her password are proved: what a log-in proves, and more."""
        request.session.pop(SESSION_BEGUN, None)
        request.session.update(pre_login=user_sudo.login, pre_uid=user_sudo.id)
        request.session.finalize(request.env)
        request.update_env(user=request.session.uid)
        request.update_context(**request.session.context)

    def _render_late(self):
        return not_cached(request.render("website_household.signup_confirm", {"state": "late"}))

    def _render_confirm(self, token, error=None, notice=""):
        field = make_item(
            "password",
            {"password": error},
            label=request.env._("Password"),
            type="password",
            autocomplete="current-password",
            required=True,
            width="et-w3",
            value=None,
            help=request.env._("The one that you chose when you created your account"),
        )
        title = request.env._("Open my account")
        response = request.render(
            "website_household.signup_confirm",
            {
                "token": token,
                "state": "ask",
                "field": field,
                "notice": notice,
                "errors": [(field["id"], error)] if error else [],
                "page_title": request.env._("Error: %(name)s", name=title) if error else title,
            },
            status=422 if error else 200,
        )
        return not_cached(response)
