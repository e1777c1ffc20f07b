import json
import re

from markupsafe import escape
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError, NotFound

from odoo import models
from odoo.exceptions import UserError
from odoo.http import JsonRPCDispatcher, request, serialize_exception

# A browser drops some of them from an address: "/<tab>/example.org" then names another site.
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f]")
# Core's own words.
FAILED = "Odoo Server Error"
MAX_ICON = 2000


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _redirect(cls, location, code=303):
        """An address of ours stays ours: core takes the host away, then drops control characters,
        which may leave another host."""
        location = CONTROL_CHARACTERS.sub("", location)
        if location.startswith(("/", "\\")):
            location = "/" + location.lstrip("/\\")
        return super()._redirect(location, code)

    @classmethod
    def _is_for_administrator(cls):
        """Told once for each request: the cursor may be broken when an error is answered."""
        if not hasattr(request, "is_for_administrator"):
            user_sudo = request.env["res.users"].sudo().browse(request.session.uid or []).exists()
            request.is_for_administrator = bool(user_sudo) and user_sudo._is_system()
        return request.is_for_administrator

    @classmethod
    def _pre_dispatch(cls, rule, args):
        is_debug = args.get("unique") == "debug" and rule.rule.startswith("/web/assets/")
        # Unbundled sources are made anew each time they are asked.
        if is_debug and not cls._is_for_administrator():
            raise NotFound()
        # Nobody manages databases by the site, even where `list_db` was forgotten.
        if rule.rule.startswith("/web/database/"):
            raise NotFound()
        cls._check_core_params(rule, args)
        cls._is_for_administrator()
        request.is_private = rule.endpoint.routing["auth"] == "user"
        return super()._pre_dispatch(rule, args)

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
    def _dispatch(cls, endpoint):
        # The name of Python's first argument is nobody's question.
        request.params.pop("self", None)
        return super()._dispatch(endpoint)

    @classmethod
    def _post_dispatch(cls, response):
        """The next user of the same browser does not read a private page by going back."""
        result = super()._post_dispatch(response)
        if getattr(request, "is_private", False) and response.mimetype == "text/html":
            response.headers["Cache-Control"] = "no-store"
        return result

    @classmethod
    def _handle_debug(cls):
        """Debug mode shows tracebacks and paths of the server: the administrator's only."""
        result = super()._handle_debug()
        if request.session.debug and not cls._is_for_administrator():
            request.session.debug = ""
        return result

    @classmethod
    def _handle_error(cls, exception):
        """Core joins the traceback to each failed remote call, export and report, and the words of
        any error."""
        response = super()._handle_error(exception)
        if cls._is_for_administrator():
            return response
        if request.dispatcher.routing_type == JsonRPCDispatcher.routing_type:
            answer = json.loads(response.get_data())
            cls._hide_server(answer["error"]["data"], exception)
            response.set_data(json.dumps(answer))
        elif isinstance(exception, InternalServerError) and exception.__cause__:
            response = cls._answer_failed_file(exception.__cause__)
        return response

    @classmethod
    def _hide_server(cls, data, exception):
        data["debug"] = ""
        is_for_people = type(exception).__module__.startswith("odoo.")
        if not is_for_people and not isinstance(exception, HTTPException):
            data.update(message=FAILED, arguments=[])

    @classmethod
    def _answer_failed_file(cls, cause):
        """In the form that the web client reads."""
        data = serialize_exception(cause)
        cls._hide_server(data, cause)
        status = getattr(cause, "http_status" if isinstance(cause, UserError) else "code", 500)
        content = json.dumps({"code": 0, "message": FAILED, "data": data})
        return request.make_response(escape(content), status=status)
