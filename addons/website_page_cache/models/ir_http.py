import re
from hashlib import sha256
from urllib.parse import urlencode

from werkzeug.exceptions import abort

from odoo import fields, models
from odoo.http import Response, get_default_session, request

from ..tools.store import Cookies, Page

# Of one session only: forms of core, forms of public_guard, scripts of core.
TOKENS = re.compile(rb"csrf_token|guard_token|__session_info__")
# Of a session in which nothing began.
BARE_SESSION = get_default_session().keys()


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """A page that is kept is answered before core prepares the drawing of another one."""
        routing = rule.endpoint.routing
        request.page_key = None
        if routing.get("page_cache") and cls._is_for_anybody(routing):
            cache = request.env["website.page.cache"]
            request.page_key = cls._get_page_key(routing)
            request.page_version = cache._get_version()
            page = cache._get_store().find(
                request.page_version, request.page_key, fields.Datetime.now()
            )
            if page:
                abort(cls._answer_page(page))
        return super()._pre_dispatch(rule, args)

    @classmethod
    def _dispatch(cls, endpoint):
        """A route with `page_cache=True`, or the names of its parameters, is drawn once."""
        if not endpoint.routing.get("page_cache"):
            return super()._dispatch(endpoint)
        if not request.page_key:
            return cls._keep_from_proxies(super()._dispatch(endpoint))
        cache = request.env["website.page.cache"]
        # Read before: the home page may be that of another route, what is emptied stays so.
        key, version, store = request.page_key, request.page_version, cache._get_store()
        request.cookies = Cookies(request.cookies)
        # This reader has none of them.
        request.cookies.neutral |= set(endpoint.routing.get("page_cache_own", ()))
        drawing = cache._begin_drawing()
        try:
            response = super()._dispatch(endpoint)
        finally:
            cache._end_drawing()
        page = cls._make_page(response, drawing)
        # The page may print its address: one that is written otherwise is kept for nobody.
        asked = cls._get_asked(endpoint.routing).encode()
        if not page or request.httprequest.query_string != asked:
            return cls._keep_from_proxies(response)
        store.keep(version, key, page, key[:-1])
        return cls._answer_page(page)

    @classmethod
    def _is_for_anybody(cls, routing):
        """Nothing of the request says who asks, nor asks for more than the address."""
        asked, session = request.httprequest, request.session
        declared = () if routing["page_cache"] is True else routing["page_cache"]
        return (
            asked.method == "GET"
            and not session.uid
            and request.env.user._is_public()
            # What a visitor began, sent, or is being told.
            and session.keys() <= BARE_SESSION
            and not session.debug
            and set(asked.args) <= set(declared)
            # Core reads parameters in the body of any method.
            and not asked.form
            and not asked.files
            and not any(name in request.cookies for name in routing.get("page_cache_own", ()))
        )

    @classmethod
    def _get_asked(cls, routing):
        """The parameters that the page reads, written in one way only."""
        names = () if routing["page_cache"] is True else routing["page_cache"]
        args = request.httprequest.args
        return urlencode([(name, value) for name in names for value in args.getlist(name)])

    @classmethod
    def _get_page_key(cls, routing):
        asked = request.httprequest
        return (
            request.website_routing,
            request.lang.code,
            # The hours that it shows.
            request.env.context.get("tz") or request.geoip.location.time_zone,
            # Addresses of the page may be built on it.
            asked.host_url,
            asked.path,
            cls._get_asked(routing),
        )

    @classmethod
    def _make_page(cls, response, drawing):
        """What everybody may be shown; nothing when that is not sure."""
        headers = response.headers
        if (
            response.status_code != 200
            or response.mimetype != "text/html"
            or "Set-Cookie" in headers
            or "Cache-Control" in headers
            or request.session.is_dirty
            or request.cookies.are_read
            or drawing.is_private
            or not all(
                cookie.startswith("frontend_lang=")
                for cookie in request.future_response.headers.getlist("Set-Cookie")
            )
        ):
            return None
        body = response.get_data()
        if TOKENS.search(body):
            return None
        kept = tuple((name, value) for name, value in headers.items() if name != "Content-Length")
        return Page(body, sha256(body).hexdigest()[:32], kept, drawing.begin, drawing.end)

    @classmethod
    def _answer_page(cls, page):
        """Reading makes neither a session nor a cookie.

        A browser, or a proxy, asks each time, and is told at once that nothing changed.
        """
        request.session.can_save = False
        if request.lang == cls._get_default_lang():
            request.future_response.headers.remove("Set-Cookie")
        if request.httprequest.if_none_match.contains_weak(page.etag):
            response = Response(status=304)
        else:
            response = Response(page.body, headers=list(page.headers))
        response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
        response.set_etag(page.etag)
        return response

    @classmethod
    def _keep_from_proxies(cls, response):
        if isinstance(response, Response):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
