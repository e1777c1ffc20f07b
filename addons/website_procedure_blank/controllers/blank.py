import hashlib
import logging
import threading
from collections import OrderedDict

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.report_weasyprint import renderer
from odoo.addons.website_parts.tools.web import Visit, for_everybody, get_sender, not_cached
from odoo.addons.website_procedure.controllers.common import get_procedure

_logger = logging.getLogger(__name__)

# Drawings of one address in ten minutes; what is drawn already costs nothing.
MAX_DRAWN = 20
WINDOW = 600
MAX_KEPT = 32


class DrawnForms:
    """The last forms drawn by this process, by what they say: a form that changes is another."""

    def __init__(self, size=MAX_KEPT):
        self.size = size
        self._drawn = OrderedDict()
        self._lock = threading.Lock()

    def find(self, digest):
        with self._lock:
            if digest in self._drawn:
                self._drawn.move_to_end(digest)
            return self._drawn.get(digest)

    def keep(self, digest, content):
        with self._lock:
            self._drawn[digest] = content
            self._drawn.move_to_end(digest)
            while len(self._drawn) > self.size:
                self._drawn.popitem(last=False)


DRAWN = DrawnForms()


class BlankForm(http.Controller):
    @http.route(
        "/demarches/<string:slug>/formulaire.pdf",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=False,
    )
    def blank(self, slug, **kwargs):
        """Public as the form itself, and the same for everybody."""
        procedure_sudo = get_procedure(slug)
        if procedure_sudo.slug != slug:
            return request.redirect(f"/demarches/{procedure_sudo.slug}/formulaire.pdf", code=301)
        is_full = procedure_sudo._is_full()
        if procedure_sudo.kind == "external" or not procedure_sudo.version_id or is_full:
            return request.redirect(f"/demarches/{procedure_sudo.slug}", code=303)
        html = self._render(procedure_sudo)
        digest = hashlib.sha256(html.encode()).hexdigest()
        content = DRAWN.find(digest)
        if not content:
            try:
                content = self._draw(html)
            except TooManyRequests as refused:
                return self._refuse(procedure_sudo, str(refused), 429)
            except UserError:
                _logger.exception("The blank form of %s could not be drawn", procedure_sudo.code)
                sentence = request.env._("This form cannot be printed for now: call us.")
                return self._refuse(procedure_sudo, sentence, 503)
            DRAWN.keep(digest, content)
        response = request.make_response(
            content,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", content_disposition(f"{slug}.pdf", "inline")),
                ("X-Content-Type-Options", "nosniff"),
                ("X-Robots-Tag", "noindex"),
            ],
        )
        for_everybody(response, "max-age=300")
        response.set_etag(digest)
        return response.make_conditional(request.httprequest)

    @http.route(
        "/demarches/<string:slug>/papier",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def paper(self, slug, **kwargs):
        """The QR of the printed form: its entry for the staff, the procedure for the others."""
        path = get_procedure(slug)._get_paper_path(request.env.user)
        return not_cached(request.redirect(path, code=303))

    def _render(self, procedure_sudo):
        page = procedure_sudo._make_form_page(Visit.from_request(), kind="blank")
        sections, documents = page.get_paper()
        return str(
            request.env["ir.qweb"]._render(
                "website_procedure_blank.paper",
                {
                    "procedure": procedure_sudo,
                    "version": page.version,
                    "sections": sections,
                    "documents": documents,
                    "lang": request.env.lang,
                    **procedure_sudo._get_blank_values(),
                },
                minimal_qcontext=True,
            )
        )

    def _draw(self, html):
        guard = request.env["public.guard"]
        guard._hit("procedure.blank", get_sender(), MAX_DRAWN, WINDOW)
        return renderer.write_pdf([request.env["ir.actions.report"].sudo()._lay_out(html)])

    def _refuse(self, procedure_sudo, sentence, status):
        return request.render(
            "website_procedure_blank.refused",
            {
                "procedure": procedure_sudo,
                "sentence": sentence,
                "catalogue_label": request.env._("Procedures"),
            },
            status=status,
        )
