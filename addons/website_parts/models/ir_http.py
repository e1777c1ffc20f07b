from werkzeug.exceptions import RequestEntityTooLarge, abort

from odoo import models
from odoo.http import SessionExpiredException, request

from odoo.addons.core_doors.body import drain, keep_params, read_params
from odoo.addons.territory_base import clock

from ..tools.kept import drop_old_kept, keep_post

# A form with several photos of the largest size that is accepted. Above, the page that answers
# says so. Below, each file too big gets its sentence beside its field.
MAX_BODY = 64 * 1024 * 1024


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _frontend_pre_dispatch(cls):
        """The hours of the territory, for those who have not chosen others: an acknowledgment of
        receipt with the hour of Greenwich would be wrong, and so would the day at midnight."""
        result = super()._frontend_pre_dispatch()
        if not request.env.context.get("tz"):
            request.update_context(tz=clock.ZONE.key)
        return result

    @classmethod
    def _authenticate(cls, endpoint):
        drop_old_kept()
        if endpoint.routing.get("territory_form") and request.httprequest.method == "POST":
            # Core forgets whose session it was before it says that it has ended.
            request.uid_of_form = request.session.uid
            # Of a page that shows it again, and no other.
            request.is_form_kept = endpoint.routing.get("territory_kept")
        return super()._authenticate(endpoint)

    @classmethod
    def _handle_error(cls, exception):
        """A form that was sent after the session had ended: who signs in comes back to its page
        with what she typed, where core leads to an address that only a form may ask for."""
        response = super()._handle_error(exception)
        is_form = hasattr(request, "is_form_kept")
        if not is_form or not isinstance(exception, SessionExpiredException):
            return response
        page = cls._get_page_of_form()
        if request.is_form_kept and cls._parse_form():
            keep_post(page, request.uid_of_form)
        away = request.redirect_query("/web/login", {"redirect": page}, code=303)
        away.set_cookie("session_id", request.session.sid, httponly=True)
        return away

    @classmethod
    def _get_page_of_form(cls):
        """The page from which a form was sent: at its own address, or at the one above."""
        path = request.httprequest.path
        routes = request.env["ir.http"].routing_map().bind_to_environ(request.httprequest.environ)
        return path if routes.test(path, "GET") else path.rpartition("/")[0]

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """A route with `territory_form=True` answers by a page of ours, whatever it is sent."""
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
    def _parse_form(cls):
        """Tell whether the body could be read; werkzeug keeps what it parsed."""
        params = {}
        try:
            params = read_params(MAX_BODY)
        except RequestEntityTooLarge:
            return False
        finally:
            # PostgreSQL refuses the null character, and nobody means to type it.
            keep_params(
                {
                    name: value.replace("\0", "") if isinstance(value, str) else value
                    for name, value in params.items()
                }
            )
        return True

    @classmethod
    def _refuse_body(cls):
        """Our page in place of the server's; read to the end so that the browser shows it."""
        drain(4 * MAX_BODY)
        request.params = request.get_http_params()
        response = request.render(
            "website_parts.body_too_large",
            {"path": request.httprequest.path, "limit": MAX_BODY // (1024 * 1024)},
            status=413,
        )
        response.flatten()
        return response
