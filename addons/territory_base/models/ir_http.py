import json
import re

from werkzeug.exceptions import HTTPException, NotFound

from odoo import models
from odoo.http import JsonRPCDispatcher, request

# A browser drops some of them from an address: "/<tab>/example.org" then names another site.
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f]")


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
        is_administrator = cls._is_for_administrator()
        if args.get("unique") == "debug" and "/web/assets/" in rule.rule and not is_administrator:
            # Made anew each time it is asked.
            raise NotFound()
        return super()._pre_dispatch(rule, args)

    @classmethod
    def _handle_debug(cls):
        """Debug mode shows tracebacks and paths of the server: the administrator's only."""
        result = super()._handle_debug()
        if request.session.debug and not cls._is_for_administrator():
            request.session.debug = ""
        return result

    @classmethod
    def _handle_error(cls, exception):
        """Core joins the traceback to each failed remote call, and the words of any error."""
        response = super()._handle_error(exception)
        if (
            request.dispatcher.routing_type != JsonRPCDispatcher.routing_type
            or cls._is_for_administrator()
        ):
            return response
        answer = json.loads(response.get_data())
        data = answer["error"]["data"]
        data["debug"] = ""
        meant_for_people = type(exception).__module__.startswith("odoo.")
        if not meant_for_people and not isinstance(exception, HTTPException):
            data.update(message=answer["error"]["message"], arguments=[])
        response.set_data(json.dumps(answer))
        return response
