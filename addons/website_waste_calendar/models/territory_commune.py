from odoo import api, models

from odoo.addons.website_commune.blocks import Block

from ..pages.calendar_page import WHOLE, CalendarPage


class TerritoryCommune(models.Model):
    _inherit = "territory.commune"

    @api.model
    def _get_block_types(self):
        title = self.env._("Collection of the bins")
        block = Block(title, "dechets", "website_waste_calendar.block_waste", 35)
        return super()._get_block_types() | {"waste": block}

    def _prepare_waste_block(self):
        """What is the same for the whole commune; the rest is on the page of a street."""
        page = CalendarPage(self.env, self._origin)
        if not page.is_served:
            return {}
        calendar = page.find_calendar(WHOLE)
        return {
            "rounds": calendar.get_rounds() if calendar else [],
            "more_url": page.url,
            "more_label": self.env._("Days of your street"),
        }

    def _get_brief(self):
        """The way to the days of collection, where somebody has written them."""
        brief = super()._get_brief()
        page = CalendarPage(self.env, self)
        if not page.is_served:
            return brief
        return [
            *brief,
            {
                "icon": "trash",
                "text": self.env._("Collection of the bins"),
                "url": page.url,
                "label": self.env._("Days of your street"),
            },
        ]
