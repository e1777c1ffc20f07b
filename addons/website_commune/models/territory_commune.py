from contextlib import nullcontext

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import html2plaintext

from odoo.addons.territory_base.tools import place_key
from odoo.addons.territory_search.document import SearchDocument

from ..tools.links import check_url

# A page is tried by a few communes first; those that have not begun show what is known of them.
PAGE_STATES = [("closed", "Not yet open"), ("pilot", "Pilot"), ("open", "Open")]
# What a commune writes, and that its page shows once it is open only.
OWN_WORDS = {"tagline", "body", "photo", "photo_alt", "photo_credit", "water", "practical"}


class TerritoryCommune(models.Model):
    _name = "territory.commune"
    _inherit = [
        "territory.commune",
        "territory.commune.blocks",
        "territory.commune.town.hall",
        "content.approval.mixin",
        "website.slug.mixin",
        "territory.search.mixin",
    ]

    page_state = fields.Selection(
        PAGE_STATES,
        "Page",
        required=True,
        default="closed",
        help="Not yet open: it shows the town hall and the blocks of the intercommunality.",
    )
    tagline = fields.Char("In one line", help="Four villages along the river.")
    body = fields.Html("Presentation")
    photo = fields.Image(max_width=1920, max_height=1920)
    photo_alt = fields.Char("Words instead of the photo", help="For those who do not see it.")
    photo_credit = fields.Char("Credit of the photo")
    contact_name = fields.Char("Who welcomes", help="Name and office, as people read them.")
    access = fields.Char("Way in", help="Step-free, bell at 1 metre, car park.")
    water = fields.Text(help="One fact in each line, its name first: “Leak, day or night: …”.")
    practical = fields.Text(
        "Practical information", help="One fact in each line, its name first: “Key: …”."
    )
    panneaupocket_url = fields.Char("PanneauPocket", help="Address of the commune's page there.")
    link_ids = fields.One2many("commune.link", "commune_id", "Useful links")
    member_ids = fields.One2many("commune.member", "commune_id", "Elected members")
    room_ids = fields.One2many("commune.room", "commune_id", "Rooms")
    block_ids = fields.One2many("commune.block", "commune_id", "Order of the page")
    page_ids = fields.One2many("commune.page", "commune_id", "Local pages")

    @api.constrains("panneaupocket_url")
    def _check_panneaupocket_url(self):
        for commune in self.filtered("panneaupocket_url"):
            check_url(self.env, commune.panneaupocket_url)

    @api.model_create_multi
    def create(self, vals_list):
        given = [self.default_get(["service_ids"]), *vals_list]
        is_choosing = any(vals.get("service_ids") for vals in given)
        with self._keeping_town_halls() if is_choosing else nullcontext():
            return super().create(vals_list)

    def write(self, vals):
        """The address follows the name: the previous one still leads here."""
        previous = {commune: commune.slug for commune in self}
        is_choosing = {"service_ids", "insee_code"} & set(vals)
        with self._keeping_town_halls() if is_choosing else nullcontext():
            result = super().write(vals)
        if {"name", "insee_code"} & set(vals):
            for commune, slug in previous.items():
                if slug:
                    commune._keep_previous_slug(slug)
        if {"page_state", "active"} & set(vals):
            self._update_media()
            self.page_ids._update_media()
        return result

    def _has_field_access(self, field, operation):
        """Outside the staff, a page that is not open tells nothing, by no way; nor is anything
        searched by these words: its answer would tell them."""
        if not super()._has_field_access(field, operation):
            return False
        is_kept = operation == "read" and field.name in OWN_WORDS
        if not is_kept or self.env.su or self.env.user._is_internal():
            return True
        return bool(self.ids) and all(each.page_state != "closed" for each in self._origin.sudo())

    # ------------------------------------------------------------
    # Finding a commune
    # ------------------------------------------------------------

    @api.model
    def _find_by_address(self, slug):
        """The commune of today that this last part of an address leads to: its own, one that it
        had, its INSEE code, the name or the code of a commune that it absorbed. Accents and
        capitals do not matter."""
        slugify = self.env["ir.http"]._slugify
        for written in dict.fromkeys((slug, slugify(slug))):
            commune = self._find_by_slug(written, [("active", "=", True)])
            if commune:
                return commune
        if len(slug) == 5:
            commune = self._find_by_insee(slug.upper())
            if commune:
                return commune
        former = self.env["territory.commune.former"].search([("commune_id.active", "=", True)])
        return former.filtered(lambda each: slugify(each.name) == slugify(slug))[:1].commune_id

    @api.model
    def _search_by_name(self, words):
        """The communes whose name, or that of a commune that they absorbed, holds these words."""
        wanted = place_key(words)
        communes = self.search([("active", "=", True)])
        if not wanted:
            return communes
        return communes.filtered(
            lambda commune: any(wanted in place_key(name) for name in commune._get_names())
        )

    @api.model
    def _find_by_name(self, words):
        """The one commune that bears this name, or bore it; none if there are several."""
        wanted = place_key(words)
        found = self.search([("active", "=", True)]).filtered(
            lambda commune: wanted in map(place_key, commune._get_names())
        )
        return found if len(found) == 1 else self.browse()

    def _get_names(self):
        return [self.name, *self._get_former_names()]

    def _get_former_names(self):
        """Those that are not its name of today."""
        self.ensure_one()
        return [former.name for former in self.former_ids if former.name != self.name]

    # ------------------------------------------------------------
    # Addresses
    # ------------------------------------------------------------

    def _get_content_url(self):
        self.ensure_one()
        return f"/communes/{self.slug}"

    @api.model
    def _get_shown_domain(self):
        """Its page is there before its town hall has written it."""
        return Domain.TRUE

    def _shows_images(self):
        """A page that is not open shows nothing of what its commune wrote."""
        return super()._shows_images() and self.page_state != "closed"

    def _get_online_pages(self):
        return self.page_ids.filtered("is_online")

    @api.depends(
        "active",
        "name",
        "slug",
        "zip",
        "former_ids.name",
        "page_state",
        "tagline",
        "body",
        "practical",
        "water",
        "member_ids.function",
        "room_ids.name",
        "service_ids.kind",
        "service_ids.phone",
        "service_ids.active",
    )
    def _get_search_document(self):
        """Of a page that is not open, what is known without the commune: its names, whom to call.

        The office of an elected member is searched, never a name: others bear it too.
        """
        self.ensure_one()
        if not self.active or not self.slug:
            return super()._get_search_document()
        own = []
        if self.page_state != "closed":
            members = self.member_ids.mapped("function")
            own = [*members, *self.room_ids.mapped("name"), self.practical, self.water]
            own.append(html2plaintext(self.body or ""))
        former = self._get_former_names()
        sentence = self.env._("Town hall, opening hours, whom to call")
        return SearchDocument(
            kind="commune",
            name=self.name,
            url=self._get_content_url(),
            label=self.env._("Village"),
            keywords=" ".join(
                [*former, self.zip or "", self.env._("town hall, mayor, secretary, village")]
            ),
            summary=(self.page_state != "closed" and self.tagline) or sentence,
            text=" ".join(filter(None, [sentence, *own])),
            phone=self.phone,
            commune_ids=self.ids,
        )

    # ------------------------------------------------------------
    # A change is proposed, and read by somebody else: content_approval
    # ------------------------------------------------------------

    @api.model
    def _get_guarded_fields(self):
        """A commune leaves the territory by the data, not by its page."""
        return super()._get_guarded_fields() - {"active"}

    @api.model
    def _get_approval_fields(self):
        return {
            **self._get_lent_fields(),
            "tagline": {},
            "photo": {"alt": "photo_alt", "credit": "photo_credit"},
            "photo_alt": {},
            "photo_credit": {},
            "contact_name": {},
            "access": {},
            "water": {},
            "practical": {},
            "member_ids": {"lines": ["sequence", "name", "function", "permanence"]},
            "room_ids": {
                "lines": [
                    "sequence",
                    "name",
                    "capacity",
                    "equipment",
                    "tariffs",
                    "photo",
                    "photo_alt",
                    "photo_credit",
                ],
                "line_alt": ("photo", "photo_alt"),
            },
            "panneaupocket_url": {},
            "link_ids": {"lines": ["sequence", "name", "url"]},
            "block_ids": {"lines": ["sequence", "code", "shared_id", "is_hidden"]},
        }

    @api.model
    def _check_approval_values(self, values):
        """Beside the field, what `check_url` would refuse when it is sent."""
        wrong = super()._check_approval_values(values)
        rows = [{"url": values.get("panneaupocket_url")}], values.get("link_ids") or []
        for name, each in zip(("panneaupocket_url", "link_ids"), rows, strict=True):
            try:
                for row in each:
                    if row.get("url"):
                        check_url(self.env, row["url"])
            except ValidationError as error:
                wrong[name] = error.args[0]
        return wrong

    def _get_approval_communes(self):
        return self
