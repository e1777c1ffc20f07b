from werkzeug.exceptions import RequestEntityTooLarge, abort

from odoo import models
from odoo.http import request

from odoo.addons.core_doors.body import drain, keep_params, read_params

# A form with several photos of the largest size that is accepted. Above, the page that answers
# says so. Below, each file too big gets its sentence beside its field.
MAX_BODY = 64 * 1024 * 1024
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
