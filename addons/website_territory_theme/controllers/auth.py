import logging

from odoo import http
from odoo.http import request
from odoo.tools.translate import get_translation

from odoo.addons.auth_signup.controllers.main import AuthSignupHome

_logger = logging.getLogger(__name__)


class TerritoryAuth(AuthSignupHome):
    @http.route()
    def web_login(self, *args, **kw):
        """Core answers 500 to a form sent without its fields."""
        params = request.params
        wanted = (
            ["webauthn_response"] if params.get("type") == "webauthn" else ["login", "password"]
        )
        if request.httprequest.method != "POST" or all(params.get(key) for key in wanted):
            response = super().web_login(*args, **kw)
            values = getattr(response, "qcontext", {})
            core = get_translation("web", request.env.lang, "Wrong login/password", ())
            if values.get("error") == core:
                values["error"] = request.env._("Wrong e-mail address or password.")
            return response
        return request.render(
            "web.login",
            {
                **self.get_auth_signup_config(),
                "login": params.get("login"),
                "redirect": params.get("redirect"),
                "error": request.env._("Write your e-mail address and your password."),
            },
        )

    def get_auth_signup_qcontext(self):
        """A password is typed once: core wants it twice."""
        if request.params.get("password"):
            request.params.setdefault("confirm_password", request.params["password"])
        return super().get_auth_signup_qcontext()

    @http.route()
    def web_auth_reset_password(self, *args, **kw):
        """The page must not tell who has an account: same answer for any address."""
        response = super().web_auth_reset_password(*args, **kw)
        values = getattr(response, "qcontext", {})
        if request.httprequest.method == "POST" and not values.get("token"):
            if not values.get("login"):
                values["error"] = request.env._("Write your e-mail address.")
                return response
            if values.pop("error", None):
                _logger.info("Password reset asked for an address without a single account")
            values["message"] = request.env._(
                "If an account uses this address, a message has just been sent to it. Its link"
                " lets you choose a new password."
            )
        return response
