import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.website_content_approval.models.content_guard_mixin import IMAGE_WIDTHS

DRAWING = "/website_commune/static/src/img/salle-1.svg"


class RoomRoom(models.Model):
    """Its page: what it is, which days are free."""

    _name = "room.room"
    _inherit = ["room.room", "website.slug.mixin"]

    slug = fields.Char(
        "Address of its page", compute="_compute_slug", store=True, readonly=False, precompute=True
    )
    page_room_id = fields.Many2one(
        "commune.room",
        "On the page of the commune",
        index="btree_not_null",
        domain="[('commune_id', '=', commune_id)]",
        help="Its photo and its words there are shown with its free days.",
    )

    _slug_uniq = models.Constraint("UNIQUE(slug)", "This address is already used.")

    @api.depends("name", "commune_id")
    def _compute_slug(self):
        """Of its first name and commune: an address that was printed stays."""
        given = set()
        for room in self.filtered(lambda each: each.name and each.commune_id and not each.slug):
            words = f"{room.name} {room.sudo().commune_id.name}"
            slug = self.env["ir.http"]._slugify(words.lower().replace("œ", "oe"))
            slug = re.sub(r"[^a-z0-9-]", "", slug).strip("-") or "salle"
            room.slug = self._make_free_slug(slug, given)
            given.add(room.slug)

    @api.constrains("page_room_id", "commune_id")
    def _check_page_room(self):
        for room_sudo in self.sudo().filtered("page_room_id"):
            if room_sudo.page_room_id.commune_id != room_sudo.commune_id:
                raise ValidationError(self.env._("This room is on the page of another commune."))

    @api.model
    def _get_public_domain(self):
        """Rooms that have a page: asked by a procedure that everybody reads."""
        procedures = self.env["procedure.procedure"]._get_public_domain()
        return Domain("procedure_id", "any", procedures)

    def _get_content_url(self):
        return f"/salles/{self.slug}"

    def _get_photo(self):
        """Of a list: dict(url, alt) of the small one of its page, else of a drawing."""
        self.ensure_one()
        # Whether there is one: its bytes are read by whoever asks for its address.
        page_room = self.page_room_id.with_context(bin_size=True)
        if page_room.photo and page_room.commune_id._shows_images():
            url = f"{page_room._get_image_url('photo')}?largeur={min(IMAGE_WIDTHS)}"
            return {"url": url, "alt": page_room.photo_alt or ""}
        return {"url": DRAWING, "alt": ""}

    def _get_facts(self):
        """What is read under its name: how many, with what, where."""
        self.ensure_one()
        people = self.capacity and self.env._("%(count)s persons", count=self.capacity)
        words = [people, self.equipment or self.page_room_id.equipment, self.address]
        return ", ".join(filter(None, words))
