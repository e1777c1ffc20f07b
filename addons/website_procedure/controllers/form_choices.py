"""What a question proposes under an answer above it, asked by the script as this one changes."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.procedure_form import engine
from odoo.addons.website_parts.tools.web import text

from ..pages.form_fields import PROPOSED
from .common import get_procedure

LIMIT_ANSWER = 255


class ProcedureChoices(http.Controller):
    @http.route(
        "/demarches/<string:slug>/choix/<string:key>",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=False,
        readonly=True,
    )
    def choices(self, slug, key, dans="", **kwargs):
        """Of a published form, what anybody reads there: nothing of an account."""
        version_sudo = get_procedure(slug).version_id
        field = version_sudo.field_ids.filtered(lambda each: each.key == text(key))
        other = field and field._get_choices_filter()
        if not other or field._get_type().widget != "searched":
            raise NotFound()
        answers = self._read_above(version_sudo, other, text(dans, LIMIT_ANSWER))
        choices = field._get_record_choices(request.env["res.partner"], answers)
        response = request.make_json_response(choices[:PROPOSED])
        response.headers["Cache-Control"] = "private, max-age=300"
        return response

    def _read_above(self, version_sudo, other, typed):
        parts = other._get_type().parts
        raw = {f"{other.key}.{part}": typed for part in parts} | {other.key: typed}
        raw[f"{other.key}.zip"] = ""
        Request_sudo = request.env["procedure.request"].sudo()
        lookups = Request_sudo._get_lookups(version_sudo, request.env["res.partner"])
        form_fields = version_sudo.field_ids._to_engine()
        return engine.validate_alone(form_fields, {other.key}, raw, {}, **lookups)[0]
