from odoo import api, models
from odoo.fields import Domain

# Lines keep the order in which they were typed.
RANK = {"sequence": {"widget": "rank"}}


class TerritoryCommune(models.Model):
    _inherit = "territory.commune"

    @api.model
    def _may_propose_new(self, user, organisation=None):
        """The territory's data bring the communes."""
        return False

    @api.model
    def _get_preview_template(self):
        return "website_commune_contribution.commune_preview"

    @api.model
    def _get_contributed_domain(self, organisations, communes):
        return Domain("id", "in", communes.ids)

    def _get_previewed_blocks(self):
        """What the commune itself writes, in the order of its page."""
        self.ensure_one()
        return [
            shown
            for shown in self._get_page_blocks()
            if shown.block.is_own or shown.key in ("town_hall", "links")
        ]

    @api.model
    def _get_approval_fields(self):
        """How each is asked: under the title of the block where it shows."""
        opened = super()._get_approval_fields()
        return {
            name: {**self._get_asked_options().get(name, {}), **options}
            for name, options in opened.items()
        }

    @api.model
    def _get_asked_options(self):
        env = self.env
        titles = {code: block.title for code, block in self._get_block_types().items()}
        return {
            "contact_name": {"section": titles["town_hall"]},
            "access": {"section": titles["town_hall"]},
            "photo_alt": {"help": env._("What it shows, for those who do not see it.")},
            "photo_credit": {"help": env._("Who took it.")},
            "water": {"section": titles["water"]},
            "practical": {"section": titles["practical"]},
            "member_ids": {"section": titles["members"], "columns": RANK},
            "room_ids": {"section": titles["rooms"], "columns": RANK},
            "panneaupocket_url": {"section": titles["links"], "widget": "url"},
            "link_ids": {
                "section": titles["links"],
                "columns": {**RANK, "url": {"widget": "url"}},
            },
            "block_ids": {
                "section": env._("Order of the page"),
                "label": env._("Parts that come first, or are hidden"),
                "help": env._(
                    "A part that is in none of these lines shows after them. Choose either a part "
                    "of your page or one of the intercommunality."
                ),
                "columns": RANK,
            },
        }
