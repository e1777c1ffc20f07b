import logging
from inspect import Parameter, signature

from werkzeug.exceptions import BadRequest, HTTPException, NotFound

from odoo import models
from odoo.exceptions import UserError
from odoo.http import Response, request
from odoo.tools.urls import urljoin

_logger = logging.getLogger(__name__)

# Core's routes that draw or send a file named by the address alone.
FILE_ROUTES = (
    "/html_editor/",
    "/mail/avatar/",
    "/mail/font_to_img/",
    "/report/barcode",
    "/web/assets/",
    "/web/content",
    "/web/image",
    "/web/partner/vcard",
    "/web/profile_config/",
    "/web/speedscope/",
    "/web_editor/",
    "/website/image",
)
# An address that nobody has.
NOWHERE = "/introuvable"
# Core's routes that read a form without checking what is in it.
FORM_ROUTES = (
    "/base_import/set_file",
    "/bus/get_model_definitions",
    "/mail/attachment/upload",
    "/mail/attachment/zip",
    "/report/download",
    "/web/model/get_definitions",
)
MISUSED = (
    # Core asserts what the caller sends.
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    OverflowError,
    TypeError,
    UnboundLocalError,
    ValueError,
)


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _match(cls, path):
        """No page has an address that climbs (`..`) or names another host, and core cannot draw
        even its page of error there: it joins the address to that of the site."""
        if not hasattr(request, "is_frontend"):
            try:
                urljoin(request.httprequest.url_root, path)
            except ValueError:
                path = NOWHERE
                request.reroute(path)
        return super()._match(path)

    @classmethod
    def _handle_error(cls, exception):
        """Every error that a browser shows is a page of ours, that of a route without website
        too; core leaves there a line in English. It may bear the name of the signed-in person."""
        code = getattr(exception, "code", None) or getattr(exception, "http_status", 500)
        if (
            isinstance(exception, HTTPException | UserError)
            and 400 <= code < 500
            and request.dispatcher.routing_type == "http"
            and "text/html" in request.httprequest.headers.get("Accept", "")
            and not getattr(request, "is_frontend", False)
        ):
            request.is_frontend = request.is_frontend_multilang = True
            request.lang = cls._get_default_lang()
        response = super()._handle_error(exception)
        # Core also gives back bare errors, without headers: they bear nobody's name.
        if isinstance(response, Response):
            response.headers["Cache-Control"] = "no-store"
        return response

    @classmethod
    def _pre_dispatch(cls, rule, arguments):
        result = super()._pre_dispatch(rule, arguments)
        if request.dispatcher.routing_type == "http":
            cls._check_http_params(rule, {**request.get_http_params(), **arguments})
        return result

    @classmethod
    def _check_http_params(cls, rule, params):
        """Two mistakes of the caller that core answers by a 500: the null character, which
        PostgreSQL refuses, and an address without a value that its route requires."""
        if any(isinstance(value, str) and "\0" in value for value in params.values()):
            raise BadRequest()
        for name, parameter in list(signature(rule.endpoint.original_endpoint).parameters.items())[
            1:
        ]:
            required = parameter.default is Parameter.empty and parameter.kind in (
                Parameter.POSITIONAL_OR_KEYWORD,
                Parameter.KEYWORD_ONLY,
            )
            if required and name not in params:
                raise BadRequest()

    @classmethod
    def _serve_fallback(cls):
        """No file and no page has the null character or a backslash in its address; core searches
        for it, and PostgreSQL refuses a pattern that ends with one."""
        if "\0" in request.httprequest.path:
            raise BadRequest()
        if "\\" in request.httprequest.path:
            raise NotFound()
        return super()._serve_fallback()

    @classmethod
    def _dispatch(cls, endpoint):
        """An address of a file that makes no sense has no file, where core answers by a 500:
        a width of letters, an unknown colour, an unknown model, a font that is none. A form of no
        sense is refused."""
        try:
            return super()._dispatch(endpoint)
        except (*MISUSED, OSError) as error:
            if endpoint.routing["type"] == "http":
                routes = endpoint.routing["routes"]
                if any(route.startswith(FILE_ROUTES) for route in routes):
                    raise NotFound() from error
                # A disk that is full is no mistake of the caller.
                is_misused = isinstance(error, MISUSED)
                if is_misused and any(route.startswith(FORM_ROUTES) for route in routes):
                    _logger.info("A form of no sense at %s", routes[0], exc_info=True)
                    raise BadRequest() from error
            raise

    @classmethod
    def _get_values_500_error(cls, env, values, exception):
        """Core shows the traceback to whoever designs pages; it is the administrator's."""
        values = super()._get_values_500_error(env, values, exception)
        values["editable"] = values["editable"] and request.env.user._is_system()
        return values

    @classmethod
    def _set_utm(cls, response):
        """Nothing tracks: no campaign cookie, whatever the address carries."""

    @classmethod
    def _register_website_track(cls, response):
        """Nothing tracks: no visitor record, even on a page marked as tracked."""
        return False
