"""One file, sent by a script as soon as it is chosen: kept before the form itself leaves."""

from odoo import http
from odoo.http import request

from odoo.addons.website_parts.tools.web import (
    Visit,
    answer_json,
    is_csrf_valid,
    is_signed_in,
    typed,
    uploads,
)

from .common import GET, POST, get_procedure
from .form import ProcedureForm
from .given_files import find_file, show_file, show_thumbnail


class FormUpload(ProcedureForm):
    @http.route(
        "/demarches/<string:slug>/fichier",
        **POST,
    )
    def upload(self, slug, **kwargs):
        """Checked and kept as with the form, what is typed so far beside it.

        Answers JSON: the field's files, or the sentence that says why not. Nothing is kept of a
        post that may come from another site: the form itself can be sent then, as ever.
        """
        procedure_sudo = get_procedure(slug)
        page = procedure_sudo._make_form_page(
            Visit.from_request(), typed("_field", 100), kind="upload"
        )
        refusal = self._get_upload_refusal(page)
        if refusal:
            sentence, status = refusal
            return answer_json({"error": sentence}, status)
        page.read_post(is_trusted=True)
        error = page.errors.get(page.field.key)
        if error:
            return answer_json({"error": error, **page.answer()}, 422)
        if not page.overtaken:
            page.keep()
        if page.claim:
            # First: what is answered holds addresses that need it.
            self._remember_saved(procedure_sudo, page.claim)
        return answer_json(page.answer(), 200)

    # What she gave, seen again: by her account, or by the browser that holds the secret of the
    # form, never by what an address says. Another's file is one that does not exist.

    @http.route("/demarches/<string:slug>/fichier/<string:file>", **GET)
    def given_file(self, slug, file, **kwargs):
        return show_file(find_file(self._find_begun(get_procedure(slug)), file))

    @http.route("/demarches/<string:slug>/fichier/<string:file>/vignette", **GET)
    def given_thumbnail(self, slug, file, **kwargs):
        return show_thumbnail(find_file(self._find_begun(get_procedure(slug)), file))

    def _get_upload_refusal(self, page):
        """(sentence, status) when no file can be taken at all."""
        if not page.procedure._is_open():
            return request.env._("This procedure is closed."), 409
        if page.procedure.account_required and not is_signed_in():
            return request.env._(
                "You are no longer signed in. Send the form: what you typed is kept."
            ), 403
        if not is_csrf_valid():
            return request.env._(
                "This page stayed open for too long. Send the form: what you typed is kept."
            ), 403
        if typed("_version", 20) != str(page.version.id):
            return request.env._(
                "This form has changed since you began. Send the form: what you typed is kept."
            ), 409
        if not page.field:
            return request.env._("No file is asked for here."), 404
        if len(uploads(page.field.key)) != 1:
            return request.env._("No file was received."), 400
        return None
