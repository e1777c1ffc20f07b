from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.website_parts.tools.web import not_cached

from .household import prepare_household
from .organisations import list_plates, prepare_organisations


class MySpace(CustomerPortal):
    @http.route()
    def home(self, **kwargs):
        """Our page: core's is filled in by scripts that visitors do not load."""
        return not_cached(
            request.render("website_household.my_home", self._prepare_my_space_values())
        )

    def _prepare_my_space_values(self):
        """What the page of the space of the signed-in person shows.

        Hook: an addon that adds a part of the page extends this method and the template
        `website_household.my_home`. Runs with the rights of the person.

        :return: dict of the template's values
        """
        partner = request.env.user.partner_id
        return {
            **prepare_household(partner),
            "page_name": "home",
            "first_name": partner.sudo().firstname or partner.name,
            "organisations": prepare_organisations(partner),
            "plates": list_plates(partner),
            "is_staff": request.env.user._is_internal(),
        }
