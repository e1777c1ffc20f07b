"""Who forgot under which identifier she signed up reads it in her mailbox."""

from odoo import http
from odoo.http import request

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.item import make_item
from odoo.addons.website_parts.tools.web import is_csrf_valid, not_cached, typed

from .signup import FORM, POST


class SignupIdentifier(http.Controller):
    @http.route("/inscription/identifiant", methods=["GET"], **FORM)
    def identifier(self, **kwargs):
        return self._render_identifier("")

    @http.route("/inscription/identifiant", **POST)
    def identifier_submit(self, **kwargs):
        email = typed("email", 254)
        if not is_csrf_valid():
            notice = request.env._("This page stayed open for too long. Send it again.")
            return self._render_identifier(email, notice=notice)
        if "@" not in email:
            return self._render_identifier(email, error=request.env._("Write your e-mail address."))
        try:
            guard = request.env["public.guard"]
            guard._hit("identifiant.email", email.lower(), 5, 3600)
            address = request.httprequest.remote_addr
            guard._hit_distinct("identifiant", address, email.lower(), 30, 3600)
        except TooManyRequests as refused:
            return self._render_identifier(email, notice=str(refused))
        request.env["res.users"]._send_identifiers(email)
        notice = request.env._(
            "If an account uses this address, a message with the identifier is on its way."
        )
        return self._render_identifier("", notice=notice)

    def _render_identifier(self, email, error=None, notice=""):
        field = make_item(
            "email",
            {"email": error},
            label=request.env._("E-mail address"),
            type="email",
            autocomplete="email",
            required=True,
            value=email,
        )
        title = request.env._("Find my identifier")
        response = request.render(
            "website_household.signup_identifier",
            {
                "field": field,
                "notice": notice,
                "errors": [(field["id"], error)] if error else [],
                "page_title": request.env._("Error: %(name)s", name=title) if error else title,
            },
            status=422 if error else 200,
        )
        return not_cached(response)
