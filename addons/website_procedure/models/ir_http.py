from werkzeug.exceptions import RequestEntityTooLarge, abort

from odoo import models
from odoo.http import request

# A form with several photos of the largest size that is accepted. Above, nothing is read:
# the page that answers says so. Below, each file too big gets its sentence beside its field.
MAX_BODY = 64 * 1024 * 1024
DRAIN_CHUNK = 1024 * 1024


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        result = super()._pre_dispatch(rule, args)
        if rule.endpoint.routing.get("territory_form") and request.httprequest.method == "POST":
            request.httprequest.max_content_length = MAX_BODY
            try:
                # Parsed now and kept by werkzeug: later it could only end in a bare error.
                request.httprequest.form  # noqa: B018
            except RequestEntityTooLarge:
                abort(cls._refuse_body())
        return result

    @classmethod
    def _refuse_body(cls):
        """Our page in place of the server's; read to the end so that the browser shows it."""
        stream = request.httprequest.environ["wsgi.input"]
        left = min(request.httprequest.content_length or 0, 4 * MAX_BODY)
        while left > 0 and (chunk := stream.read(min(left, DRAIN_CHUNK))):
            left -= len(chunk)
        response = request.render(
            "website_procedure.body_too_large",
            {"path": request.httprequest.path, "limit": MAX_BODY // (1024 * 1024)},
            status=413,
        )
        response.flatten()
        return response
