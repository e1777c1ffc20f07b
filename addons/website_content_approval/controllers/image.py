from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.website_parts.tools.web import for_everybody, number, text

from ..models.content_guard_mixin import IMAGE_WIDTHS
from .common import PAGE, find_revision

YEAR = 365 * 24 * 3600


class ContentImage(http.Controller):
    """Images, never by the number of their file."""

    @http.route("/contributions/<string:revision_id>/<string:key>", methods=["GET"], **PAGE)
    def revision_image(self, revision_id, key, largeur="", **kwargs):
        """Of a change: for those who may read it; kept by no cache of others."""
        file_sudo = find_revision(revision_id)._find_image(key)
        if not file_sudo:
            raise NotFound()
        response = self._serve(file_sudo, "raw", largeur)
        response.headers["Cache-Control"] = "private, no-cache"
        return response

    @http.route(
        "/contenu/<string:model>/<string:record_id>/<string:field>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["GET"],
        readonly=True,
    )
    def content_image(self, model, record_id, field, v="", largeur="", **kwargs):
        """Of a content that is shown, or of one of its lines: for everybody."""
        record_sudo, content_sudo = self._find(model, number(record_id), field)
        if not (content_sudo and content_sudo._shows_images() and record_sudo[field]):
            raise NotFound()
        is_known = number(text(v, 12), -1) == content_sudo.version
        caching = f"max-age={YEAR}, immutable" if is_known else "max-age=300"
        return for_everybody(self._serve(record_sudo, field, largeur), caching)

    def _find(self, model, record_id, field):
        """(record, the content it belongs to) if this field of it is an open image."""
        for type_sudo in request.env["content.type"].sudo().search([]):
            Model_sudo = request.env.get(type_sudo.model)
            if Model_sudo is None:
                continue
            Model_sudo = Model_sudo.sudo()
            for name, options in Model_sudo._get_approval_fields().items():
                opened = Model_sudo._fields[name]
                own = (name, options.get("small"))
                if model == type_sudo.model and field in own and opened.type == "binary":
                    content_sudo = Model_sudo.browse(record_id).exists()
                    return content_sudo, content_sudo
                if opened.type != "one2many" or opened.comodel_name != model:
                    continue
                Line_sudo = request.env[model].sudo()
                if field in options["lines"] and Line_sudo._fields[field].type == "binary":
                    line_sudo = Line_sudo.browse(record_id).exists()
                    return line_sudo, line_sudo[opened.inverse_name]
        raise NotFound()

    def _serve(self, record_sudo, field, typed_width):
        """:param typed_width: one of `IMAGE_WIDTHS`; else the image as it is"""
        width = number(text(typed_width, 5))
        Binary = request.env["ir.binary"]
        if width in IMAGE_WIDTHS:
            stream = Binary._get_image_stream_from(record_sudo, field, width=width)
        else:
            stream = Binary._get_stream_from(record_sudo, field)
        response = stream.get_response()
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
