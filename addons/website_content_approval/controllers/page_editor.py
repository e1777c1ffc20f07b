from markupsafe import Markup
from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.http import request

from odoo.addons.content_approval.exceptions import ContentErrors
from odoo.addons.content_approval.models.content_revision_circuit import EDITABLE
from odoo.addons.content_approval.models.content_revision_text import BODY_MAX
from odoo.addons.website_parts.tools.web import Posted, answer_json, text

from ..pages.bounded import bound
from .common import FORM, POST, check_sent, find_revision, is_sent, redirect, render

PATH = "/my/contributions/<string:revision_id>/page"


class PageEditor(http.Controller):
    """The text of a proposal, written where people will read it.

    The editor is that of Odoo with a few of its plugins, in a page of ours: nobody needs a right of
    core's website builder, and what is posted is bounded here, whatever the browser sends.
    """

    def _find(self, revision_id):
        revision = find_revision(revision_id)
        if not revision._is_written_in_page(request.env.user):
            raise NotFound()
        return revision

    @http.route(PATH, **FORM)
    def edit_page(self, revision_id, fait="", **kwargs):
        revision = self._find(revision_id)
        if not is_sent():
            if revision.sudo().state not in EDITABLE:
                return redirect(f"/my/contributions/{revision.id}")
            kept = request.env._("It is kept. Nothing is sent yet.")
            return self._show(revision, kept if text(fait, 10) == "garde" else "")
        return self._save(revision)

    def _save(self, revision):
        posted = Posted.from_request()
        body = bound(posted.text("body", 2 * BODY_MAX))
        mark = posted.text("_mark", 20)
        refusal = check_sent(posted)
        if refusal:
            return self._show(revision, refusal, body, mark)
        if revision.sudo().state not in EDITABLE:
            return redirect(f"/my/contributions/{revision.id}")
        if mark != revision._get_mark():
            refusal = request.env._(
                "This text was changed meanwhile, in another window or by a colleague. Here is "
                "yours: keep it to replace the other one."
            )
            return self._show(revision, refusal, body)
        try:
            with request.env.cr.savepoint():
                revision._change({"body": body})
        except ContentErrors as refused:
            return self._show(revision, " ".join(refused.errors.values()), body)
        except UserError as refused:
            return self._show(revision, str(refused), body)
        if posted.text("_do", 10) == "form":
            return redirect(f"/my/contributions/{revision.id}?fait=garde")
        return redirect(f"/my/contributions/{revision.id}/page?fait=garde")

    def _show(self, revision, notice="", typed=None, mark=""):
        body = revision.sudo().body if typed is None else typed
        return render(
            "page_editor",
            {
                "page_title": request.env._("Write: %(name)s", name=revision.sudo().name),
                "revision": revision.sudo(),
                "drawn": self._draw(revision, body),
                "body": body or "",
                "mark": mark or revision._get_mark(),
                "failed_word": request.env._(
                    "The picture did not arrive. Is the network there? Press again."
                ),
                "notice": notice,
                "is_refused": typed is not None,
            },
            status=200 if typed is None else 422,
        )

    def _draw(self, revision, body):
        """The page as people will read it, its text being the one that is written."""
        place = Markup('<div data-page-text="1">%s</div>') % Markup(bound(body or "") or "<p></p>")  # noqa: S704
        template = revision._get_model()._get_preview_template()
        drawn = ""
        if template:
            preview_sudo = revision._get_preview()
            # Words, so that the page does not leave out a block that is empty.
            place_sudo = Markup("%s<p>\u2026</p>") % place if not body else place
            preview_sudo._update_cache({"body": place_sudo}, validate=False)
            values = {"content": preview_sudo, "is_preview": True, "website": request.website}
            drawn = request.env["ir.qweb"]._render(template, values)
        if "data-page-text" in drawn:
            return drawn
        return Markup("<h2>%s</h2>%s") % (request.env._("The text"), place)

    @http.route(f"{PATH}/image", **POST)
    def add_picture(self, revision_id, **kwargs):
        """A picture for the text, private to this proposal: its address, or why not."""
        revision = self._find(revision_id)
        posted = Posted.from_request()
        refusal = check_sent(posted)
        uploads = posted.uploads("picture")
        if not refusal and not posted.text("alt", 250):
            refusal = request.env._("Say what the picture shows, for those who cannot see it.")
        if not refusal and not uploads:
            refusal = request.env._("Choose a picture.")
        if not refusal:
            try:
                with request.env.cr.savepoint():
                    url = revision._add_text_picture(uploads[0].read())
                return answer_json({"url": url}, 200)
            except (ValidationError, UserError) as refused:
                refusal = str(refused)
        return answer_json({"error": refusal}, 422)
