from contextlib import suppress

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.web import text

from .. import drawn_map, json_ld
from ..filters import PATH, Filters

GET = {"type": "http", "auth": "public", "website": True, "methods": ["GET"]}
# Parameters of the lists that are kept: words are endless, "open now" is another list each minute.
KEPT = ("c", "f", "ou", "pour", "acces", "carte", "page")
MISSES_KEPT, MISSES_SECONDS = 30, 900
DESCRIPTION_SIZE = 200
NEAREST_SHOWN = 3


class Directory(http.Controller):
    def _sitemap_entries(self, rule, qs):
        yield {"loc": PATH}
        Entry_sudo = self["directory.entry"].sudo()
        for entry in Entry_sudo.search_fetch(Entry_sudo._get_public_domain(), ["slug"]):
            yield {"loc": f"{PATH}/{entry.slug}"}

    def _is_list_readonly(self, rule, args):
        """A search that finds nothing is counted."""
        return not request.httprequest.args.get("q")

    @http.route(
        PATH,
        readonly=_is_list_readonly,
        sitemap=_sitemap_entries,
        page_cache=KEPT,
        **GET,
    )
    def list(self, **kwargs):
        """What the address says and no directory knows is left out."""
        filters = Filters.from_params(request.env, request.httprequest.args)
        listing = request.env["directory.search"]._list(filters)
        if filters.words and not listing.total and filters.chosen == 1:
            self._keep_miss(filters.words)
        communes_sudo = request.env["territory.commune"].sudo().search([])
        response = request.render(
            "website_directory.list",
            {
                "listing": listing,
                "filters": listing.filters,
                "communes": communes_sudo,
                "drawn": self._draw_map(listing, communes_sudo),
                "nearest": listing.nearest[:NEAREST_SHOWN],
            },
        )
        if filters.words or filters.is_open or filters.is_map or filters.chosen > 1:
            # Endless lists of the same sheets are of no use to anybody's search engine.
            response.headers["X-Robots-Tag"] = "noindex, follow"
        return response

    def _draw_map(self, listing, communes_sudo):
        if not listing.filters.is_map:
            return None
        grounds = [
            (commune.latitude, commune.longitude)
            for commune in communes_sudo
            if commune.latitude or commune.longitude
        ]
        others = listing.placed - listing.entries
        return drawn_map.draw(listing.entries, grounds, others=others)

    def _keep_miss(self, words):
        with suppress(TooManyRequests):
            address = request.httprequest.remote_addr
            request.env["public.guard"]._hit(
                "territory.search", address, MISSES_KEPT, MISSES_SECONDS
            )
            request.env["territory.search.miss"]._keep(words)

    @http.route(f"{PATH}/<string:slug>", readonly=True, sitemap=False, page_cache=True, **GET)
    def sheet(self, slug, **kwargs):
        Entry_sudo = request.env["directory.entry"].sudo()
        slug = text(slug)
        entry_sudo = Entry_sudo._find_by_slug(slug, Entry_sudo._get_public_domain())
        if not entry_sudo:
            return self._say_gone(slug)
        if entry_sudo.slug != slug:
            return request.redirect(entry_sudo._get_content_url(), code=301)
        return request.render(
            "website_directory.entry",
            {
                "entry": entry_sudo,
                "near": entry_sudo._get_near(),
                "list_label": request.env._("Directory"),
                "json_ld": json_ld.dump(
                    json_ld.get_json_ld(entry_sudo, request.website.get_base_url())
                ),
                "website_meta_description": self._get_description(entry_sudo),
            },
        )

    def _get_description(self, entry_sudo):
        """As long as a search engine shows it."""
        parts = [entry_sudo._get_kind_name(), entry_sudo._get_place_name()]
        words = f"{entry_sudo.name} : {', '.join(filter(None, parts))}."
        if entry_sudo.summary and len(words + entry_sudo.summary) < DESCRIPTION_SIZE:
            return f"{words} {entry_sudo.summary}"
        return entry_sudo.summary or words[:DESCRIPTION_SIZE]

    def _say_gone(self, slug):
        """410 where a sheet was; the same 404 for what never was and what is not online yet."""
        Entry_sudo = request.env["directory.entry"].sudo().with_context(active_test=False)
        gone_sudo = Entry_sudo._find_by_slug(slug, Entry_sudo._get_gone_domain())
        if not gone_sudo:
            raise NotFound()
        return request.render(
            "website_directory.gone",
            {
                "category": gone_sudo.category_id,
                "commune": gone_sudo.commune_ids[:1],
                "list_label": request.env._("Directory"),
            },
            status=410,
        )
