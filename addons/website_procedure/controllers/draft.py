"""What was begun and not sent: deleted, or taken up by the person who signs in."""

from odoo import http
from odoo.http import request

from odoo.addons.website_parts.tools.web import (
    Visit,
    is_csrf_valid,
    is_signed_in,
    not_cached,
    typed,
)

from ..pages.constants import SESSION_CLAIMS
from .common import get_procedure
from .form import ProcedureForm
from .form_session import SESSION_LEFT, get_claim

FORM = {"type": "http", "website": True, "csrf": False, "sitemap": False, "territory_form": True}


class Draft(ProcedureForm):
    @http.route(
        "/demarches/<string:slug>/brouillon/supprimer",
        auth="public",
        methods=["GET", "POST"],
        **FORM,
    )
    def delete_draft(self, slug, **kwargs):
        """Asked first: what was typed and the files given are gone for good."""
        procedure_sudo = get_procedure(slug)
        error = ""
        if request.httprequest.method == "POST":
            if not is_csrf_valid():
                error = request.env._("This page stayed open for too long. Send it again.")
            elif typed("_action", 20) == "delete":
                # Pressed twice: it is gone all the same.
                self._find_begun(procedure_sudo, typed("_claim", 100)).unlink()
                return request.redirect(self._get_back_url(procedure_sudo, done=True), code=303)
            elif not is_signed_in():
                self._keep_typed(procedure_sudo)
        draft_sudo = self._find_begun(procedure_sudo, typed("_claim", 100))
        if not draft_sudo:
            return request.redirect(self._get_back_url(procedure_sudo), code=303)
        response = request.render(
            "website_procedure.draft_delete",
            {
                "procedure": procedure_sudo,
                "claim": typed("_claim", 100),
                "errors": [(None, error)] if error else [],
                "back_url": self._get_back_url(procedure_sudo),
                "crumbs": self._get_crumbs(procedure_sudo),
            },
        )
        return not_cached(response)

    @http.route(
        "/demarches/<string:slug>/brouillon/sans-compte", auth="public", methods=["POST"], **FORM
    )
    def take_up(self, slug, **kwargs):
        """What was begun in this browser, and left to sign in: hers only if she says so."""
        procedure_sudo = get_procedure(slug)
        url = f"/demarches/{procedure_sudo.slug}/formulaire"
        page = procedure_sudo._make_form_page(Visit.from_request())
        left = self._get_left_claim(procedure_sudo)
        page.load(get_claim(procedure_sudo), left)
        action = typed("_action", 20)
        # From another site, or from a page that stayed open: the form asks again.
        if page.begun and is_csrf_valid():
            if action == "resume" and not page.partner:
                self._remember(SESSION_CLAIMS, procedure_sudo, left)
            elif action == "resume":
                page.take_up()
            elif action == "delete":
                page.begun.unlink()
                url += "?fait=efface"
            if action == "resume":
                url += "?fait=repris"
            if action in ("resume", "delete"):
                self._remember(SESSION_LEFT, procedure_sudo, None)
        return request.redirect(url, code=303)

    @http.route(
        "/demarches/<string:slug>/brouillon/precedente", auth="user", methods=["POST"], **FORM
    )
    def take_former(self, slug, **kwargs):
        """A new draft from her own last request: never over one that is begun."""
        procedure_sudo = get_procedure(slug)
        url = f"/demarches/{procedure_sudo.slug}/formulaire"
        if procedure_sudo._is_open() and not procedure_sudo._is_full() and is_csrf_valid():
            page = procedure_sudo._make_form_page(Visit.from_request())
            page.load(get_claim(procedure_sudo), self._get_left_claim(procedure_sudo))
            page.offers_former = True
            page.take_former()
        return request.redirect(url, code=303)

    def _keep_typed(self, procedure_sudo):
        """She may still answer no, and finds again what she had on her screen."""
        if procedure_sudo._is_open() and self._find_begun(procedure_sudo, typed("_claim", 100)):
            page = procedure_sudo._make_form_page(Visit.from_request())
            page.read_post(is_trusted=True)
            page.keep()
            self._remember(SESSION_CLAIMS, procedure_sudo, page.claim)

    def _get_back_url(self, procedure_sudo, done=False):
        if is_signed_in():
            return "/my/demandes?fait=supprime" if done else "/my/demandes"
        url = f"/demarches/{procedure_sudo.slug}/formulaire"
        return f"{url}?fait=efface" if done else url

    def _get_crumbs(self, procedure_sudo):
        if is_signed_in():
            labels = {
                "/my": request.env._("My space"),
                "/my/demandes": request.env._("My requests"),
            }
        else:
            labels = {
                "/demarches": request.env._("Procedures"),
                f"/demarches/{procedure_sudo.slug}": procedure_sudo.name,
            }
        return list(labels.items())
