from odoo import http
from odoo.http import request

from odoo.addons.website_parts.tools.web import PAGE, for_everybody, text

from ..models.commune_shared_block import SHARED_PATH
from ..tools.map_drawing import draw_map, place_names
from ..tools.village_drawing import draw_strip, draw_village

# Drawings change with an update of ours, and the map with a commune: a week.
DRAWING_SECONDS = 7 * 24 * 3600
# Names on the small map beside the list: a phone holds no more.
FEW_NAMES = 7


class Communes(http.Controller):
    def _sitemap_communes(self, rule, qs):
        yield {"loc": "/communes"}
        yield {"loc": "/communes/carte"}
        yield {"loc": SHARED_PATH}
        for commune in self["territory.commune"].search([]):
            yield {"loc": commune._get_content_url()}
            if commune.page_state != "closed":
                for page in commune._get_online_pages():
                    yield {"loc": page._get_content_url()}

    @http.route("/communes", page_cache=True, **{**PAGE, "sitemap": _sitemap_communes})
    def communes(self, q="", **kwargs):
        words = text(q, 100)
        Commune = request.env["territory.commune"]
        if words:
            commune = Commune._find_by_name(words)
            if commune:
                return request.redirect(commune._get_content_url(), code=303)
        found = Commune._search_by_name(words)
        every = Commune.search([])
        closed = every.filtered(lambda commune: commune.page_state == "closed")
        near = [] if found else Commune._get_near_names(words)
        return request.render(
            "website_commune.communes",
            {
                "words": words,
                "communes": found,
                "count": len(every),
                "first_names": every[:5].mapped("name"),
                "near_names": near,
                # Told of a few; of most of them it would say nothing.
                "is_closed_told": 2 * len(closed) < len(every),
                "example": every.former_ids[:1].name,
                "names": place_names(self._get_points(every), 330, FEW_NAMES),
            },
        )

    @http.route("/communes/carte", page_cache=True, **PAGE)
    def big_map(self, **kwargs):
        every = request.env["territory.commune"].search([])
        points = self._get_points(every)
        more_names = place_names(points, 1100, len(points))
        named = {place.url for place in more_names}
        return request.render(
            "website_commune.big_map",
            {
                "others": every.filtered(lambda each: each._get_content_url() not in named),
                "count": len(every),
                "names": place_names(points, 330, FEW_NAMES),
                "more_names": more_names,
            },
        )

    @http.route(SHARED_PATH, page_cache=True, **PAGE)
    def shared_blocks(self, **kwargs):
        """What the intercommunality tells all its villages, where the search leads."""
        blocks = request.env["commune.shared.block"].search([])
        return request.render("website_commune.shared_blocks", {"blocks": blocks})

    def _get_points(self, communes):
        """(name, population, latitude, longitude, address) of those that have a place."""
        return [
            (
                commune.name,
                commune.population,
                commune.latitude,
                commune.longitude,
                commune._get_content_url(),
            )
            for commune in communes
            if commune.latitude and commune.longitude
        ]

    @http.route("/communes/carte.svg", **PAGE)
    def map_drawing(self, **kwargs):
        communes = request.env["territory.commune"].search([])
        return self._answer_drawing(draw_map(self._get_points(communes)))

    @http.route("/communes/<string:slug>/village.svg", **PAGE)
    def village_drawing(self, slug, **kwargs):
        commune = self._get_commune(slug)
        return self._answer_drawing(draw_village(commune.insee_code))

    @http.route("/communes/<string:slug>/bandeau.svg", **PAGE)
    def strip_drawing(self, slug, **kwargs):
        commune = self._get_commune(slug)
        return self._answer_drawing(draw_strip(commune.insee_code))

    @http.route("/communes/<string:slug>", page_cache=True, **PAGE)
    def commune(self, slug, **kwargs):
        commune = self._get_commune(slug)
        if commune.slug != slug:
            return request.redirect(commune._get_content_url(), code=301)
        return request.render("website_commune.commune", commune._get_page_values())

    @http.route("/communes/<string:slug>/<string:page_slug>", page_cache=True, **PAGE)
    def local_page(self, slug, page_slug, **kwargs):
        commune = self._get_commune(slug)
        page = request.env["commune.page"]
        if commune.page_state != "closed":
            page = page._find_page(commune, text(page_slug, 200))
        if not page:
            raise request.not_found()
        if (commune.slug, page.slug) != (slug, page_slug):
            return request.redirect(page._get_content_url(), code=301)
        return request.render(
            "website_commune.local_page",
            {
                "commune": commune,
                "page": page,
                "pages": commune._get_online_pages() - page,
                "website_meta_description": request.env._(
                    "%(page)s: a page of %(commune)s, written by its town hall.",
                    page=page.name,
                    commune=commune.name,
                ),
            },
        )

    def _get_commune(self, slug):
        commune = request.env["territory.commune"]._find_by_address(text(slug, 200))
        if not commune:
            raise request.not_found()
        return commune

    def _answer_drawing(self, svg):
        response = request.make_response(
            svg,
            headers=[
                ("Content-Type", "image/svg+xml"),
                ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
            ],
        )
        return for_everybody(response, f"max-age={DRAWING_SECONDS}")
