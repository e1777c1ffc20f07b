from collections import Counter
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.territory_search.models.territory_search import (
    MOST_WORDS,
    SHORTEST_SLIP,
    split,
    unglue,
)

from ..filters import ACCESS, Choice

PAGE_SIZE = 20
# Of the sheets that have the words, those that are ranked one by one.
RANKED_MAX = 300
# Likeness of a word of the sheet from which the search looks whether it was a slip.
NEAR_WORD = "0.4"


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
            found_sudo = self._find_words(filters.words, parts["base"])
            ranks = {entry.id: rank for rank, entry in enumerate(found_sudo.records)}
            nearest, meant = found_sudo.nearest, found_sudo.meant
            parts["base"] &= Domain("id", "in", list(ranks))
        domain = Domain.AND(parts.values())
        total = Entry_sudo.search_count(domain)
        pages = max(1, -(-total // PAGE_SIZE))
        filters = filters.at_page(min(filters.page, pages))
        offset = (filters.page - 1) * PAGE_SIZE
        if ranks is None:
            entries_sudo = Entry_sudo.search(domain, offset=offset, limit=PAGE_SIZE)
        else:
            entries_sudo = Entry_sudo.search(domain).sorted(lambda entry: ranks[entry.id])
            entries_sudo = entries_sudo[offset : offset + PAGE_SIZE]
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
        )

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
            # A sheet that names nobody is for everybody.
            audience = Domain("audience_ids.code", "=", filters.audience) | Domain(
                "audience_ids", "=", False
            )
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
        everybody = counted.get(audiences_sudo.browse(), 0)
        return [
            Choice(
                audience.code,
                audience.name,
                everybody + counted.get(audience, 0),
                audience.code == filters.audience,
            )
            for audience in audiences_sudo
            if counted.get(audience) or audience.code == filters.audience
        ]

    # ------------------------------------------------------------
    # Words
    # ------------------------------------------------------------

    @api.model
    def _find_words(self, typed, domain):
        """`Found` of `territory.search`, which reads every text that it ranks: it is given those
        alone that have one of the words, or one that resembles it."""
        self.env["directory.entry"].flush_model()
        words = split(typed)[:MOST_WORDS]
        stems = self._get_asked_stems(words)
        candidates_sudo = self._search_stems(set().union(*stems.values(), ()), domain)
        strange = {word for word in words if len(word) >= SHORTEST_SLIP} - self._get_known(stems)
        if strange:
            candidates_sudo |= self._search_likeness(strange, domain)
        return self.env["territory.search"]._find(typed, [candidates_sudo])

    @api.model
    def _get_asked_stems(self, words):
        """{word typed: its stems}; under "", those that the everyday words of the staff add."""
        Search = self.env["territory.search"]
        lexicon = Search._get_lexicon()
        spelled = {word: [word, *unglue(word)] for word in words}
        stems = Search._get_stems({each for some in spelled.values() for each in some})
        stems |= lexicon.stems
        terms, _faint = Search._get_terms(words, lexicon.stems.keys(), stems)
        terms |= {stems[word]: 1 for word in words if stems[word]}
        Search._apply_lexicon(terms)
        asked = {word: {stems[each] for each in spelled[word] if stems[each]} for word in words}
        asked[""] = set(terms)
        return asked

    @api.model
    def _get_query(self, stems):
        """Any of them; the engine takes the last "e" from those of PostgreSQL."""
        lexemes = sorted({*stems, *(f"{stem}e" for stem in stems)})
        return " | ".join(f"'{lexeme}'" for lexeme in lexemes)

    @api.model
    def _search_stems(self, stems, domain):
        Entry_sudo = self.env["directory.entry"].sudo()
        if not stems:
            return Entry_sudo
        query = Entry_sudo._search(domain)
        table = SQL.identifier(query.table)
        words = SQL("%s::tsquery", self._get_query(stems))
        query.add_where(SQL("%s.search_vector @@ %s", table, words))
        query.order = SQL("ts_rank(%s.search_vector, %s) DESC, %s.id", table, words, table)
        query.limit = RANKED_MAX
        return Entry_sudo.browse(query)

    @api.model
    def _get_known(self, stems):
        """The words that a sheet has, as they were typed."""
        asked = {word: self._get_query(each) for word, each in stems.items() if word and each}
        if not asked:
            return set()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT typed FROM unnest(%s::text[], %s::text[]) AS asked(typed, query)
                WHERE EXISTS (
                    SELECT FROM directory_entry AS entry
                    WHERE entry.is_online AND entry.active
                        AND entry.search_vector @@ asked.query::tsquery
                )
                """,
                list(asked),
                list(asked.values()),
            )
        )
        return {typed for (typed,) in rows}

    @api.model
    def _search_likeness(self, words, domain):
        Entry_sudo = self.env["directory.entry"].sudo()
        if not self.env.registry.has_trigram:
            return Entry_sudo
        self.env.execute_query(
            SQL("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", NEAR_WORD)
        )
        query = Entry_sudo._search(domain)
        text = SQL("%s.search_text", SQL.identifier(query.table))
        query.add_where(
            SQL("(%s)", SQL(" OR ").join(SQL("%s <%% %s", word, text) for word in sorted(words)))
        )
        likeness = SQL(", ").join(
            SQL("word_similarity(%s, %s)", word, text) for word in sorted(words)
        )
        query.order = SQL("GREATEST(%s) DESC, %s.id", likeness, SQL.identifier(query.table))
        query.limit = RANKED_MAX
        return Entry_sudo.browse(query)
