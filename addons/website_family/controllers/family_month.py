from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.territory_base import clock
from odoo.addons.website_household.controllers.household import FORM
from odoo.addons.website_household.controllers.household_form import HouseholdForm
from odoo.addons.website_parts.tools.web import not_cached, text

from ..pages.family_month import FamilyMonth
from ..pages.words import is_near, read_month
from .family import list_children


class FamilyMonthPage(HouseholdForm):
    @http.route("/my/famille/mois/<string:month>", methods=["GET"], **FORM)
    def family_month(self, month, **kwargs):
        parent = request.env.user.partner_id
        children = list_children(parent)
        first = read_month(text(month, 10))
        if not is_near(first, clock.today()):
            raise NotFound()
        values = {
            "children": children,
            "space_label": request.env._("My space"),
            "week_label": request.env._("The children's week"),
        }
        if children:
            values |= FamilyMonth(parent, children, first).get_values()
        return not_cached(request.render("website_family.month", values))
