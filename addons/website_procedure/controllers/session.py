from odoo import http

from odoo.addons.http_routing.controllers.main import SessionWebsite


class ProcedureSession(SessionWebsite):
    @http.route()
    def logout(self, *args, **kwargs):
        """Nothing of what she typed stays in the browser that she leaves."""
        response = super().logout(*args, **kwargs)
        response.headers["Clear-Site-Data"] = '"storage"'
        return response
