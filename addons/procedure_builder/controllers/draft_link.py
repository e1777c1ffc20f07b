"""A draft read and tried by whoever holds its link."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.website_parts.tools.web import FORM, Visit, text
from odoo.addons.website_procedure.controllers.form_preview import FormTrial

LIMIT_TOKEN = 100


class DraftLink(FormTrial, http.Controller):
    @http.route("/demarches/essai/<string:token>", **FORM)
    def draft(self, token, **kwargs):
        """Withdrawn, past or wrong, it is no address."""
        link_sudo = request.env["procedure.version.link"]._find_open(text(token, LIMIT_TOKEN))
        if not link_sudo:
            raise NotFound()
        version_sudo = link_sudo.version_id
        procedure_sudo = version_sudo.procedure_id
        page = procedure_sudo._make_form_page(Visit.from_request(), version_sudo, kind="preview")
        page.trial_url = f"/demarches/essai/{link_sudo.token}"
        page.trial_end = link_sudo.date_end
        if request.httprequest.method == "GET":
            link_sudo._count_opening()
        response = self._try(page, kwargs.get("etape"))
        # The address is the secret: it goes to no other site.
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response
