from odoo import http
from odoo.http import request

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.item import make_item
from odoo.addons.website_parts.tools.web import FORM, is_csrf_valid, not_cached, text, typed

from .tracking import tidy_number

DAY = 24 * 3600


class TrackingCode(http.Controller):
    """A visitor who lost her code: another one leaves to the address of her request."""

    @http.route("/suivi/code", **FORM)
    def lost_code(self, numero="", **kwargs):
        values, errors = {"numero": text(numero, 50), "email": ""}, {}
        if request.httprequest.method == "POST":
            values = {"numero": tidy_number(typed("numero", 50)), "email": typed("email", 254)}
            errors = self._check(values)
            if not errors:
                request.env["procedure.request"]._send_code_again(values["numero"], values["email"])
        is_sent = request.httprequest.method == "POST" and not errors
        return self._render_lost_code(values, errors, is_sent)

    def _check(self, values):
        if not is_csrf_valid():
            return {"": request.env._("This page stayed open for too long. Send it again.")}
        errors = {}
        if not values["numero"]:
            errors["numero"] = request.env._("Type the number of the request.")
        _contact, checked = request.env["identity.check"]._check_contact({"email": values["email"]})
        if "email" in checked:
            errors["email"] = checked["email"]
        if errors:
            return errors
        guard = request.env["public.guard"]
        try:
            # With the address: who knows only the number would shut its owner out for a day.
            asked = f"{values['numero']} {values['email'].lower()}"
            address = request.httprequest.remote_addr
            guard._hit("procedure.lost_code.number", asked, 3, DAY)
            guard._hit_distinct("procedure.lost_code", address, asked, 30, DAY)
        except TooManyRequests as refused:
            return {"": str(refused)}
        return {}

    def _render_lost_code(self, values, errors, is_sent):
        title = request.env._("Receive another code")
        items = [
            make_item(
                "numero",
                errors,
                label=request.env._("Number of the request"),
                help=request.env._("Example: BAC-2026-0142"),
                value=values["numero"],
                required=True,
                width="et-w3",
            ),
            make_item(
                "email",
                errors,
                label=request.env._("E-mail"),
                help=request.env._("The one that you gave in your request."),
                value=values["email"],
                required=True,
                type="email",
                autocomplete="email",
                width="et-w4",
            ),
        ]
        labels = {item["name"]: (item["id"], item["label"]) for item in items}
        listed = [
            (labels[name][0], f"{labels[name][1]}\xa0: {message}") if name else (None, message)
            for name, message in errors.items()
        ]
        response = request.render(
            "website_procedure_request.lost_code",
            {
                "items": items,
                "errors": listed,
                "is_sent": is_sent,
                "number": values["numero"],
                "email": values["email"],
                "heading": title,
                "page_title": request.env._("Error: %(name)s", name=title) if errors else title,
                "crumbs": [("/suivi", request.env._("Follow a request"))],
            },
            status=422 if errors else 200,
        )
        return not_cached(response)
