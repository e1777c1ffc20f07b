import re
from typing import NamedTuple

from markupsafe import Markup

from odoo import api, models
from odoo.tools import SQL

from .territory_search import NOISE, TYPED, Found, plain, split
from .territory_search_guess import NO_MEANING

PAGE_SIZE = 10
SUGGESTED = 6
# PostgreSQL's weights go from 0 to 1, the last letter first: those of `WEIGHTS`, but that the text
# of a page counts more here, where all kinds of pages are searched.
RANKS = [2 / 8, 3 / 8, 6 / 8, 1]
# How much more is worth what concerns the reader's own commune, the village that is named, and
# what has the very words that were typed: who wrote them there knows what it is about.
OWN_COMMUNE = NAMED_VILLAGE = VERY_WORDS = 2
# From which rank a word is in the title.
TITLE = 0.55
# Documents from which a word is common, and their number is told roughly.
MANY = 1000
CRITERIA = ("topics", "audiences", "communes")
WORD = re.compile(r"[^\W_]+")


class Asked(NamedTuple):
    """What is looked for: words, and criteria that narrow (ids; `kind` is a code).

    `own_commune_id`: the reader's, whose results come first and hide no other one.
    """

    words: str = ""
    kind: str = ""
    topic_id: int = 0
    audience_id: int = 0
    commune_id: int = 0
    own_commune_id: int = 0
    page: int = 1


class Listing(NamedTuple):
    """One page of what is found, in superuser mode: it is all public.

    `kinds`, `topics`, `audiences`, `communes`: {code or id: how many}, each counted without its own
    criterion. `near_words`: when nothing is found. `meant`: other words that were searched, to be
    told. `stems`: of the words found, to be marked.
    """

    documents: models.BaseModel
    total: int
    pages: int
    kinds: dict
    topics: dict
    audiences: dict
    communes: dict
    near_words: list
    elsewhere: models.BaseModel
    meant: list
    stems: frozenset


class TerritorySearchIndex(models.AbstractModel):
    """Words of people in, pages of the site out: a number of queries that its size does not change.

    The words are understood as `territory.search` does; PostgreSQL chooses and ranks.
    """

    _name = "territory.search.index"
    _inherit = "territory.search.guess"
    _description = "Search among all that is public"

    @api.model
    def _list(self, asked):
        """For a visitor, whoever calls: the index holds what is public only.

        :param asked: `Asked`
        """
        # What this very transaction changed is found too.
        self.env.flush_all()
        meaning = self._understand(asked.words)
        found = self._query(meaning, asked, (asked.page - 1) * PAGE_SIZE, PAGE_SIZE)
        pages = max(1, -(-found["total"] // PAGE_SIZE))
        if asked.page > pages:
            return self._list(asked._replace(page=pages))
        near_words = [] if found["total"] else self._get_near_words(meaning)
        Document_sudo = self.env["territory.search.document"].sudo()
        Elsewhere_sudo = self.env["territory.search.elsewhere"].sudo()
        return Listing(
            Document_sudo.browse(found["ids"]),
            found["total"],
            pages,
            found["kinds"],
            *(self._spread(found[name]) for name in CRITERIA),
            near_words,
            Elsewhere_sudo.browse(meaning.elsewhere_ids),
            meaning.meant,
            frozenset(meaning.terms),
        )

    @api.model
    def _spread(self, counts):
        """{id: how many}: what is for everybody is for each."""
        counts = {int(key): count for key, count in counts.items()}
        everybody = counts.pop(0, 0)
        return {key: count + everybody for key, count in counts.items()}

    @api.model
    def _suggest(self, typed, own_commune_id=0):
        """The best documents while somebody types: the last word may be a beginning."""
        self.env.flush_all()
        meaning = self._understand(typed, is_typing=True)
        found = self._query(meaning, Asked(own_commune_id=own_commune_id), 0, SUGGESTED)
        return self.env["territory.search.document"].sudo().browse(found["ids"])

    @api.model
    def _find_records(self, typed, model):
        """The same words among the records of one model, for a page that narrows them further.

        :return: `Found`, with ids
        """
        self.env.flush_all()
        meaning = self._understand(typed)
        ids, nearest = self._rank_records(meaning, model), []
        if not ids:
            near = self._get_stems(map(plain, self._get_near_words(meaning)))
            terms = {stem: TYPED for stem in near.values() if stem}
            nearest = self._rank_records(NO_MEANING._replace(terms=terms), model)
        Elsewhere_sudo = self.env["territory.search.elsewhere"].sudo()
        return Found(ids, nearest, Elsewhere_sudo.browse(meaning.elsewhere_ids), meaning.meant)

    # ------------------------------------------------------------
    # What is found
    # ------------------------------------------------------------

    @api.model
    def _query(self, meaning, asked, offset, limit):
        """One query: the page, the total, the counts. A rare word counts more, as in `_rank`."""
        if not meaning.terms:
            return {"ids": [], "total": 0, "kinds": {}, **{name: {} for name in CRITERIA}}
        tests = {
            "kind": SQL("kind = %s", asked.kind) if asked.kind else None,
            "topics": SQL("topic_id = %s", asked.topic_id) if asked.topic_id else None,
            "audiences": self._test_list("audience_ids", asked.audience_id),
            "communes": self._test_list("commune_ids", asked.commune_id),
        }
        counts = {
            "kinds": self._count(SQL("kind"), SQL("kept"), tests, "kind"),
            "topics": self._count(SQL("topic_id"), SQL("kept"), tests, "topics"),
            "audiences": self._count_list("audience_ids", tests, "audiences"),
            "communes": self._count_list("commune_ids", tests, "communes"),
        }
        query = SQL(
            """
            %(kept)s
            SELECT
                (SELECT json_agg(id ORDER BY rank) FROM (
                    SELECT id, row_number() OVER (ORDER BY %(order)s DESC, name, id) AS rank
                    FROM kept WHERE %(all)s ORDER BY rank OFFSET %(offset)s LIMIT %(limit)s
                ) AS page),
                (SELECT count(*) FROM kept WHERE %(all)s),
                %(counts)s
            """,
            kept=self._keep_scored(meaning),
            order=self._get_order(asked),
            all=self._all(tests.values()),
            offset=offset,
            limit=limit,
            counts=SQL(", ").join(counts.values()),
        )
        ids, total, *counted = self.env.execute_query(query)[0]
        return {
            "ids": ids or [],
            "total": total,
            **{name: each or {} for name, each in zip(counts, counted, strict=True)},
        }

    @api.model
    def _keep_scored(self, meaning, test=None):
        """WITH what makes `kept`: the documents with their score, less the noise."""
        terms = meaning.terms
        ranks = {stem: SQL.identifier(f"rank_{number}") for number, stem in enumerate(terms)}
        columns = SQL(", ").join(
            SQL("ts_rank(%s::real[], search_vector, %s::tsquery) AS %s", RANKS, f"'{stem}'", rank)
            for stem, rank in ranks.items()
        )
        # What begins as the last word is one word, which nobody has ended yet.
        groups = [[stem] for stem in terms if stem not in meaning.begun]
        groups += [sorted(meaning.begun)] if meaning.begun else []
        held = [self._greatest([ranks[stem] for stem in group]) for group in groups]
        worth = [
            self._greatest([SQL("%s * %s", ranks[stem], terms[stem]) for stem in group])
            for group in groups
        ]
        rarities = [SQL.identifier(f"rare_{number}") for number in range(len(groups))]
        rare = SQL(", ").join(
            SQL(
                "ln(1 + (SELECT number FROM size) / GREATEST(1, count(*) FILTER (WHERE %s > 0)))"
                " AS %s",
                each,
                rarity,
            )
            for each, rarity in zip(held, rarities, strict=True)
        )
        score = SQL(" + ").join(
            SQL("%s * %s", each, rarity) for each, rarity in zip(worth, rarities, strict=True)
        )
        words = meaning.typed | meaning.begun
        asked = [
            each for each, group in zip(held, groups, strict=True) if not words.isdisjoint(group)
        ]
        has_all = SQL("%s > 0", self._least(asked)) if asked else SQL("FALSE")
        return SQL(
            """
            WITH found AS MATERIALIZED (
                SELECT id, res_id, kind, name, topic_id, commune_ids, audience_ids, %(columns)s
                FROM territory_search_document
                WHERE search_vector @@ %(any)s::tsquery AND %(every)s
            ), size AS (
                -- Counting takes longer than searching; of many, about how many is enough.
                SELECT CASE WHEN reltuples > %(many)s THEN reltuples
                    ELSE (SELECT count(*) FROM territory_search_document) END::float AS number
                FROM pg_class WHERE oid = 'territory_search_document'::regclass
            ), rare AS (SELECT %(rare)s FROM found
            ), scored AS MATERIALIZED (
                SELECT id, res_id, kind, name, topic_id, commune_ids, audience_ids,
                    (%(score)s) * sqrt(%(held)s) * %(typed)s AS score, %(has_all)s AS has_all
                FROM found, rare
            ), kept AS MATERIALIZED (
                SELECT * FROM scored
                WHERE has_all OR score >= %(noise)s * (SELECT max(score) FROM scored)
            )
            """,
            columns=columns,
            any=self._any(self._get_telling(terms)),
            many=MANY,
            every=self._all(
                [
                    test,
                    *(
                        SQL("search_vector @@ %s::tsquery", self._any(stems))
                        for stems in meaning.all_of
                    ),
                ]
            ),
            rare=rare,
            score=score,
            typed=self._get_typed_weight(asked),
            has_all=has_all,
            # What has several of the words is more likely than what has one of them in its title.
            held=SQL(" + ").join(SQL("(%s > 0)::int", each) for each in held),
            noise=NOISE,
        )

    @api.model
    def _rank_records(self, meaning, model):
        """Ids of the public records of one model that have the words, the best first."""
        if not meaning.terms:
            return []
        query = SQL(
            "%s SELECT res_id FROM kept ORDER BY score DESC, name, id",
            self._keep_scored(meaning, SQL("res_model = %s", model)),
        )
        return [res_id for (res_id,) in self.env.execute_query(query)]

    @api.model
    def _get_typed_weight(self, asked):
        """« défibrillateur »: what says it, beside what says « secours ». « Clairval », « mairie de
        Clairval »: the village, before what is about it.

        :param asked: what a document has of each word that was typed
        """
        if not asked:
            return SQL("1")
        return SQL(
            "CASE WHEN %(least)s = 0 THEN 1"
            " WHEN kind = 'commune' AND %(greatest)s > %(title)s THEN %(village)s"
            " ELSE %(words)s END",
            least=self._least(asked),
            greatest=self._greatest(asked),
            title=TITLE,
            village=VERY_WORDS * NAMED_VILLAGE,
            words=VERY_WORDS,
        )

    @api.model
    def _greatest(self, parts):
        return SQL("GREATEST(%s)", SQL(", ").join(parts)) if parts[1:] else parts[0]

    @api.model
    def _least(self, parts):
        return SQL("LEAST(%s)", SQL(", ").join(parts)) if parts[1:] else parts[0]

    @api.model
    def _get_telling(self, terms):
        """The stems by which documents are chosen: beside a rarer word, one that thousands have
        ranks only."""
        rows = self.env.execute_query(
            SQL(
                "SELECT stem FROM territory_search_word WHERE stem = ANY(%s) AND documents > %s",
                list(terms),
                MANY,
            )
        )
        common = {stem for (stem,) in rows}
        return [stem for stem in terms if stem not in common] or list(terms)

    @api.model
    def _get_order(self, asked):
        if not asked.own_commune_id:
            return SQL("score")
        own = SQL("%s = ANY(commune_ids)", asked.own_commune_id)
        return SQL("score * CASE WHEN %s THEN %s ELSE 1 END", own, OWN_COMMUNE)

    @api.model
    def _test_list(self, name, wanted):
        """A document that names nobody is for everybody, everywhere."""
        if not wanted:
            return None
        return SQL("(%(name)s = '{}' OR %(id)s = ANY(%(name)s))", name=SQL(name), id=wanted)

    @api.model
    def _any(self, stems):
        return " | ".join(f"'{stem}'" for stem in sorted(stems))

    @api.model
    def _all(self, tests):
        return SQL(" AND ").join([SQL("TRUE"), *filter(None, tests)])

    @api.model
    def _count(self, key, rows, tests, own):
        """Of each choice, how many there would be: its own criterion apart."""
        others = self._all(test for name, test in tests.items() if name != own)
        return SQL(
            "(SELECT json_object_agg(key, total) FROM (SELECT %s AS key, count(*) AS total"
            " FROM %s WHERE %s AND %s IS NOT NULL GROUP BY 1) AS counted)",
            key,
            rows,
            others,
            key,
        )

    @api.model
    def _count_list(self, name, tests, own):
        """Under 0, those that name nobody: they are for everybody."""
        rows = SQL("kept LEFT JOIN LATERAL unnest(%s) AS each ON TRUE", SQL(name))
        return self._count(SQL("COALESCE(each, 0)"), rows, tests, own)

    # ------------------------------------------------------------
    # Words in yellow
    # ------------------------------------------------------------

    @api.model
    def _mark(self, texts, stems):
        """{text: the same, escaped, with the words that were found between <mark>}."""
        words = {word for text in texts for each in WORD.findall(text) for word in split(each)}
        known = self._get_stems(words)

        def mark(text):
            parts, end = [], 0
            for match in WORD.finditer(text):
                if {known.get(word) for word in split(match[0])} & stems:
                    parts += [text[end : match.start()], Markup("<mark>%s</mark>") % match[0]]
                    end = match.end()
            # It escapes what is no `Markup`.
            return Markup().join([*parts, text[end:]])

        return {text: mark(text) for text in texts}
