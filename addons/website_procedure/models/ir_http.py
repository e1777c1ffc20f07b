from contextlib import suppress

from werkzeug.exceptions import BadRequest, HTTPException, NotFound, RequestEntityTooLarge, abort

from odoo import models
from odoo.http import request

# A form with several photos of the largest size that is accepted. Above, the page that answers
# says so. Below, each file too big gets its sentence beside its field.
MAX_BODY = 64 * 1024 * 1024
DRAIN_CHUNK = 1024 * 1024
MAX_ICON = 2000
ZONE = "Europe/Paris"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _frontend_pre_dispatch(cls):
        """The hours of the territory, for those who have not chosen others: an acknowledgment of
        receipt with the hour of Greenwich would be wrong, and so would the day at midnight."""
        result = super()._frontend_pre_dispatch()
        if not request.env.context.get("tz"):
            request.update_context(tz=ZONE)
        return result

    @classmethod
    def _pre_dispatch(cls, rule, args):
        cls._check_core_params(rule, args)
        is_form = rule.endpoint.routing.get("territory_form")
        if not is_form or request.httprequest.method != "POST":
            return super()._pre_dispatch(rule, args)
        # Parsed here, before anything can refuse it: a refusal would lose what was typed.
        is_whole = cls._parse_form()
        result = super()._pre_dispatch(rule, args)
        if not is_whole:
            abort(cls._refuse_body())
        return result

    @classmethod
    def _dispatch(cls, endpoint):
        # The name of Python's first argument is nobody's question.
        request.params.pop("self", None)
        return super()._dispatch(endpoint)

    @classmethod
    def _check_core_params(cls, rule, args):
        """Two of core's open pages that break on what they do not expect; found by the fuzzer."""
        if "/font_to_img/" in rule.rule:
            # Drawn in memory, at the size of the address.
            if any(args.get(name, 0) > MAX_ICON for name in ("size", "width", "height")):
                raise NotFound()
        elif rule.rule.startswith("/digest/"):
            params = request.get_http_params()
            if any(not str(params.get(name, 0)).isdecimal() for name in ("user_id", "one_click")):
                raise BadRequest()

    @classmethod
    def _parse_form(cls):
        """Tell whether the body could be read; werkzeug keeps what it parsed."""
        params = {}
        request.httprequest.max_content_length = MAX_BODY
        try:
            params = request.get_http_params()
        except RequestEntityTooLarge:
            return False
        finally:
            # PostgreSQL refuses the null character, and nobody means to type it.
            params = {
                name: value.replace("\0", "") if isinstance(value, str) else value
                for name, value in params.items()
            }
            request.get_http_params = params.copy
        return True

    @classmethod
    def _refuse_body(cls):
        """Our page in place of the server's; read to the end so that the browser shows it."""
        # Odoo shows controllers a request without its stream.
        received = request.httprequest._HTTPRequest__wrapped
        received.max_content_length = 4 * MAX_BODY
        with suppress(HTTPException):
            while received.stream.read(DRAIN_CHUNK):
                pass
        request.params = request.get_http_params()
        response = request.render(
            "website_procedure.body_too_large",
            {"path": request.httprequest.path, "limit": MAX_BODY // (1024 * 1024)},
            status=413,
        )
        response.flatten()
        return response
