from contextlib import suppress

from odoo import http
from odoo.http import request

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.web import is_signed_in, text

from ..models.territory_search import NUMBER
from .common import get_procedure
from .form_commune import prepare_communes

MISSES_KEPT, MISSES_SECONDS = 30, 900


class Catalogue(http.Controller):
    def _sitemap_procedures(self, rule, qs):
        yield {"loc": "/demarches"}
        Procedure_sudo = self["procedure.procedure"].sudo()
        for procedure in Procedure_sudo.search(Procedure_sudo._get_public_domain()):
            yield {"loc": f"/demarches/{procedure.slug}"}

    def _is_catalogue_readonly(self, rule, args):
        """A search that finds nothing is counted."""
        return not request.httprequest.args.get("q")

    @http.route(
        "/demarches",
        type="http",
        auth="public",
        website=True,
        readonly=_is_catalogue_readonly,
        sitemap=_sitemap_procedures,
        # Not the words searched: those that find nothing are counted.
        page_cache=("chercher", "public", "theme"),
    )
    def catalogue(self, q="", theme="", public="", **kwargs):
        filters = {"q": text(q, 100), "theme": text(theme, 50), "public": text(public, 50)}
        Procedure_sudo = request.env["procedure.procedure"].sudo()
        number = NUMBER.search(filters["q"])
        if number:
            return self._follow("-".join(number.groups()).upper())
        procedures_sudo = Procedure_sudo._get_catalogue()
        shown_sudo = Procedure_sudo._get_catalogue(filters["theme"], filters["public"])
        found = filters["q"] and self._search(filters["q"], shown_sudo)
        has_maximum = any(shown_sudo.mapped("max_requests"))
        if has_maximum:
            # A request that comes in changes what the page says.
            request.env["website.page.cache"]._keep_private()
        return request.render(
            "website_procedure.catalogue",
            {
                "filters": filters,
                "found": found,
                "procedures": found.records if found else shown_sudo,
                "groups": shown_sudo.grouped("topic_id"),
                "topics": procedures_sudo.topic_id.sorted("sequence"),
                "audiences": procedures_sudo.audience_ids.sorted("sequence"),
                "is_filtered": any(filters.values()),
                # The phone's "Find" leads here: the next thing is to type.
                "is_asked": "chercher" in kwargs,
                "says_full": has_maximum,
            },
        )

    def _follow(self, number):
        """Hook: where the number of a request, typed as words, leads: where its code is asked,
        known or not.

        :param number: as it is written on the mail
        :return: a response
        """
        return request.redirect_query("/suivi", {"numero": number}, code=303)

    def _search(self, words, procedures_sudo):
        found = request.env["territory.search"]._find(words, [procedures_sudo])
        if not found.records and not found.elsewhere:
            with suppress(TooManyRequests):
                address = request.httprequest.remote_addr
                request.env["public.guard"]._hit(
                    "territory.search", address, MISSES_KEPT, MISSES_SECONDS
                )
                request.env["territory.search.miss"]._keep(words)
        return found

    @http.route(
        "/demarches/<string:slug>",
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=False,
        page_cache=True,
    )
    def presentation(self, slug, **kwargs):
        procedure_sudo = get_procedure(slug)
        if procedure_sudo.slug != slug:
            return request.redirect(f"/demarches/{procedure_sudo.slug}", code=301)
        draft_sudo = request.env["website.procedure.pending"]
        if is_signed_in():
            draft_sudo = draft_sudo.sudo()._find_draft(procedure_sudo, request.env.user.partner_id)
        return self._render_presentation(procedure_sudo, draft=draft_sudo)

    @http.route(
        "/demarches/<string:slug>/commencer",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=False,
    )
    def begin(self, slug, commune="", **kwargs):
        """The form, for those concerned; the others are told at once, and whom to call."""
        procedure_sudo = get_procedure(slug)
        commune = text(commune, 10)
        errors = {}
        communes = prepare_communes(procedure_sudo, commune)
        if communes and not (communes["is_concerned"] or communes["is_elsewhere"]):
            errors["commune"] = request.env._("Choose the commune in the list.")
        if communes and (errors or communes["is_elsewhere"]):
            communes = prepare_communes(procedure_sudo, commune, errors)
            name = procedure_sudo.name
            return self._render_presentation(
                procedure_sudo,
                communes=communes,
                heading=request.env._("%(procedure)s: your commune", procedure=name),
                website_meta_description=request.env._(
                    "The communes that it is for, and whom to call elsewhere: %(procedure)s.",
                    procedure=name,
                ),
            )
        path = f"/demarches/{procedure_sudo.slug}/formulaire"
        return request.redirect_query(path, {"commune": commune} if communes else {}, code=303)

    def _render_presentation(self, procedure_sudo, **values):
        values.setdefault("communes", prepare_communes(procedure_sudo))
        places = procedure_sudo._get_places_left(procedure_sudo._get_season())
        if places is not None:
            # A request that comes in changes what the page says.
            request.env["website.page.cache"]._keep_private()
        return request.render(
            "website_procedure.presentation",
            {
                "procedure": procedure_sudo,
                "service": procedure_sudo.service_id,
                "is_open": procedure_sudo._is_open(),
                "places": places,
                "draft": None,
                "heading": None,
                "opening": procedure_sudo._get_opening(),
                "start_url": f"/demarches/{procedure_sudo.slug}/formulaire",
                "catalogue_label": request.env._("Procedures"),
                "website_meta_description": procedure_sudo.summary,
                **values,
            },
        )
