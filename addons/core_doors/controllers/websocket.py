from urllib.parse import urlsplit

from werkzeug.exceptions import Forbidden

from odoo.http import request, route

from odoo.addons.bus.controllers.websocket import WebsocketController


class StaffWebsocket(WebsocketController):
    """Only the staff's screens listen: no page of an inhabitant opens a websocket, and each one
    that stays open costs a connection. It comes with the cookie of the reader, and browsers
    let any page open one, so the page must be ours."""

    @route(cors=None)
    def websocket(self, version=None):
        """Refused (403) to a user who is not internal, and to a page of another origin."""
        if not self._is_same_origin() or not request.env.user._is_internal():
            raise Forbidden()
        return super().websocket(version)

    def _is_same_origin(self):
        origin = urlsplit(request.httprequest.headers.get("Origin", ""))
        scheme, host = request.httprequest.scheme, request.httprequest.host
        # TLS may end before a proxy that says http.
        return origin.netloc == host and origin.scheme in ("https", scheme)
