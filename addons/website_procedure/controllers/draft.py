from odoo import http
from odoo.http import request

from .common import get_procedure, is_csrf_valid, not_cached, typed


class Draft(http.Controller):
    @http.route(
        "/demarches/<string:slug>/brouillon/supprimer",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
        csrf=False,
        sitemap=False,
        territory_form=True,
    )
    def delete(self, slug, **kwargs):
        """Asked first: what was typed and the files given are gone for good."""
        procedure_sudo = get_procedure(slug)
        draft_sudo = (
            request.env["website.procedure.pending"]
            .sudo()
            ._find_draft(procedure_sudo, request.env.user.partner_id)
        )
        error = ""
        if request.httprequest.method == "POST":
            if not is_csrf_valid():
                error = request.env._("This page stayed open for too long. Send it again.")
            elif typed("_action", 20) == "delete":
                # Pressed twice: it is gone all the same.
                draft_sudo.unlink()
                return request.redirect("/my/demandes?fait=supprime", code=303)
        if not draft_sudo:
            return request.redirect("/my/demandes", code=303)
        response = request.render(
            "website_procedure.draft_delete",
            {
                "procedure": procedure_sudo,
                "errors": [(None, error)] if error else [],
                "space_label": request.env._("My space"),
                "list_label": request.env._("My requests"),
            },
        )
        return not_cached(response)
