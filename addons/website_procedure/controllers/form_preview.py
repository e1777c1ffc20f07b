"""The form of a version as its readers will see it, tried without leaving anything."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.website_parts.tools.web import FORM, Posted, Visit, not_cached, typed

from ..pages.form_reading import is_reshaped

GROUPS = ("territory_base.territory_group_manager", "base.group_system")


class FormTrial:
    """A form that is tried: nothing is written, so a post from another site would do nothing."""

    def _try(self, page, step=None):
        if request.httprequest.method != "POST":
            page.go_wanted(step)
            return self._render_preview(page)
        page.take_in()
        action = typed("_action", 20)
        if is_reshaped(Posted.from_request()) or action not in ("send", "next", "back"):
            return self._render_preview(page)
        if action == "back":
            page.go(page.page_index - 1)
            return self._render_preview(page)
        answers, errors = page.check()
        page.errors = {**errors, **page.errors}
        if action == "next" and page.is_paged:
            page.errors = page.get_errors_here(page.errors)
            if not page.errors:
                page.go(page.page_index + 1)
            return self._render_preview(page)
        if page.errors:
            page.go_to_first_error()
            return self._render_preview(page)
        return self._render_preview(page, page.show_answers(answers))

    def _render_preview(self, page, sections=None):
        response = request.render(
            "website_procedure.form_preview",
            {"page": page, "procedure": page.procedure, "answers": sections},
            status=422 if page.errors else 200,
        )
        return not_cached(response)


class ProcedurePreview(FormTrial, http.Controller):
    @http.route("/demarches/apercu/<int:version_id>", **FORM)
    def preview(self, version_id, **kwargs):
        """For whoever may publish it."""
        version_sudo = self._find_version(version_id)
        procedure_sudo = version_sudo.procedure_id
        page = procedure_sudo._make_form_page(Visit.from_request(), version_sudo, kind="preview")
        return self._try(page, kwargs.get("etape"))

    def _find_version(self, version_id):
        """Who prepares the forms; for anybody else the page does not exist."""
        if not any(map(request.env.user.has_group, GROUPS)) or version_id > 2**31 - 1:
            raise NotFound()
        version_sudo = request.env["procedure.version"].sudo().browse(version_id).exists()
        if not version_sudo:
            raise NotFound()
        return version_sudo
