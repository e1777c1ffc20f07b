from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.website_parts.tools.file_answer import make_answer
from odoo.addons.website_procedure_request.controllers import portal, tracking

GET = {"methods": ["GET"]}


def download_receipt(actions):
    """The last receipt of a lodging, drawn now if its job has not come; her page when it cannot be.

    :param actions: `RequestActions` of the request, whose reader was checked by the caller
    """
    letter_sudo = actions.request_sudo._get_lodging_receipt()
    if not letter_sudo:
        raise NotFound()
    try:
        letter_sudo._check_drawn()
    except UserError:
        # Its service is told by what draws it.
        return request.redirect(actions.base_url, code=303)
    return make_answer(letter_sudo._get_bytes(), letter_sudo._get_file_name(), "application/pdf")


class LodgingPortal(portal.ProcedurePortal):
    @http.route("/my/demandes/<string:request_id>/recepisse.pdf", **portal.FORM, **GET)
    def my_lodging_receipt(self, request_id, **kwargs):
        return download_receipt(self._get_actions(request_id))


class LodgingTracking(tracking.Tracking):
    @http.route("/suivi/<string:request_number>/recepisse.pdf", **tracking.FORM, **GET)
    def followed_lodging_receipt(self, request_number, **kwargs):
        """From a paper, before she typed her code: she is asked for it first."""
        request_sudo = self._find_followed(request_number)
        if not request_sudo:
            return self._lead_to_form(request_number)
        return download_receipt(self._get_actions(request_sudo))
