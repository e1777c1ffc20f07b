from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ..tools.slip import LONGEST, is_slip, sound
from .territory_search import (
    MEANT,
    MOST_WORDS,
    RESEMBLING,
    SHORTEST_SLIP,
    SLIP,
    TYPED,
    plain,
    spell,
    split,
    unglue,
)

NEAREST = 3
# Documents that are read to know how a word is written.
READ_TO_SPELL = 5
# Of the words that begin as the one that is being typed.
BEGINNINGS = 12
# How sure of one that no page has: it leads further by what it stands for only.
FAR = 0.4
# What is searched in one go, the surest first.
MOST_TERMS = 24
# Words that were typed as one: « garderiescolaire », « salledesfetes ».
SHORTEST_PIECE = 3
BETWEEN = ("", "de", "des", "du", "d", "la", "le", "les", "a", "au", "aux", "et", "en", "l")


class Meaning(NamedTuple):
    """`terms`: {stem: how sure}. `typed`: those that were typed, well or not. `all_of`: sets of
    which a page must have one each. `unknown`: words that no page has, to be compared with those
    that are `known`. `begun`: those that begin as the last word, of which a page has any."""

    terms: dict
    typed: set
    all_of: list
    unknown: list
    known: set
    elsewhere_ids: list
    meant: list
    begun: set


NO_MEANING = Meaning({}, set(), [], [], set(), [], [], set())


class TerritorySearchGuess(models.AbstractModel):
    """What is meant by what was typed, among all the words of the index."""

    _name = "territory.search.guess"
    _inherit = "territory.search"
    _description = "Guesses what people mean"

    @api.model
    def _understand(self, typed, is_typing=False):
        """:return: `Meaning`"""
        words = [word for word in split(typed) if len(word) <= LONGEST][:MOST_WORDS]
        if not words or self._get_direct_url(typed):
            return NO_MEANING
        begun = {}
        if is_typing and plain(typed)[-1:].isalnum():
            begun = self._get_begun(words[-1])
        stems = self._get_stems({*words, *(rest for word in words for rest in unglue(word))})
        found = self._get_known_words(words, stems)
        stems = {**found, **stems}
        known = set(found)
        words, mended = self._mend_spaces(words, found, stems)
        cut = [word for word in words if stems[word] and self._is_cut(word, known)]
        words = [word for word in words if word not in cut]
        if begun:
            words = [word for word in words if word != words[-1] or word in known]
        terms, _faint = self._get_terms(words, known, stems)
        # « Montfort » is neither a mountain nor strong: as sure as a slip.
        terms.update({stems[word]: SLIP for word in mended if stems[word] in terms})
        slips = {stem for stem, sure in terms.items() if sure == SLIP}
        unknown = [word for word in words if stems[word] and not self._is_known(word, stems, terms)]
        unknown += cut
        terms = {**begun, **terms}
        asked = set(terms)
        elsewhere_ids, meant, standing = self._apply_lexicon(terms, len(unknown) == len(slips))
        all_of = []
        if slips and TYPED not in terms.values() and not begun:
            if len(slips) < len(unknown):
                # Of a name that nobody has here, one half looks like a word: nothing is meant.
                return NO_MEANING._replace(unknown=unknown, known=known)
            all_of = [{slip, *standing[slip]} for slip in slips & terms.keys()]
        terms = self._keep_surest(terms)
        begun = begun.keys() & terms.keys()
        typed_terms = (asked & terms.keys()) - begun
        return Meaning(terms, typed_terms, all_of, unknown, known, elsewhere_ids, meant, begun)

    @api.model
    def _mend_spaces(self, words, known, stems):
        """« de chetterie » is « déchetterie », « salledesfetes » is « salle des fêtes ».

        :return: the words, and those that were not typed so
        """
        heard = {sound(word): word for word in known}
        written, mended = [], set()
        for word in words:
            is_strange = self._is_strange(word, known, stems)
            pair = heard.get(sound(written[-1] + word)) if written and is_strange else None
            if pair and (not stems[written[-1]] or self._is_strange(written[-1], known, stems)):
                written[-1] = pair
                mended.add(pair)
                continue
            parts = self._cut_apart(word, known) if is_strange else []
            if any(is_slip(word, each) for each in known if parts):
                parts = []
            written += parts or [word]
            mended.update(parts)
        return written[:MOST_WORDS], mended

    @api.model
    def _is_strange(self, word, known, stems):
        """No page has it, and it is no small word."""
        return bool(stems[word]) and stems[word] not in known.values()

    @api.model
    def _cut_apart(self, word, known):
        """The known words of which this one is made, one small word between them, or []."""
        for start, end in self._list_pieces(word):
            if known.get(start) and known.get(end):
                return [start, end]
        return []

    @api.model
    def _list_pieces(self, word):
        """[(beginning, end)], the longest beginning first; between, a small word or none."""
        pieces = []
        for place in range(len(word) - SHORTEST_PIECE, SHORTEST_PIECE - 1, -1):
            for small in BETWEEN:
                end = word[place + len(small) :]
                if word.startswith(small, place) and len(end) >= SHORTEST_PIECE:
                    pieces.append((word[:place], end))
        return pieces

    @api.model
    def _is_cut(self, word, known):
        """« Lou » is a name, not « louer » without its end: so short a word is itself, or one of
        several."""
        return len(word) < SHORTEST_SLIP and not known & {word, f"{word}s", word.rstrip("sx")}

    @api.model
    def _is_known(self, word, stems, terms):
        spelled = {stems[word], *(stems.get(rest) for rest in unglue(word))}
        return any(terms.get(stem) == TYPED for stem in spelled)

    @api.model
    def _get_near_words(self, meaning):
        """What may have been meant: words that look like those that nobody knows, and that a page
        has, else they would lead nowhere; as it writes them."""
        similar = self._get_similar(meaning.unknown, meaning.known)
        words = list(dict.fromkeys(each[0][0] for each in similar.values() if each))
        stems = self._get_stems(words)
        found = self.env.execute_query(
            SQL(
                """
                SELECT stem, document.written FROM unnest(%s::text[]) AS stem, LATERAL (
                    SELECT concat_ws(' ', name, label, summary) AS written
                    FROM territory_search_document
                    WHERE search_vector @@ quote_literal(stem)::tsquery LIMIT %s
                ) AS document
                """,
                [stem for stem in stems.values() if stem],
                READ_TO_SPELL,
            )
        )
        known = {stem for stem, _written in found}
        spelled = spell(" ".join(written for _stem, written in found))
        return [spelled.get(word, word) for word in words if stems[word] in known][:NEAREST]

    @api.model
    def _keep_surest(self, terms):
        surest = sorted(terms, key=lambda stem: -terms[stem])
        return {stem: terms[stem] for stem in surest[:MOST_TERMS]}

    @api.model
    def _get_known_words(self, words, stems):
        """{word of the index: its stem}: those that may be meant by what was typed."""
        found = self._read_words(
            SQL(
                "stem = ANY(%s) OR word = ANY(%s)",
                [stem for stem in stems.values() if stem],
                [rest for word in words for rest in unglue(word)],
            )
        )
        # The others may be slips: the only ones that are compared with all the words.
        strange = [
            word
            for word in words
            if self._is_strange(word, found, stems)
            and len(word) >= SHORTEST_SLIP
            and not found.keys() & unglue(word)
        ]
        if not strange:
            return found
        pairs = [
            one + other for one, other in pairwise(words) if self._is_strange(other, found, stems)
        ]
        pieces = {piece for word in strange for pair in self._list_pieces(word) for piece in pair}
        test = SQL(
            "sound = ANY(%s) OR word = ANY(%s)",
            list(map(sound, [*strange, *pairs])),
            list(pieces),
        )
        if self.env.registry.has_trigram:
            self.env.execute_query(
                SQL("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", str(RESEMBLING))
            )
            # One by one: PostgreSQL reads an index for each, and the whole table for a list.
            likes = [SQL("word %% %s OR sound %% %s", word, sound(word)) for word in strange]
            test = SQL(" OR ").join([test, *likes])
        return {**found, **self._read_words(test)}

    @api.model
    def _read_words(self, test):
        query = SQL("SELECT word, stem FROM territory_search_word WHERE %s", test)
        return dict(self.env.execute_query(query))

    @api.model
    def _get_similar(self, words, known):
        """By its letters or by its sound: « meson » has few of the letters of « maison »."""
        words = [word for word in words if len(word) >= SHORTEST_SLIP]
        known = sorted(word for word in known if len(word) >= SHORTEST_SLIP)
        if not words:
            return {}
        similar = defaultdict(list)
        if not self.env.registry.has_trigram:
            for word in words:
                similar[word] = [(each, 1.0) for each in known if sound(each) == sound(word)]
            return similar
        query = SQL(
            """
            SELECT typed, near, likeness FROM (
                SELECT typed.word AS typed, near.word AS near, GREATEST(
                    similarity(typed.word, near.word), similarity(typed.sound, near.sound)
                ) AS likeness
                FROM unnest(%s::text[], %s::text[]) AS typed(word, sound),
                    unnest(%s::text[], %s::text[]) AS near(word, sound)
            ) AS pair
            WHERE likeness >= %s ORDER BY likeness DESC, near
            """,
            words,
            list(map(sound, words)),
            known,
            list(map(sound, known)),
            RESEMBLING,
        )
        for typed, near, likeness in self.env.execute_query(query):
            # Among all the words of a site, four letters resemble too many others.
            if len(typed) > SHORTEST_SLIP or sound(typed) == sound(near):
                similar[typed].append((near, likeness))
        return similar

    @api.model
    def _get_begun(self, beginning):
        """{stem: how sure} of the words that begin so, those of most pages first."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT stem, is_whole, number IS NOT NULL OR EXISTS (
                    SELECT FROM territory_search_document
                    WHERE search_vector @@ quote_literal(stem)::tsquery
                ) FROM (
                    SELECT stem, bool_or(word = %s) AS is_whole, max(documents) AS number
                    FROM territory_search_word
                    WHERE word LIKE %s AND stem IS NOT NULL
                    GROUP BY stem
                    ORDER BY is_whole DESC, number DESC NULLS LAST, min(length(word)) LIMIT %s
                ) AS begun
                """,
                beginning,
                f"{beginning}%",
                BEGINNINGS,
            )
        )
        return {
            stem: TYPED if is_whole else MEANT if is_found else FAR
            for stem, is_whole, is_found in rows
        }
