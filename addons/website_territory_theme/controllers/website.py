from werkzeug.exceptions import Forbidden

from odoo import http
from odoo.http import request

from odoo.addons.website.controllers.main import Website

PAGE = {"auth": "public", "website": True, "readonly": True}


class TerritoryWebsite(Website):
    @http.route(page_cache=True)
    def index(self, **kw):
        """A page of ours, unless another home page was chosen in the settings."""
        if request.website.homepage_url not in (False, "", "/"):
            return super().index(**kw)
        return request.render("website_territory_theme.home")

    @http.route("/mentions-legales", page_cache=True, **PAGE)
    def legal_notice(self, **kw):
        return request.render("website_territory_theme.legal_notice")

    @http.route("/accessibilite", page_cache=True, **PAGE)
    def accessibility(self, **kw):
        return request.render("website_territory_theme.accessibility")

    @http.route("/donnees-personnelles", page_cache=True, **PAGE)
    def privacy(self, **kw):
        return request.render("website_territory_theme.privacy")

    @http.route("/plan-du-site", page_cache=True, **PAGE)
    def site_map(self, **kw):
        return request.render("website_territory_theme.site_map")

    # Core's pages that ours replace.

    @http.route("/contactus", auth="public", website=True, sitemap=False, readonly=True)
    def contact(self, **kw):
        return request.redirect("/#nous-joindre", code=301)

    @http.route(sitemap=False)
    def website_info(self, **kw):
        """Core lists the installed software there."""
        return request.redirect("/mentions-legales", code=301)

    @http.route(sitemap=False)
    def hybrid_list(self, page=1, search="", search_type="all", **kw):
        return request.redirect_query(request.website._get_search_url(), {"q": search}, code=301)

    @http.route(sitemap=False)
    def pages_list(self, page=1, search="", **kw):
        return request.redirect("/plan-du-site", code=301)

    @http.route()
    def actions_server(self, path_or_xml_id_or_id, **post):
        """Core fails on an unknown name with a dot."""
        if "." in path_or_xml_id_or_id and not request.env.ref(
            path_or_xml_id_or_id, raise_if_not_found=False
        ):
            raise request.not_found()
        return super().actions_server(path_or_xml_id_or_id, **post)

    # Core's routes that ask other companies, from any resident's browser.

    @http.route()
    def google_font_metadata(self):
        return {"familyMetadataList": []}

    @http.route()
    def seo_suggest(self, keywords=None, lang=None):
        return "[]"

    @http.route()
    def theme_upload_font(self, name, data):
        """Core keeps for anybody of the staff a file that the whole world may fetch."""
        if not request.env.user.has_group("website.group_website_designer"):
            raise Forbidden
        return super().theme_upload_font(name, data)
