"""What is typed, kept by a script while she types: the answers alone, never the files."""

from odoo import http
from odoo.http import request

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.web import (
    Visit,
    answer_json,
    get_sender,
    is_csrf_valid,
    is_signed_in,
    typed,
)

from .common import POST, get_procedure
from .form import ProcedureForm

# A pause of some seconds each time, of one account or of the visitors of one address.
SAVES_AN_HOUR = 900


class FormSave(ProcedureForm):
    @http.route("/demarches/<string:slug>/brouillon/enregistrer", **POST)
    def save(self, slug, **kwargs):
        """Answers JSON: where it stands now, or the sentence that says why nothing was kept.

        Rights are those of the form. Nothing is written for a page that was only opened, nor over
        what another page wrote.
        """
        procedure_sudo = get_procedure(slug)
        page = procedure_sudo._make_form_page(Visit.from_request(), kind="saving")
        refusal = self._get_save_refusal(page)
        if refusal:
            sentence, status = refusal
            return answer_json({"error": sentence}, status)
        page.read_post(is_trusted=True)
        if page.overtaken:
            status = 410 if page.overtaken == "sent" else 409
            return answer_json({"error": page.overtaken_sentence}, status)
        if not page.pending and page.is_blank:
            return answer_json({"kept": page.kept}, 200)
        try:
            request.env["public.guard"]._hit("procedure.save", get_sender(), SAVES_AN_HOUR, 3600)
            page.keep()
        except TooManyRequests as refused:
            return answer_json({"error": str(refused)}, 429)
        if page.claim:
            self._remember_saved(procedure_sudo, page.claim)
        return answer_json(
            {"kept": page.kept, "claim": page.claim or "", "said": page.said, "draft": page.draft},
            200,
        )

    def _get_save_refusal(self, page):
        """(sentence, status) when nothing can be kept now; the form itself says what to do."""
        if not page.procedure._is_open():
            return request.env._("This procedure is closed."), 403
        was_signed_in = page.procedure.account_required or typed("_account", 1000)
        if was_signed_in and not is_signed_in():
            return request.env._(
                "You are no longer signed in. Press the button below: what you typed is kept."
            ), 403
        if not page.save_url or not is_csrf_valid():
            return request.env._(
                "This page stayed open for too long. Press the button below: what you typed is "
                "kept."
            ), 403
        if typed("_version", 20) != str(page.version.id):
            return request.env._(
                "This form has changed since you began. Press the button below: what you typed is "
                "kept."
            ), 403
        return None
