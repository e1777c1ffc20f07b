from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class TerritoryPortal(CustomerPortal):
    @http.route()
    def my_addresses(self, **query_params):
        """No delivery nor billing address here: a person has one contact sheet."""
        return request.redirect("/my/account")

    @http.route()
    def portal_address(self, *args, **query_params):
        return request.redirect("/my/account")
