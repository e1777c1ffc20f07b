import base64

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.procedure_commune.models.procedure_commune import CLOSED, ONLINE
from odoo.addons.website_parts.tools.file_answer import make_answer
from odoo.addons.website_parts.tools.item import make_item
from odoo.addons.website_parts.tools.web import is_signed_in, number, text
from odoo.addons.website_procedure.controllers.catalogue import Catalogue
from odoo.addons.website_procedure.controllers.common import get_procedure
from odoo.addons.website_procedure.controllers.form_commune import prepare_communes

PATH = "/demarches/<string:slug>/commune/<string:commune>"


def find_commune(code):
    """The one of this INSEE code, else hers when she signed in; empty: nobody knows."""
    communes_sudo = request.env["territory.commune"].sudo()
    if code:
        return communes_sudo._find_by_insee(code)
    if not is_signed_in():
        return communes_sudo
    partner_sudo = request.env.user.partner_id.sudo()
    return partner_sudo._current_dwelling().commune_id or partner_sudo.commune_id


class CommuneCatalogue(Catalogue):
    @http.route(page_cache=("chercher", "public", "theme", "commune"))
    def catalogue(self, q="", theme="", public="", commune="", **kwargs):
        response = super().catalogue(q=q, theme=theme, public=public, **kwargs)
        if not getattr(response, "is_qweb", False):
            return response
        chosen_sudo = find_commune(text(commune, 10))
        shown_sudo = response.qcontext["procedures"]
        if any(procedure._is_said_by_communes() for procedure in shown_sudo):
            response.qcontext["tag_commune"] = chosen_sudo
            response.qcontext["commune_item"] = make_item(
                "commune",
                {},
                label=request.env._("What is done online in my commune"),
                required=True,
                value=chosen_sudo.insee_code or "",
                choices=request.env["territory.commune"]._get_form_choices(),
            )
        return response

    @http.route()
    def begin(self, slug, commune="", **kwargs):
        """What applies there is read before the first question."""
        procedure_sudo = get_procedure(slug)
        code = text(commune, 10)
        chosen_sudo = request.env["territory.commune"].sudo()._find_by_insee(code)
        if chosen_sudo and self._has_page(procedure_sudo, chosen_sudo):
            return request.redirect(procedure_sudo._get_commune_url(chosen_sudo), code=303)
        return super().begin(slug, commune=commune, **kwargs)

    def _has_page(self, procedure_sudo, commune_sudo):
        """Where it says something, or is not online."""
        row_sudo = procedure_sudo._get_commune_row(commune_sudo)
        is_said = procedure_sudo._is_said_by_communes()
        is_for_it = commune_sudo in procedure_sudo._get_said_communes()
        is_away = procedure_sudo._get_way_in(commune_sudo) != ONLINE
        return is_for_it and bool(is_said and is_away or (row_sudo and row_sudo._has_own_words()))

    def _find_both(self, slug, commune):
        procedure_sudo = get_procedure(slug)
        communes_sudo = request.env["territory.commune"].sudo()
        commune_sudo = communes_sudo.search([("slug", "=", text(commune, 100))], limit=1)
        if not commune_sudo or not procedure_sudo.is_communal:
            raise NotFound()
        return procedure_sudo, commune_sudo

    def _sitemap_communes(self, rule, qs):
        """Those where it can be asked, online or not."""
        Procedure_sudo = self["procedure.procedure"].sudo()
        domain = Procedure_sudo._get_public_domain() & Domain("is_communal", "=", True)
        for procedure_sudo in Procedure_sudo.search(domain):
            if procedure_sudo._is_said_by_communes():
                for commune_sudo in procedure_sudo._get_said_communes():
                    if procedure_sudo._get_way_in(commune_sudo) != CLOSED:
                        yield {"loc": procedure_sudo._get_commune_url(commune_sudo)}

    @http.route(
        PATH,
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=_sitemap_communes,
        page_cache=True,
    )
    def in_commune(self, slug, commune, **kwargs):
        """The procedure as it is in this commune."""
        procedure_sudo, commune_sudo = self._find_both(slug, commune)
        if procedure_sudo.slug != slug:
            return request.redirect(procedure_sudo._get_commune_url(commune_sudo), code=301)
        if commune_sudo not in procedure_sudo._get_said_communes():
            return request.redirect(f"/demarches/{procedure_sudo.slug}", code=303)
        way = procedure_sudo._get_way_in(commune_sudo)
        heading = request.env._(
            "%(procedure)s, %(commune)s", procedure=procedure_sudo.name, commune=commune_sudo.name
        )
        start = f"/demarches/{procedure_sudo.slug}/formulaire?commune={commune_sudo.insee_code}"
        return self._render_presentation(
            procedure_sudo,
            communes=prepare_communes(procedure_sudo, commune_sudo.insee_code),
            here=commune_sudo,
            heading=heading,
            start_url=start,
            website_meta_description=f"{heading}. {procedure_sudo._tell_way(commune_sudo)}",
            service=procedure_sudo._get_service(commune_sudo),
            is_here_online=way == ONLINE,
        )

    @http.route(
        f"{PATH}/document/<string:file>",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def document(self, slug, commune, file, **kwargs):
        """What its town hall gives to read, as long as it says how it is asked."""
        procedure_sudo, commune_sudo = self._find_both(slug, commune)
        row_sudo = procedure_sudo._get_commune_row(commune_sudo)
        file_sudo = row_sudo.file_ids.filtered(lambda each: each.id == number(file))
        if not file_sudo or procedure_sudo._get_way_in(commune_sudo) == CLOSED:
            raise NotFound()
        content = base64.b64decode(file_sudo.with_context(bin_size=False).file)
        name = f"{file_sudo.name}.pdf"
        return make_answer(content, name, "application/pdf", is_shown=True)

    def _render_presentation(self, procedure_sudo, **values):
        """Her own commune is known; what it says is on the page."""
        communes = values.get("communes")
        if communes is None:
            values["communes"] = communes = prepare_communes(procedure_sudo)
        here_sudo = values.setdefault("here", communes and communes["chosen"])
        row_sudo = procedure_sudo._get_commune_row(here_sudo)
        has_words = row_sudo and row_sudo._has_own_words()
        values["commune_row"] = row_sudo if has_words else None
        values["communes_by_way"] = procedure_sudo._get_communes_by_way()
        return super()._render_presentation(procedure_sudo, **values)
