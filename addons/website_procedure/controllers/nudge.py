"""No reminder any more: by the link of the mail, which a scanner may open without effect."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.territory_base.links import find_row
from odoo.addons.website_parts.tools.web import is_csrf_valid, not_cached, text

from ..models.website_procedure_pending_nudge import NUDGE_STOP
from .common import GET, POST


class Nudge(http.Controller):
    @http.route("/rappels/<string:token>", readonly=True, **GET)
    def ask(self, token, **kwargs):
        return self._render(self._read(token))

    @http.route("/rappels/<string:token>", **POST)
    def stop(self, token, **kwargs):
        partner_sudo = self._read(token)
        if is_csrf_valid():
            partner_sudo.refuses_nudges = True
        return request.redirect(f"/rappels/{text(token, 1000)}", code=303)

    def _render(self, partner_sudo):
        values = {"is_done": partner_sudo.refuses_nudges}
        return not_cached(request.render("website_procedure.nudge_stop", values))

    def _read(self, token):
        """Whom this signed token names, in superuser mode: the signature is the check."""
        Partner_sudo = request.env["res.partner"].sudo()
        partner_sudo, _others = find_row(Partner_sudo, NUDGE_STOP, text(token, 1000))
        if not partner_sudo:
            raise NotFound()
        return partner_sudo
