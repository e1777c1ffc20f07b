from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.territory_search.document import SearchDocument, cut, read_text

SUMMARY_SIZE = 160
# Other addresses under that of a commune.
RESERVED = {"en-bref"}


class CommunePage(models.Model):
    """A page that a commune writes beside its own: the history of the village, the cemetery."""

    _name = "commune.page"
    _description = "Local page of a commune"
    _inherit = ["content.approval.mixin", "website.slug.mixin", "territory.search.mixin"]
    _order = "commune_id, sequence, name, id"
    _asks_commune = True

    commune_id = fields.Many2one("territory.commune", required=True, index=True, ondelete="cascade")
    name = fields.Char("Title", required=True)
    slug = fields.Char(
        compute="_compute_slug",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        help="Last part of the public address.",
    )
    sequence = fields.Integer("Rank", default=10)
    active = fields.Boolean(default=True)

    _slug_uniq = models.Constraint(
        "UNIQUE(commune_id, slug)", "Another page of this commune has the same address."
    )

    @api.depends("name")
    def _compute_slug(self):
        """Of the title, once: an address that was given does not follow a corrected title."""
        slugify = self.env["ir.http"]._slugify
        siblings = self.with_context(active_test=False).search(
            [("commune_id", "in", self.commune_id.ids)]
        )
        taken = {(page.commune_id.id, page.slug) for page in siblings}
        for page in self.filtered(lambda page: not page.slug):
            slug = slugify(page.name or "")
            free = (slug, *(f"{slug}-{rank}" for rank in range(2, len(taken) + 3)))
            owner = page.commune_id.id
            page.slug = next(each for each in free if (owner, each) not in taken)
            taken.add((owner, page.slug))

    @api.constrains("slug")
    def _check_slug(self):
        for page in self:
            if page.slug in RESERVED:
                raise ValidationError(
                    self.env._("“%(slug)s” is the address of something else.", slug=page.slug)
                )
        return super()._check_slug()

    def _get_slug_key(self, slug):
        return f"{self.commune_id.id}/{slug}"

    @api.model
    def _find_page(self, commune, slug):
        """The page of this address, or the one that had it, among those that are online."""
        online = Domain("commune_id", "=", commune.id) & Domain("is_online", "=", True)
        return self._find_by_slug(slug, online, key=f"{commune.id}/{slug}")

    @api.model
    def _get_shown_domain(self):
        """With what its commune writes: not before its page is open."""
        open_domain = Domain("commune_id.active", "=", True)
        open_domain &= Domain("commune_id.page_state", "!=", "closed")
        return super()._get_shown_domain() & open_domain

    def _get_content_url(self):
        self.ensure_one()
        return f"{self.commune_id._get_content_url()}/{self.slug}"

    @api.depends(
        "name",
        "slug",
        "body",
        "is_online",
        "active",
        "commune_id.active",
        "commune_id.name",
        "commune_id.slug",
        "commune_id.page_state",
    )
    def _get_search_document(self):
        self.ensure_one()
        is_read = self.active and self.is_online and self.commune_id.active
        if not is_read or self.commune_id.page_state == "closed":
            return super()._get_search_document()
        words = read_text(self.body)
        return SearchDocument(
            kind="page",
            name=self.name,
            url=self._get_content_url(),
            label=self.commune_id.name,
            keywords=self.commune_id.name,
            summary=cut(words, SUMMARY_SIZE),
            text=words,
            commune_ids=self.commune_id.ids,
        )

    # ------------------------------------------------------------
    # A change is proposed, and read by somebody else: content_approval
    # ------------------------------------------------------------

    @api.model
    def _get_approval_fields(self):
        return {"name": {}}

    def _get_approval_communes(self):
        return self.commune_id

    @api.model
    def _may_propose_new(self, user, organisation=None):
        """Of a commune: in the name of no association."""
        if organisation:
            return False
        is_secretary = user.has_group("territory_base.territory_group_secretary")
        return is_secretary or super()._may_propose_new(user, organisation)

    @api.model
    def _prepare_new_content(self, revision):
        return {"commune_id": revision.commune_ids[:1].id}
