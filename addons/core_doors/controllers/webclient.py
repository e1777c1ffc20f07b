from odoo import http
from odoo.http import request

from odoo.addons.web.controllers.webclient import WebClient


class DebugWebClient(WebClient):
    """Debug mode is the administrator's; see ir_http.py."""

    @http.route()
    def unit_tests_suite(self, mod=None, **kwargs):
        self._check_administrator()
        return super().unit_tests_suite(mod=mod, **kwargs)

    @http.route()
    def test_suite(self, mod=None, **kwargs):
        self._check_administrator()
        return super().test_suite(mod=mod, **kwargs)

    @http.route()
    def bundle(self, bundle_name, **bundle_params):
        if not request.env["ir.http"]._is_for_administrator():
            bundle_params.pop("debug", None)
        return super().bundle(bundle_name, **bundle_params)

    def _check_administrator(self):
        if not request.env["ir.http"]._is_for_administrator():
            raise request.not_found()
