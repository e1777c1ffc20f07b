import json
import re

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.website_content_approval.pages.typing import split_paragraphs

from .. import drawn_map
from ..filters import ACCESS

SUMMARY_SIZE = 160
OWNERS = ("company", "association", "contributor")
WEB_FIELDS = ("url", "video_url")
PLACE = ("latitude", "longitude")
# Box of the form: in the middle of its commune.
CENTRE = "latitude._centre"
# Browsers read a backslash as "/", others as a letter of the name of the site.
WEB = re.compile(r"https?://[^\s/\\]+\.[^\s\\]+", re.I)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)


class DirectoryEntryApproval(models.AbstractModel):
    """What a sheet opens to those who keep it: content_approval does the rest."""

    _name = "directory.entry.approval"
    _description = "Sheet of the directory: proposed changes"
    _inherit = ["content.approval.mixin"]

    @api.model
    def _get_approval_fields(self):
        """What the owner of a sheet may change beside `body`, in the order of the page."""
        hours, place = self.env._("Opening hours"), self.env._("Its place on the map")
        photos, access = self.env._("More photos"), self.env._("Access and services")
        more = self.env._("Say more (video, links, words)")
        return {
            "name": {},
            "category_id": {"label": self.env._("What kind of place is it?")},
            "activity": {"help": self.env._("“Grocery and bread”. Empty: the kind of place.")},
            "summary": {"help": self.env._("160 characters at most. It is read in the list.")},
            "commune_ids": {"label": self.env._("In which commune?")},
            "street": {},
            "phone": {"widget": "tel"},
            "email": {"widget": "email"},
            "url": {
                "label": self.env._("Website"),
                "help": self.env._("For instance www.my-shop.fr"),
            },
            "photo": {
                "alt": "photo_alt",
                "credit": "photo_credit",
                "small": "photo_small",
                "help": self.env._(
                    "Without a photo, we show a drawing. Ask the people who are seen on it. JPG, "
                    "PNG or HEIC, 10 MB at most."
                ),
            },
            "photo_alt": {},
            "photo_credit": {},
            "opening_ids": {
                "week": True,
                "lines": ["weekday", "hour_from", "hour_to", "note", "date_start", "date_end"],
                "columns": {"hour_from": {"widget": "hours"}, "hour_to": {"widget": "hours"}},
                "section": hours,
            },
            "opening_note": {"section": hours},
            "is_itinerant": {
                "label": self.env._("It moves around, from village to village"),
                "section": place,
            },
            "latitude": {"section": place},
            "longitude": {"section": place},
            "facet_ids": {"section": access},
            **{name: {"section": access} for name in ACCESS},
            "access_note": {"section": access},
            "audience_ids": {
                "help": self.env._(
                    "Those for whom it is made above all. Nobody ticked: everybody."
                ),
                "section": access,
            },
            "photo_ids": {"lines": ["image", "alt", "credit"], "section": photos},
            "link_ids": {"lines": ["name", "url"], "section": more},
            "video_url": {"section": more},
            "keywords": {"section": more},
        }

    @api.model
    def _get_guarded_fields(self):
        """And what a file of the territory may no longer change."""
        return super()._get_guarded_fields() | {"confirmed_fields"}

    # ------------------------------------------------------------
    # Who proposes
    # ------------------------------------------------------------

    def _get_approval_communes(self):
        return self.commune_ids

    def _get_category_name(self):
        self.ensure_one()
        # The widest: associations, shops.
        return self.category_id._get_path()[:1].name or ""

    def _get_approval_organisations(self):
        return self.sudo().owner_id

    @api.model
    def _get_list_title(self):
        return self.env._("Sheets of the directory")

    @api.model
    def _get_new_title(self):
        return self.env._("A new sheet of the directory")

    @api.model
    def _get_contributed_domain(self, organisations, communes):
        return Domain("owner_id", "in", organisations.ids) | Domain(
            "commune_ids", "in", communes.ids
        )

    @api.model
    def _may_propose_new(self, user, organisation=None):
        """An association or a company for itself, a secretary for her commune, the staff."""
        if super()._may_propose_new(user, organisation):
            return True
        if organisation:
            return organisation.sudo().kind in OWNERS
        return user.has_group("territory_base.territory_group_secretary") and bool(
            user._get_town_halls().commune_ids
        )

    @api.model
    def _prepare_new_content(self, revision):
        """Who proposes it for her organisation keeps it; nothing of the organisation is copied."""
        return {
            **super()._prepare_new_content(revision),
            "owner_id": revision.organisation_id.id,
        }

    def _on_published(self, revision, names):
        """What somebody wrote and somebody else read is confirmed."""
        self._confirm(names)
        if revision.kind == "remove" and not self.content_hash:
            # Off the site by people: no file brings it back.
            self.content_hash = revision.kind
        return super()._on_published(revision, names)

    def _confirm(self, names):
        """What is known to be right: a file of the territory no longer changes it.

        :param names: fields, among them those that a file may bring
        """
        open_names = {name for name in names if name in (*self._get_approval_fields(), "body")}
        for entry in self if open_names else ():
            known = set(entry.confirmed_fields or ())
            if not open_names <= known:
                entry._as_publication().confirmed_fields = sorted(known | open_names)

    # ------------------------------------------------------------
    # What is typed
    # ------------------------------------------------------------

    def _get_public_note(self):
        return self.env._(
            "Everybody reads this sheet: what you write here, and nothing else. What we know of "
            "your organisation for its requests (address, people, numbers) is never shown."
        )

    @api.model
    def _get_preview_template(self):
        return "website_directory.preview"

    @api.model
    def _get_approval_hints(self, values):
        """The questions of its category."""
        hints = super()._get_approval_hints(values)
        category_sudo = (
            self.env["directory.category"].sudo().browse(values.get("category_id") or ())
        )
        return {**hints, **category_sudo._get_hints()} if category_sudo.exists() else hints

    @api.model
    def _prepare_approval_item(self, name, item, form):
        item = super()._prepare_approval_item(name, item, form)
        if name == "category_id":
            categories_sudo = self.env["directory.category"].sudo()
            categories_sudo = categories_sudo.search([("active", "=", True)])
            paths = {category: category._get_path() for category in categories_sudo}
            order = sorted(
                categories_sudo, key=lambda each: [(c.sequence, c.id) for c in paths[each]]
            )
            item["choices"] = [
                (str(category.id), " › ".join(paths[category].mapped("name"))) for category in order
            ]
            if form.revision.sudo().kind == "create":
                item["template"] = "website_directory.category_input"
                texts = {category.id: "\n\n".join(category._get_lines()) for category in order}
                item["lines"] = json.dumps(texts)
        elif name == "body":
            self._begin_body(item, form)
        elif name == "facet_ids":
            item["choices"] = self._list_facets(form, item["values"])
        elif name == "commune_ids":
            # Nearly all have one; 47 boxes to tick would hide the rest of the form.
            item["template"] = "website_directory.communes_input"
            item["value"] = item["values"][0] if item["values"] else ""
        elif name == "latitude":
            item["template"] = "website_directory.place_input"
            item |= self._prepare_place(form)
        elif name == "longitude":
            # Beside the latitude, under the map.
            item["template"] = "website_directory.no_input"
        return item

    @api.model
    def _begin_body(self, item, form):
        """Of a new sheet, what its category asks for, until somebody wrote."""
        revision_sudo = form.revision.sudo()
        is_empty = form.posted is None and item.get("value") == ""
        if is_empty and revision_sudo.kind == "create":
            category_id = (revision_sudo.values or {}).get("category_id")
            category_sudo = self.env["directory.category"].sudo().browse(category_id or ())
            item["value"] = "\n\n".join(category_sudo.exists()._get_lines())

    @api.model
    def _clean_typed_body(self, typed, form):
        """Of a new sheet, less the lines that nobody completed: what follows one answers it."""
        if form.revision.sudo().kind != "create":
            return super()._clean_typed_body(typed, form)
        known = self._get_begun_lines(form)
        parts = split_paragraphs(typed)
        following = [*parts[1:], None]
        kept = [
            part
            for part, after in zip(parts, following, strict=True)
            if part not in known or (after and after not in known)
        ]
        return "\n\n".join(kept)

    @api.model
    def _get_begun_lines(self, form):
        """Those that she may have found in the form: of the category kept, of the one she chose."""
        kept = (form.revision.sudo().values or {}).get("category_id")
        begun = {str(kept or ""), form.posted.text("category_id")}
        categories_sudo = self.env["directory.category"].sudo()
        categories_sudo = categories_sudo.search([("active", "in", (True, False))])
        categories_sudo = categories_sudo.filtered(lambda each: str(each.id) in begun)
        above_sudo = [each for category in categories_sudo for each in category._get_path()]
        return {line for category in above_sudo for line in category._get_lines()}

    @api.model
    def _prepare_place(self, form):
        """The map on which the point is put, and where it is."""
        communes_sudo = self.env["territory.commune"].sudo()
        communes_sudo = communes_sudo.search([("latitude", "!=", 0), ("longitude", "!=", 0)])
        grounds = [(commune.latitude, commune.longitude, commune) for commune in communes_sudo]
        (longitude,) = form.get_items(["longitude"])
        values = form.revision.sudo().values or {}
        point = [values.get(name) or 0 for name in PLACE]
        drawn = drawn_map.frame(grounds) if grounds else None
        return {
            "longitude": longitude,
            "frame": drawn,
            "point": drawn.place(*point) if drawn and any(point) else None,
            "centre_name": CENTRE,
        }

    @api.model
    def _read_centre(self, name, form):
        """Of the first commune that is chosen; what is typed where it has none."""
        chosen = form.posted.texts("commune_ids", 20)
        commune_sudo = self.env["territory.commune"].sudo()
        if chosen and chosen[0].isdecimal():
            commune_sudo = commune_sudo.search([("id", "=", int(chosen[0]))])
        return str(commune_sudo[name]) if commune_sudo[name] else form.posted.text(name)

    @api.model
    def _list_facets(self, form, ticked):
        """Those of its category, and what is ticked already."""
        values = form.revision.sudo().values or {}
        category_sudo = (
            self.env["directory.category"].sudo().browse(values.get("category_id") or ())
        )
        above_sudo = category_sudo._get_path() if category_sudo.exists() else category_sudo
        facets_sudo = self.env["directory.facet"].sudo().search([("active", "=", True)])
        return [
            (str(facet.id), facet.name)
            for facet in facets_sudo
            if str(facet.id) in ticked or not facet.category_ids or facet.category_ids & above_sudo
        ]

    @api.model
    def _read_approval_input(self, name, form):
        """People write the address of a site as they say it, and see a place on a map."""
        if name in PLACE and form.posted.text(CENTRE, 5):
            return self._read_centre(name, form)
        if name not in WEB_FIELDS:
            return super()._read_approval_input(name, form)
        typed = form.posted.text(name, 500)
        return typed if not typed or SCHEME.match(typed) else f"https://{typed}"

    @api.model
    def _check_approval_values(self, values):
        """In words, beside the field, what the database would refuse."""
        faults = dict(super()._check_approval_values(values))
        if len(values.get("summary") or "") > SUMMARY_SIZE:
            faults["summary"] = self._get_summary_fault()
        for name in WEB_FIELDS:
            if values.get(name) and not WEB.fullmatch(values[name]):
                faults[name] = self._get_web_fault()
        for name, limit in (("latitude", 90), ("longitude", 180)):
            if abs(values.get(name) or 0) > limit:
                faults[name] = self.env._("This place is not on Earth.")
        for name, check in (
            ("link_ids", self._get_link_fault),
            ("photo_ids", self._get_photo_fault),
            ("opening_ids", self._get_opening_fault),
        ):
            found = next(filter(None, map(check, values.get(name) or ())), None)
            if found:
                faults[name] = found
        return faults

    def _get_summary_fault(self):
        return self.env._("One sentence of at most %(size)s characters.", size=SUMMARY_SIZE)

    def _get_web_fault(self):
        return self.env._("Write the address of a site, for instance https://www.my-shop.fr")

    @api.model
    def _get_link_fault(self, row):
        if not row.get("name") or not row.get("url"):
            return self.env._("A link needs its words and its address.")
        return "" if WEB.fullmatch(row["url"]) else self._get_web_fault()

    @api.model
    def _get_photo_fault(self, row):
        if not row.get("image"):
            return self.env._("Choose a picture, or take the line away.")
        if not row.get("alt"):
            return self.env._("Say what each picture shows, for those who cannot see it.")
        return ""

    @api.model
    def _get_opening_fault(self, row):
        """As the constraints of `territory.opening.mixin`, in the order in which one types."""
        first, last = row.get("date_start"), row.get("date_end")
        start, end = row.get("hour_from") or 0, row.get("hour_to") or 0
        if bool(row.get("weekday")) == bool(first):
            return self.env._("Choose a day of the week, or write a first day: not both.")
        if last and first and last < first:
            return self.env._("The last day is before the first one.")
        if end < start or (row.get("weekday") and end == start):
            return self.env._("It closes after it opens: check the hours.")
        return ""
