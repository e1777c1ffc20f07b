from datetime import datetime
from urllib.parse import urlencode

from odoo import http
from odoo.http import request

from odoo.addons.territory_base.opening_clock import get_midnight
from odoo.addons.website_parts.tools.web import PAGE, for_everybody, number, text

from ..pages.calendar_page import ROOT, CalendarPage

# How long a calendar that is asked for again may be the one of before.
ICS_SECONDS = 3600


class WasteCalendar(http.Controller):
    def _sitemap(self, rule, qs):
        yield {"loc": ROOT}

    @http.route(ROOT, page_cache=True, **{**PAGE, "sitemap": _sitemap})
    def start(self, commune="", rue="", **kwargs):
        """Her commune, then her street; both at once lead to her calendar."""
        Commune = request.env["territory.commune"]
        code = text(commune, 10)
        chosen = Commune._find_by_insee(code) if len(code) == 5 else Commune
        if chosen:
            page = CalendarPage(request.env, chosen)
            street = text(rue, 200)
            url = page.find_way(street) or page.url
            if street and url == page.url:
                url = f"{url}?{urlencode({'rue': street})}"
            return request.redirect(url, code=303)
        return request.render(
            "website_waste_calendar.start",
            {
                "communes": Commune.search([]),
                "is_missing": bool(code),
                "website_meta_description": request.env._(
                    "On which days the bins are collected in your street, public holidays included."
                ),
            },
        )

    @http.route(f"{ROOT}/<string:slug>", page_cache=True, **PAGE)
    def commune(self, slug, rue="", **kwargs):
        page = self._get_page(slug)
        if page.commune.slug != slug:
            return request.redirect(page.url, code=301)
        words = text(rue, 200)
        if not page.streets and page.has_whole:
            return request.redirect(page.find_way(""), code=303)
        if words and (url := page.find_way(words)):
            return request.redirect(url, code=303)
        self._end_today()
        return request.render(
            "website_waste_calendar.commune",
            {
                "page": page,
                "commune": page.commune,
                "words": words,
                "streets": page.find_streets(words),
                "website_meta_description": request.env._(
                    "The days of collection of each street of %(commune)s.",
                    commune=page.commune.name,
                ),
            },
        )

    @http.route(f"{ROOT}/<string:slug>/<string:street>", page_cache=("annee", "tournees"), **PAGE)
    def street(self, slug, street, tournees="", annee="", numero="", **kwargs):
        page = self._get_page(slug)
        calendar = self._get_calendar(page, street, tournees)
        if page.commune.slug != slug:
            return request.redirect(calendar.url, code=301)
        if asked := number(numero):
            return request.redirect(page.get_street_url(street, asked), code=303)
        self._end_today()
        return request.render(
            "website_waste_calendar.street",
            {
                **calendar.get_values(number(annee)),
                "website_meta_description": request.env._(
                    "The next days of collection and those of the year: %(place)s.",
                    place=calendar.place,
                ),
            },
        )

    @http.route(f"{ROOT}/<string:slug>/<string:street>/collectes.ics", **PAGE)
    def subscribe(self, slug, street, tournees="", **kwargs):
        """The same for everybody who lives there."""
        page = self._get_page(slug)
        calendar = page.find_subscription(text(street, 100), text(tournees, 500))
        content = calendar.make_ics(request.httprequest.host.partition(":")[0])
        response = request.make_response(
            content,
            [
                ("Content-Type", "text/calendar; charset=utf-8"),
                ("Content-Disposition", 'inline; filename="collectes.ics"'),
                ("Content-Length", str(len(content))),
                ("X-Content-Type-Options", "nosniff"),
                ("X-Robots-Tag", "noindex"),
            ],
        )
        return for_everybody(response, f"max-age={ICS_SECONDS}")

    def _get_page(self, slug):
        commune = request.env["territory.commune"]._find_by_address(text(slug, 200))
        if not commune:
            raise request.not_found()
        return CalendarPage(request.env, commune)

    def _get_calendar(self, page, street, codes):
        calendar = page.find_calendar(text(street, 100), text(codes, 500))
        if not calendar:
            raise request.not_found()
        return calendar

    def _end_today(self):
        """Tomorrow, the next day is another one."""
        midnight = get_midnight(datetime.now().astimezone())
        request.env["website.page.cache"]._end_at(midnight)
