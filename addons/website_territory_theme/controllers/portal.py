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

    @http.route()
    def security(self, **post):
        """Core fails on a form without its fields."""
        for name in ("old", "new1", "new2"):
            post.setdefault(name, "")
        return super().security(**post)
