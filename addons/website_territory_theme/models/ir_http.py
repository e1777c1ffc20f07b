from werkzeug.exceptions import BadRequest

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, arguments):
        """PostgreSQL refuses the null character: no text that a person types holds it."""
        super()._pre_dispatch(rule, arguments)
        for value in [*request.get_http_params().values(), *arguments.values()]:
            if isinstance(value, str) and "\0" in value:
                raise BadRequest()

    @classmethod
    def _set_utm(cls, response):
        """Nothing tracks: no campaign cookie, whatever the address carries."""

    @classmethod
    def _register_website_track(cls, response):
        """Nothing tracks: no visitor record, even on a page marked as tracked."""
        return False
