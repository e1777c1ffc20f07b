from odoo import http
from odoo.http import request

from .common import get_procedure, is_signed_in, text
from .request_progress import get_usual_sentence


class Catalogue(http.Controller):
    def _sitemap_procedures(self, rule, qs):
        yield {"loc": "/demarches"}
        Procedure_sudo = self["procedure.procedure"].sudo()
        for procedure in Procedure_sudo.search(Procedure_sudo._get_public_domain()):
            yield {"loc": f"/demarches/{procedure.slug}"}

    @http.route(
        "/demarches",
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=_sitemap_procedures,
    )
    def catalogue(self, q="", theme="", public="", **kwargs):
        filters = {"q": text(q, 100), "theme": text(theme, 50), "public": text(public, 50)}
        Procedure_sudo = request.env["procedure.procedure"].sudo()
        procedures_sudo = Procedure_sudo._get_catalogue()
        found_sudo = Procedure_sudo._get_catalogue(*filters.values())
        return request.render(
            "website_procedure.catalogue",
            {
                "filters": filters,
                "procedures": found_sudo,
                "groups": found_sudo.grouped("topic_id"),
                "topics": procedures_sudo.topic_id.sorted("sequence"),
                "audiences": procedures_sudo.audience_ids.sorted("sequence"),
                "is_filtered": any(filters.values()),
            },
        )

    @http.route(
        "/demarches/<string:slug>",
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def presentation(self, slug, **kwargs):
        procedure_sudo = get_procedure(slug)
        if procedure_sudo.slug != slug:
            return request.redirect(f"/demarches/{procedure_sudo.slug}", code=301)
        draft_sudo = request.env["website.procedure.pending"]
        if is_signed_in():
            draft_sudo = draft_sudo.sudo()._find_draft(procedure_sudo, request.env.user.partner_id)
        return request.render(
            "website_procedure.presentation",
            {
                "procedure": procedure_sudo,
                "service": procedure_sudo.service_id,
                "is_open": procedure_sudo._is_open(),
                "draft": draft_sudo,
                "opening": procedure_sudo._get_opening(),
                "usual_sentence": get_usual_sentence(procedure_sudo),
                "catalogue_label": request.env._("Procedures"),
                "website_meta_description": procedure_sudo.summary,
            },
        )
