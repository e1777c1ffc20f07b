from odoo.http import request

from odoo.addons.website_household.controllers.my_space import MySpace

from ..pages.calendar_page import find_url


class WasteSpace(MySpace):
    def _prepare_my_space_values(self):
        """The calendar of the address where she lives."""
        dwelling_sudo = request.env.user.partner_id._current_dwelling().sudo()
        url = find_url(request.env, dwelling_sudo) if dwelling_sudo else ""
        return {**super()._prepare_my_space_values(), "waste_calendar_url": url}
