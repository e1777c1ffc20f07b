"""Addresses proposed while one is typed; without an answer the form works as well."""

from odoo import http
from odoo.http import request

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.web import get_sender, text

LIMIT_QUERY = 120


class ProcedureAddress(http.Controller):
    @http.route(
        "/demarches/adresse",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=False,
        readonly=True,
    )
    def addresses(self, q="", **kwargs):
        found = []
        words = text(q, LIMIT_QUERY)
        Address_sudo = request.env["website.procedure.address"].sudo()
        if len(words) >= 4 and Address_sudo._is_on():
            try:
                request.env["public.guard"]._hit("procedure.address", get_sender(), 600, 3600)
                found = Address_sudo._search_addresses(words)
            except TooManyRequests:
                found = []
        response = request.make_json_response(found)
        response.headers["Cache-Control"] = "private, max-age=3600" if found else "no-store"
        return response
