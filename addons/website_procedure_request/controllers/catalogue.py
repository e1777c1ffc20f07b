from odoo.fields import Domain
from odoo.http import request

from odoo.addons.website_parts.tools.web import is_signed_in
from odoo.addons.website_procedure.controllers.catalogue import Catalogue

from .request_list import get_mine_domain


class RequestCatalogue(Catalogue):
    def _follow(self, number):
        """Her own opens at once."""
        if is_signed_in():
            mine_sudo = request.env["procedure.request"].sudo()
            mine_sudo = mine_sudo.search(Domain("number", "=", number) & get_mine_domain(), limit=1)
            if mine_sudo:
                return request.redirect(f"/my/demandes/{mine_sudo.id}", code=303)
        return super()._follow(number)
