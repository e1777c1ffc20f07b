from collections import Counter
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain

from ..filters import ACCESS, Choice

PAGE_SIZE = 20
# Sheets of a map, those of the page among them.
MOST_DRAWN = 500


class Listing(NamedTuple):
    """A page of the directory. `filters`: as asked, its page among those that exist."""

    filters: object
    entries: models.BaseModel
    total: int
    pages: int
    categories: list
    facets: list
    access: list
    audiences: list
    # When nothing has the words: what resembles them.
    nearest: list
    # The other words that were searched, to be told.
    meant: list
    # Of the whole list, those that say where they are; empty when no map is asked.
    placed: models.BaseModel


class DirectorySearch(models.AbstractModel):
    """The list of the directory: a number of queries that does not depend on its size.

    Each count is that of the list which the reader would get: several categories add to each
    other, everything else narrows.
    """

    _name = "directory.search"
    _description = "Search of the directory"

    @api.model
    def _list(self, filters, moment=None):
        """For a visitor: only what is online, whatever the rights of the caller.

        :param filters: `Filters`
        :param moment: of "open now", as the database has it
        """
        Entry_sudo = self.env["directory.entry"].sudo()
        parts = self._get_domains(filters, moment or fields.Datetime.now())
        ranks, nearest, meant = None, [], []
        if filters.words:
            Index = self.env["territory.search.index"]
            found = Index._find_records(filters.words, Entry_sudo._name)
            ranks = {res_id: rank for rank, res_id in enumerate(found.records)}
            nearest, meant = self._search_ranked(parts["base"], found.nearest), found.meant
            parts["base"] &= Domain("id", "in", list(ranks))
        domain = Domain.AND(parts.values())
        total = Entry_sudo.search_count(domain)
        pages = max(1, -(-total // PAGE_SIZE))
        filters = filters.at_page(min(filters.page, pages))
        offset = (filters.page - 1) * PAGE_SIZE
        if ranks is None:
            entries_sudo = Entry_sudo.search(domain, offset=offset, limit=PAGE_SIZE)
        else:
            entries_sudo = self._search_ranked(domain, ranks)[offset : offset + PAGE_SIZE]
        return Listing(
            filters,
            entries_sudo,
            total,
            pages,
            self._count_categories(filters, parts),
            self._count_facets(filters, domain),
            self._count_access(filters, domain),
            self._count_audiences(filters, parts),
            nearest,
            meant,
            self._search_placed(domain) if filters.is_map else Entry_sudo.browse(),
        )

    @api.model
    def _search_placed(self, domain):
        """In one query, only what is drawn of them."""
        Entry_sudo = self.env["directory.entry"].sudo()
        somewhere = Domain("latitude", "!=", 0) | Domain("longitude", "!=", 0)
        names = ["name", "slug", "latitude", "longitude"]
        return Entry_sudo.search_fetch(domain & somewhere, names, limit=MOST_DRAWN)

    @api.model
    def _search_ranked(self, domain, ids):
        """In the order of `ids`."""
        kept = set(
            self.env["directory.entry"].sudo()._search(domain & Domain("id", "in", list(ids)))
        )
        return self.env["directory.entry"].sudo().browse(each for each in ids if each in kept)

    @api.model
    def _get_domains(self, filters, moment):
        """{kind of filter: domain}: a count leaves out its own kind where choices add up."""
        Entry = self.env["directory.entry"]
        base = Domain(Entry._get_public_domain())
        if filters.commune:
            base &= Domain("commune_ids.slug", "=", filters.commune)
        if filters.is_open:
            base &= Domain(self.env["directory.opening"].sudo()._get_open_domain(moment))
        for name, code in ACCESS.items():
            if code in filters.access:
                base &= Domain(name, "=", "yes")
        for code in filters.facets:
            base &= Domain("facet_ids.code", "=", code)
        category = audience = Domain.TRUE
        if filters.categories:
            roots_sudo = self.env["directory.category"].sudo()
            roots_sudo = roots_sudo.search([("code", "in", filters.categories)])
            category = Domain("category_id", "child_of", roots_sudo.ids)
        if filters.audience:
            # Made for them: a sheet that names nobody is for everybody, and would hide these.
            audience = Domain("audience_ids.code", "=", filters.audience)
        return {"base": base, "category": category, "audience": audience}

    # ------------------------------------------------------------
    # Counts
    # ------------------------------------------------------------

    @api.model
    def _count_categories(self, filters, parts):
        """The wide ones; under those that are chosen, the finer ones."""
        Entry_sudo = self.env["directory.entry"].sudo()
        counted = Entry_sudo._read_group(
            parts["base"] & parts["audience"], ["category_id"], ["__count"]
        )
        totals = Counter()
        for category, count in counted:
            for above in category._get_path():
                totals[above] += count
        choices = []
        categories_sudo = self.env["directory.category"].sudo().search([("active", "=", True)])
        chosen_sudo = categories_sudo.filtered(lambda each: each.code in filters.categories)
        unfolded_sudo = categories_sudo.browse()
        for category in chosen_sudo:
            unfolded_sudo |= category._get_path()
        for root in categories_sudo.filtered(lambda each: not each.parent_id):
            shown = root + (root.child_ids if root in unfolded_sudo else root.browse())
            for category in shown:
                is_chosen = category in chosen_sudo
                if totals[category] or is_chosen:
                    choices.append(
                        Choice(
                            category.code,
                            category.name,
                            totals[category],
                            is_chosen,
                            int(category != root),
                        )
                    )
        return choices

    @api.model
    def _count_facets(self, filters, domain):
        """What the places of the list offer: those that their categories ask about."""
        Entry_sudo = self.env["directory.entry"].sudo()
        counted = dict(Entry_sudo._read_group(domain, ["facet_ids"], ["__count"]))
        facets_sudo = self.env["directory.facet"].sudo().search([("active", "=", True)])
        category_sudo = self.env["directory.category"].sudo()
        asked_sudo = category_sudo.search([("code", "in", filters.categories)])
        above_sudo = category_sudo.browse()
        for category in asked_sudo:
            above_sudo |= category._get_path()
        return [
            Choice(facet.code, facet.name, counted.get(facet, 0), facet.code in filters.facets)
            for facet in facets_sudo
            if facet.code in filters.facets
            or (counted.get(facet) and (not facet.category_ids or facet.category_ids & above_sudo))
        ]

    @api.model
    def _count_access(self, filters, domain):
        Entry_sudo = self.env["directory.entry"].sudo()
        labels = Entry_sudo.fields_get(list(ACCESS), ["string"])
        counts = dict.fromkeys(ACCESS, 0)
        for *values, count in Entry_sudo._read_group(domain, list(ACCESS), ["__count"]):
            for name, value in zip(ACCESS, values, strict=True):
                counts[name] += count if value == "yes" else 0
        return [
            Choice(code, labels[name]["string"], counts[name], code in filters.access)
            for name, code in ACCESS.items()
            if counts[name] or code in filters.access
        ]

    @api.model
    def _count_audiences(self, filters, parts):
        Entry_sudo = self.env["directory.entry"].sudo()
        counted = dict(
            Entry_sudo._read_group(parts["base"] & parts["category"], ["audience_ids"], ["__count"])
        )
        audiences_sudo = self.env["territory.audience"].sudo().search([("active", "=", True)])
        return [
            Choice(
                audience.code,
                audience.name,
                counted.get(audience, 0),
                audience.code == filters.audience,
            )
            for audience in audiences_sudo
            if counted.get(audience) or audience.code == filters.audience
        ]
