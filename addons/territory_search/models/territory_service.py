from odoo import api, models

from ..document import SearchDocument


class TerritoryService(models.Model):
    _name = "territory.service"
    _inherit = ["territory.service", "territory.search.mixin"]

    @api.depends("active", "kind", "name", "phone", "email", "street", "city", "commune_ids")
    def _get_search_document(self):
        """Whom to call; a town hall is found by its commune, which has a page."""
        self.ensure_one()
        if not self.active or self.kind == "town_hall" or not (self.phone or self.email):
            return super()._get_search_document()
        place = ", ".join(filter(None, [self.street, self.city]))
        return SearchDocument(
            kind="service",
            name=self.name,
            label=self.env._("Whom to call"),
            summary=place or self.email,
            phone=self.phone,
            keywords=self.env._("call, telephone, contact, reach"),
            commune_ids=self.commune_ids.ids,
        )
