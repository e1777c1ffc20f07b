import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import html2plaintext

from odoo.addons.territory_base import clock
from odoo.addons.territory_search.document import SearchDocument

from ..filters import ACCESS
from ..video import get_player
from .directory_entry_approval import SUMMARY_SIZE

# Parameter: PeerTube sites whose videos play in the page of a sheet, with commas.
PEERTUBE = "website_directory.peertube_hosts"
# Of the presentation, what the search reads.
SEARCHED_SIZE = 2000
NEAR_MAX = 3
TWO_COMMUNES = 2
YES_NO = [("yes", "Yes"), ("no", "No")]


class DirectoryEntry(models.Model):
    """A public sheet: a copy chosen by its owner, who is never shown."""

    _name = "directory.entry"
    _inherit = ["directory.entry.approval", "website.slug.mixin", "territory.search.mixin"]
    _description = "Sheet of the directory"
    # Without accents: in the order of the database, É comes after Z.
    _order = "slug, id"

    name = fields.Char(required=True)
    slug = fields.Char(
        "Public address",
        compute="_compute_slug",
        store=True,
        readonly=False,
        copy=False,
        help="Last part of the address of its page. When it changes, the previous one leads there.",
    )
    active = fields.Boolean(default=True)
    is_online = fields.Boolean(help="Read by everybody on the site.")
    category_id = fields.Many2one(
        "directory.category", required=True, index=True, ondelete="restrict"
    )
    activity = fields.Char("What it is", help="“Grocery and bread”. Empty: the category.")
    commune_ids = fields.Many2many("territory.commune", string="Communes")
    is_itinerant = fields.Boolean("Moves around", help="Comes to these communes in turn.")
    street = fields.Char("Street or place")
    latitude = fields.Float(digits=(9, 6))
    longitude = fields.Float(digits=(9, 6))
    phone = fields.Char()
    email = fields.Char()
    url = fields.Char("Website")
    summary = fields.Char("In one sentence", help="160 characters at most.")
    body = fields.Html("Presentation")
    photo = fields.Image(max_width=1200, max_height=1200)
    photo_small = fields.Image(
        "Small photo", related="photo", max_width=264, max_height=176, store=True
    )
    photo_alt = fields.Char("What the photo shows", help="Read to those who do not see the photo.")
    photo_credit = fields.Char("Photo taken by")
    photo_ids = fields.One2many("directory.photo", "entry_id", "Other photos", copy=True)
    video_url = fields.Char("Video", help="Another site shows it, once somebody clicks.")
    link_ids = fields.One2many("directory.link", "entry_id", "Links", copy=True)
    opening_ids = fields.One2many("directory.opening", "entry_id", "Opening hours", copy=True)
    opening_note = fields.Text(
        "Remark on the hours", help="What the hours of a week do not say, in your own words."
    )
    access_step_free = fields.Selection(YES_NO, "Step-free entrance")
    access_parking = fields.Selection(YES_NO, "Adapted parking space")
    access_toilets = fields.Selection(YES_NO, "Toilets open to the public")
    access_hearing_loop = fields.Selection(YES_NO, "Hearing loop")
    access_note = fields.Text("More about access", help="One point a line: “door of 90 cm”.")
    facet_ids = fields.Many2many("directory.facet", string="What it offers")
    audience_ids = fields.Many2many("territory.audience", string="For whom")
    keywords = fields.Char(help="Other words that people search for.")
    date_verified = fields.Date("Checked on")
    owner_id = fields.Many2one(
        "res.partner",
        index=True,
        copy=False,
        ondelete="set null",
        groups="base.group_user",
        domain=[("kind", "in", ("company", "association", "contributor"))],
        help="Keeps the sheet. Never shown: the sheet says what its owner chose to say.",
    )
    source = fields.Char(copy=False, readonly=True, groups="base.group_user")
    external_id = fields.Char(
        "Number in the source", copy=False, readonly=True, groups="base.group_user"
    )
    content_hash = fields.Char(copy=False, readonly=True, groups="base.group_user")
    confirmed_fields = fields.Json(
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="Names of what was proposed and accepted: no file of the territory changes it.",
    )

    _slug_uniq = models.Constraint("UNIQUE(slug)", "This address is already used.")
    _source_uniq = models.UniqueIndex(
        "(source, external_id) WHERE source IS NOT NULL", "This row was already imported."
    )
    _online_idx = models.Index("(slug, id) WHERE is_online AND active")
    _web_valid = models.Constraint(
        "CHECK(COALESCE(url, 'https://x') ~* '^https?://[^[:space:]\\\\]+$'"
        " AND COALESCE(video_url, 'https://x') ~* '^https?://[^[:space:]\\\\]+$')",
        "The address of a site begins with https:// and has no space.",
    )
    _place_valid = models.Constraint(
        "CHECK(latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)",
        "This place is not on Earth.",
    )

    @api.depends("name")
    def _compute_slug(self):
        """Kept when the name changes. Of two of the same name, the second names its commune."""
        unnamed = self.filtered(lambda entry: entry.name and not entry.slug)
        wanted = {entry: self._make_slug(entry.name) for entry in unnamed}
        taken = set(
            self.sudo()
            .with_context(active_test=False)
            .search_fetch([("slug", "in", list(wanted.values()))], ["slug"])
            .mapped("slug")
        )
        for entry, slug in wanted.items():
            if slug in taken:
                place = entry.commune_ids[:1].name or ""
                slug = self._make_slug(f"{entry.name} {place} {entry._origin.id or ''}")
            taken.add(slug)
            entry.slug = slug
        for entry in self - unnamed:
            entry.slug = entry.slug

    def _make_slug(self, name):
        for sign, plain_sign in (("œ", "oe"), ("æ", "ae"), ("’", " "), ("'", " ")):
            name = name.lower().replace(sign, plain_sign)
        slug = self.env["ir.http"]._slugify(name)
        return re.sub(r"-+", "-", re.sub(r"[^a-z0-9-]", "", slug)).strip("-") or "fiche"

    @api.constrains("summary")
    def _check_summary(self):
        """`size` would cut it without a word."""
        if any(len(entry.summary or "") > SUMMARY_SIZE for entry in self):
            raise ValidationError(self._get_summary_fault())

    @api.constrains("photo", "photo_alt")
    def _check_photo(self):
        if any(entry.photo and not (entry.photo_alt or "").strip() for entry in self):
            raise ValidationError(
                self.env._("Write what the photo shows, for those who do not see it.")
            )

    @api.model
    def _get_public_domain(self):
        return [("is_online", "=", True), ("active", "=", True)]

    @api.model
    def _get_gone_domain(self):
        """It was on the site, and is there no more."""
        return ["|", ("active", "=", False), ("version", ">", 0)]

    def _get_content_url(self):
        self.ensure_one()
        return f"/annuaire/{self.slug}"

    # ------------------------------------------------------------
    # What a visitor reads: fields only, so that a sheet that is not saved shows the same
    # ------------------------------------------------------------

    def _get_search_texts(self):
        """Title, keywords, summary, topic: what `territory.search` reads."""
        self.ensure_one()
        topic = [self.commune_ids.mapped("name"), [html2plaintext(self.body or "")[:SEARCHED_SIZE]]]
        keywords = [
            self.keywords or "",
            *self._get_names(self.category_id._get_path() if self.category_id else ()),
            *self._get_names(self.facet_ids),
        ]
        return (
            " ".join(filter(None, [self.name, self.activity])),
            " ".join(keywords),
            self.summary,
            " ".join(word for words in topic for word in words),
        )

    @api.depends(
        "is_online",
        "active",
        "slug",
        "phone",
        "audience_ids",
        # What `_get_search_texts` reads.
        "name",
        "activity",
        "keywords",
        "summary",
        "body",
        "category_id.name",
        "category_id.parent_id.name",
        "facet_ids.name",
        "commune_ids.name",
    )
    def _get_search_document(self):
        self.ensure_one()
        if not self.filtered_domain(self._get_public_domain()):
            return super()._get_search_document()
        _title, keywords, summary, text = self._get_search_texts()
        return SearchDocument(
            kind="sheet",
            name=self.name,
            url=self._get_content_url(),
            label=", ".join(filter(None, [self._get_kind_name(), self._get_place_name()])),
            keywords=" ".join(filter(None, [self.activity, keywords])),
            summary=summary,
            text=text,
            phone=self.phone,
            commune_ids=self.commune_ids.ids,
            audience_ids=self.audience_ids.ids,
        )

    def _get_names(self, records):
        """In every language of the site: what is stored serves all readers."""
        if not records:
            return []
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        return [name for code in codes for name in records.with_context(lang=code).mapped("name")]

    def _get_kind_name(self):
        self.ensure_one()
        return self.activity or self.category_id.name or ""

    def _get_place_name(self):
        """Where it is, in a few words; empty when nobody has told."""
        self.ensure_one()
        names = self.commune_ids.mapped("name")
        if len(names) > TWO_COMMUNES:
            return self.env._("%(count)s villages", count=len(names))
        return self.env._(" and ").join(names)

    def _get_photo_url(self, size="large"):
        """Of the photo on the sheet, else of the drawing of its category."""
        self.ensure_one()
        if not self.photo:
            return self.category_id._get_drawing_url()
        return self._get_image_url("photo_small" if size == "small" else "photo")

    def _get_player(self):
        """Of its video: `Player`, or None where it is but a link."""
        self.ensure_one()
        if not self.video_url:
            return None
        hosts = self.env["ir.config_parameter"].sudo().get_param(PEERTUBE, "")
        return get_player(self.video_url, hosts.replace(",", " ").split())

    def _get_opening_state(self, moment=None):
        """Open now, in words, and until when it is true: `OpeningState` of territory_base."""
        self.ensure_one()
        return self.opening_ids._read_opening_state(
            self.opening_ids._get_clock_rows(), moment or fields.Datetime.now()
        )

    def _get_week(self):
        """[dict(name, hours, is_today)] from Monday to Sunday; none when nobody has told."""
        self.ensure_one()
        week = self.opening_ids.filtered("weekday").sorted("hour_from")
        if not week:
            return []
        now = clock.local_time(fields.Datetime.now())
        names = week._fields["weekday"]._description_selection(self.env)
        return [
            {
                "name": name,
                "hours": [each._get_hours() for each in week if each.weekday == day],
                "is_today": day == str(now.weekday()),
            }
            for day, name in names
        ]

    def _get_exceptions(self):
        """Sentences of the days to come that are not as the others."""
        return [each._get_exception_sentence() for each in self.opening_ids._filtered_told()]

    def _get_access_lines(self):
        """[(whether it is so, words)], of what somebody has told."""
        self.ensure_one()
        words = {
            "access_step_free": (
                self.env._("Step-free entrance"),
                self.env._("Steps at the entrance"),
            ),
            "access_parking": (
                self.env._("Adapted parking space"),
                self.env._("No adapted parking space"),
            ),
            "access_toilets": (
                self.env._("Toilets open to the public"),
                self.env._("No toilets open to the public"),
            ),
            "access_hearing_loop": (self.env._("Hearing loop"), self.env._("No hearing loop")),
        }
        lines = [
            (self[name] == "yes", words[name][self[name] == "no"]) for name in ACCESS if self[name]
        ]
        notes = [line.strip() for line in (self.access_note or "").splitlines()]
        return lines + [(True, note) for note in notes if note]

    def _get_near(self):
        """Other sheets of the same place, for whoever reads this one."""
        self.ensure_one()
        if not self.commune_ids:
            return self.browse()
        return self.search(
            [
                *self._get_public_domain(),
                ("commune_ids", "in", self.commune_ids.ids),
                ("id", "!=", self._origin.id),
            ],
            limit=NEAR_MAX,
        )

    def action_propose(self):
        """Where a change of this sheet is proposed."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/my/contributions/page/{self._name}/{self.id}",
            "target": "self",
        }
