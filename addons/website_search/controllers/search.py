from contextlib import suppress

from odoo import http
from odoo.http import request

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.web import text

from ..filters import CRITERIA, PATH, QUESTIONS_PATH, WORDS_SIZE, Choice, Filters

GET = {"type": "http", "auth": "public", "website": True, "methods": ["GET"]}
MISSES_KEPT, MISSES_SECONDS = 30, 900
SHORTEST = 2
# Seconds for which a browser keeps what it was suggested.
FRESH = 60


class Search(http.Controller):
    def _is_readonly(self, rule, args):
        """A search that finds nothing is counted."""
        return not request.httprequest.args.get("q")

    def _sitemap(self, rule, qs):
        yield {"loc": PATH}
        yield {"loc": QUESTIONS_PATH}

    # Without words the page is the same for everybody; what is typed is kept for nobody.
    @http.route(PATH, readonly=_is_readonly, sitemap=_sitemap, page_cache=("chercher",), **GET)
    def search(self, **kwargs):
        filters = Filters.from_params(request.env, request.httprequest.args)
        Index = request.env["territory.search.index"]
        url = Index._get_direct_url(filters.words)
        if url:
            return request.redirect(url, code=303)
        listing = filters.words and Index._list(filters.asked)
        if listing and not listing.total and not listing.elsewhere and not filters.is_narrowed:
            self._keep_miss(filters.words)
        values = {
            "filters": filters,
            "listing": listing,
            # The phone's "Find" leads here: the next thing is to type.
            "is_asked": "chercher" in kwargs,
        }
        if listing:
            # A page beyond the last one is the last one.
            values["page"] = min(filters.page, listing.pages)
            values["kinds"] = self._list_kinds(filters, listing)
            values["choices"] = self._list_choices(filters, listing)
            values["marked"] = Index._mark(
                {
                    each
                    for document in listing.documents
                    for each in (document.name, document.summary or "")
                },
                listing.stems,
            )
        response = request.render("website_search.search", values)
        if filters.words:
            # Endless lists of the same pages are of no use to anybody's search engine.
            response.headers["X-Robots-Tag"] = "noindex, follow"
        return response

    def _list_kinds(self, filters, listing):
        """The tabs, those that have something."""
        kinds = request.env["territory.search.document"].sudo()._fields["kind"]
        return [
            Choice(code, name, listing.kinds.get(code, 0), code == filters.kind)
            for code, name in kinds._description_selection(request.env)
            if listing.kinds.get(code) or code == filters.kind
        ]

    def _list_choices(self, filters, listing):
        """{criterion: its choices}, with how many each would give."""
        counts = {
            "commune": listing.communes,
            "topic": listing.topics,
            "audience": listing.audiences,
        }
        choices = {}
        for name, counted in counts.items():
            _key, model, field = CRITERIA[name]
            chosen_sudo = getattr(filters, name)
            records_sudo = (
                request.env[model].sudo().search([("id", "in", [*counted, *chosen_sudo.ids])])
            )
            choices[name] = [
                Choice(record[field], record.name, counted.get(record.id, 0), record in chosen_sudo)
                for record in records_sudo
            ]
        return choices

    @http.route(QUESTIONS_PATH, readonly=True, sitemap=False, page_cache=True, **GET)
    def questions(self, **kwargs):
        # What the staff wrote to be read here: those that are not archived.
        questions_sudo = request.env["search.question"].sudo().search([])
        return request.render("website_search.questions", {"questions": questions_sudo})

    def _keep_miss(self, words):
        with suppress(TooManyRequests):
            address = request.httprequest.remote_addr
            request.env["public.guard"]._hit(
                "territory.search", address, MISSES_KEPT, MISSES_SECONDS
            )
            request.env["territory.search.miss"]._keep(words)

    @http.route(
        f"{PATH}/suggestions",
        type="http",
        auth="public",
        methods=["GET"],
        # Neither its language nor its session: it leaves nothing in a browser.
        save_session=False,
        readonly=True,
    )
    def suggest(self, q="", pres="", **kwargs):
        """The first results, while somebody types: [{name, label, url}]."""
        words = " ".join(text(q, WORDS_SIZE).split())
        Index = request.env["territory.search.index"]
        documents_sudo = request.env["territory.search.document"].sudo().browse()
        if len(words) >= SHORTEST:
            pres = text(pres, 10)
            own_sudo = request.env["territory.commune"].sudo()
            own_sudo = own_sudo.search([("insee_code", "=", pres)]) if len(pres) == 5 else own_sudo
            documents_sudo = Index._suggest(words, own_sudo.id or 0)
        return request.make_json_response(
            [
                {
                    "name": document.name,
                    "label": document.label or "",
                    "url": document._get_address(),
                }
                for document in documents_sudo
            ],
            headers=[
                ("Cache-Control", f"private, max-age={FRESH}"),
                ("X-Robots-Tag", "noindex"),
            ],
        )
