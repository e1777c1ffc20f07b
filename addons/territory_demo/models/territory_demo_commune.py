from odoo import Command, api, models

from .. import communes


class TerritoryDemoCommune(models.AbstractModel):
    """The pages of the communes: two that their town halls wrote, the others as they are known."""

    _name = "territory.demo.commune"
    _description = "Pages of the communes of the demo"

    @api.model
    def _build_communes(self):
        every = self.env["territory.commune"].search([("active", "=", True)])
        every.page_state = "open"
        for state, codes in (("closed", communes.NOT_OPEN), ("pilot", communes.PILOT)):
            every.filtered(lambda each, codes=codes: each.insee_code in codes).page_state = state
        blocks = self.env["commune.shared.block"].create(communes.SHARED_BLOCKS)
        for rank, block in enumerate(blocks, 1):
            self._keep(f"commune_shared_block_{rank}", block)
        for code, page in communes.PAGES.items():
            commune = self._commune(code)
            for rank, (name, body) in enumerate(page.get("pages", [])):
                self.env["commune.page"]._create_as(
                    "demo",
                    {"name": name, "body": body},
                    {"commune_id": commune.id, "sequence": rank},
                )
            commune._publish_as("demo", self._prepare_page(page))

    @api.model
    def _prepare_page(self, page):
        page = {name: value for name, value in page.items() if name != "pages"}
        return {
            "member_ids": [
                Command.create(
                    {"sequence": rank, "name": name, "function": function, "permanence": hours}
                )
                for rank, (name, function, hours) in enumerate(page.pop("members", []))
            ],
            "room_ids": [
                Command.create({"sequence": rank, **room})
                for rank, room in enumerate(page.pop("rooms", []))
            ],
            "link_ids": [
                Command.create({"name": name, "url": url}) for name, url in page.pop("links", [])
            ],
            **page,
        }
