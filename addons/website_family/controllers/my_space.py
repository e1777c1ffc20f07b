from odoo.http import request

from odoo.addons.website_household.controllers.my_space import MySpace

from .family import list_children


class FamilySpace(MySpace):
    def _prepare_my_space_values(self):
        children = list_children(request.env.user.partner_id)
        return {**super()._prepare_my_space_values(), "has_children": bool(children)}
