"""A computer that many people use (town hall, library, France services): its browser says so once,
and keeps nothing of the forms from then on."""

from odoo import http
from odoo.http import request

from odoo.addons.website_parts.tools.web import is_csrf_valid, not_cached, typed

from ..pages.form_saving import SHARED_COOKIE
from .common import GET, POST

URL = "/ordinateur-partage"
YEAR = 365 * 24 * 3600


class SharedDevice(http.Controller):
    @http.route(URL, readonly=True, **GET)
    def show(self, **kwargs):
        is_shared = bool(request.httprequest.cookies.get(SHARED_COOKIE))
        return not_cached(
            request.render("website_procedure.shared_device", {"is_shared": is_shared, "url": URL})
        )

    @http.route(URL, **POST)
    def choose(self, **kwargs):
        response = not_cached(request.redirect(URL, code=303))
        # Another site does not choose for them.
        if not is_csrf_valid():
            return response
        if typed("_action", 20) == "shared":
            response.set_cookie(
                SHARED_COOKIE, "1", max_age=YEAR, path="/", httponly=True, samesite="Lax"
            )
            response.headers["Clear-Site-Data"] = '"storage"'
        elif typed("_action", 20) == "own":
            response.set_cookie(SHARED_COOKIE, "", max_age=0, expires=0, path="/", samesite="Lax")
        return response
