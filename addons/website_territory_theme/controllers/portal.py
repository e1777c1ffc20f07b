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
        """Core fails on a form without its fields, and wants the new password twice."""
        for name in ("old", "new1"):
            post.setdefault(name, "")
        post.setdefault("new2", post["new1"])
        return super().security(**post)

    def _update_password(self, old, new1, new2):
        """What is wrong with the new password is said beside its box."""
        values = super()._update_password(old, new1, new2)
        faults = values.get("errors", {}).get("password")
        if isinstance(faults, str):
            values["errors"]["password"] = {"new1": faults}
        return values
