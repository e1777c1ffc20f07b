from odoo import http
from odoo.http import request

from odoo.addons.website_parts.tools.web import text, typed

# What the reader's own browser keeps, because she asked for it: an INSEE code. `my_village.js`
# reads it too.
COOKIE = "mon_village"
YEAR = 365 * 24 * 3600


class MyVillage(http.Controller):
    """The village that a reader asked her browser to remember.

    No other page reads the cookie: a page that is kept for everybody would show the village of
    the one for whom it was made.
    """

    @http.route(
        "/communes/mon-village",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=False,
        readonly=True,
    )
    def show(self, **kwargs):
        commune = self._find(request.cookies.get(COOKIE))
        response = request.render(
            "website_commune.my_village",
            {
                "commune": commune,
                "communes": request.env["territory.commune"].search([]),
                "brief": commune._get_brief() if commune else None,
                "website_meta_description": request.env._(
                    "Town hall, opening hours and page of your village, kept on this device only."
                ),
            },
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    @http.route(
        "/communes/mon-village",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
        # Nothing is written on the server, and a token would make each home page somebody's.
        csrf=False,
        territory_form=True,
        readonly=True,
    )
    def choose(self, **kwargs):
        response = request.redirect("/communes/mon-village", code=303)
        response.headers["Cache-Control"] = "no-store"
        # Another site does not choose for her.
        if request.httprequest.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
            return response
        if typed("oublier", 10):
            response.set_cookie(COOKIE, "", max_age=0, expires=0, path="/", samesite="Lax")
            return response
        commune = self._find(typed("commune", 10))
        if commune:
            response.set_cookie(
                COOKIE,
                commune.insee_code,
                max_age=YEAR,
                path="/",
                samesite="Lax",
                secure=request.httprequest.is_secure,
            )
        return response

    @http.route(
        "/communes/<string:slug>/en-bref",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=False,
        readonly=True,
    )
    def brief(self, slug, **kwargs):
        """Some lines on one village, for the script of the home page: the same for everybody."""
        commune = self._find(text(slug, 10))
        if not commune:
            raise request.not_found()
        response = request.render(
            "website_commune.brief", {"commune": commune, "brief": commune._get_brief()}
        )
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _find(self, code):
        code = text(code, 10)
        Commune = request.env["territory.commune"]
        # The field cuts what is longer: it would find the beginning.
        return Commune._find_by_insee(code) if len(code) == 5 else Commune
