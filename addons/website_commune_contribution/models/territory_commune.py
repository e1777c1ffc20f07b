from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..pages.order import NAME as ORDER
from ..pages.order import PageOrder

# Lines keep the order in which they were typed.
RANK = {"sequence": {"widget": "rank"}}


class TerritoryCommune(models.Model):
    _inherit = "territory.commune"

    page_state_before = fields.Char(
        "Page, before it was taken off",
        readonly=True,
        copy=False,
        help="Empty: it is not off the site.",
    )

    @api.constrains("page_state")
    def _check_page_state(self):
        for commune in self:
            if commune.page_state != "closed" and commune.version and not commune.is_online:
                raise ValidationError(
                    self.env._(
                        "What %(name)s writes was taken off the site: it is put back from there, "
                        "or proposed again.",
                        name=commune.name,
                    )
                )

    def _get_state_shown(self):
        """Once something of it is accepted, or put back."""
        self.ensure_one()
        before = self.page_state_before
        return before if before in ("pilot", "open") else "pilot"

    @api.model
    def _may_propose_new(self, user, organisation=None):
        """The territory's data bring the communes."""
        return False

    @api.model
    def _get_preview_template(self):
        return "website_commune_contribution.commune_preview"

    @api.model
    def _get_list_title(self):
        return self.env._("The page of the commune")

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
                "label": env._("What comes first, what is hidden"),
                "help": env._("Write 1 beside the part that comes first, 2 beside the next one."),
            },
        }

    @api.model
    def _prepare_approval_item(self, name, item, form):
        item = super()._prepare_approval_item(name, item, form)
        if name != ORDER:
            return item
        posted = form.posted if form.is_shown_typed(name) else None
        return PageOrder(form.revision).make_item(item, posted)

    @api.model
    def _read_approval_input(self, name, form):
        if name != ORDER:
            return super()._read_approval_input(name, form)
        return PageOrder(form.revision).read_typed(form.posted)
