from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL, ormcache

from ..tools.slip import LONGEST, sound
from .territory_search import (
    ELISION,
    MEANT,
    MOST_WORDS,
    RESEMBLING,
    SHORTEST_SLIP,
    SLIP,
    TYPED,
    plain,
    split,
)

NEAREST = 3
# Of the words that begin as the one that is being typed.
BEGINNINGS = 30
# What is searched in one go, the surest first.
MOST_TERMS = 24


class Meaning(NamedTuple):
    """`terms`: {stem: how sure}. `all_of`: those that a page must have, all of them. `unknown`:
    words that no page has, to be compared with those that are `known`."""

    terms: dict
    all_of: set
    unknown: list
    known: set
    elsewhere_ids: list
    meant: list


NO_MEANING = Meaning({}, set(), [], set(), [], [])


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
        lexicon, lexicon_stems = self._get_known_lexicon()
        stems = self._get_stems({*words, *(word[1:] for word in words if len(word) > 2)})
        found = self._get_known_words(words, stems)
        known = {*found, *lexicon_stems}
        stems = {**lexicon_stems, **found, **stems}
        cut = [word for word in words if stems[word] and self._is_cut(word, known)]
        words = [word for word in words if word not in cut]
        if begun:
            words = [word for word in words if word != words[-1] or word in known]
        terms, _faint = self._get_terms(words, known, stems)
        slips = {stem for stem, sure in terms.items() if sure == SLIP}
        unknown = [word for word in words if stems[word] and not self._is_known(word, stems, terms)]
        unknown += cut
        elsewhere_ids, meant = self._apply_lexicon(lexicon, terms, stems)
        for stem, sure in begun.items():
            terms.setdefault(stem, sure)
        if slips and TYPED not in terms.values() and not begun:
            if len(slips) < len(unknown):
                # Of a name that nobody has here, one half looks like a word: nothing is meant.
                return NO_MEANING._replace(unknown=unknown, known=known)
        else:
            slips = set()
        return Meaning(self._keep_surest(terms), slips, unknown, known, elsewhere_ids, meant)

    @api.model
    def _is_cut(self, word, known):
        """« Lou » is a name, not « louer » without its end: so short a word is itself, or one of
        several."""
        return len(word) < SHORTEST_SLIP and not known & {word, f"{word}s", word.rstrip("sx")}

    @api.model
    def _is_known(self, word, stems, terms):
        spelled = {stems[word], ELISION.match(word) and stems.get(word[1:])}
        return any(terms.get(stem) == TYPED for stem in spelled)

    @api.model
    def _get_near_words(self, meaning):
        """What may have been meant: words that look like those that nobody knows, and that a page
        has, else they would lead nowhere."""
        similar = self._get_similar(meaning.unknown, meaning.known)
        words = list(dict.fromkeys(each[0][0] for each in similar.values() if each))
        stems = self._get_stems(words)
        found = self.env.execute_query(
            SQL(
                """
                SELECT stem FROM unnest(%s::text[]) AS stem WHERE EXISTS (
                    SELECT FROM territory_search_document
                    WHERE search_vector @@ quote_literal(stem)::tsquery
                )
                """,
                [stem for stem in stems.values() if stem],
            )
        )
        return [word for word in words if (stems[word],) in found][:NEAREST]

    @api.model
    def _keep_surest(self, terms):
        surest = sorted(terms, key=lambda stem: -terms[stem])
        return {stem: terms[stem] for stem in surest[:MOST_TERMS]}

    @api.model
    @ormcache()
    def _get_known_lexicon(self):
        """What the staff wrote, read once: (lexicon, {word: its stem})."""
        lexicon = self._get_lexicon()
        words = {word for _phrases, meaning, _id in lexicon for word in meaning}
        words.update(word for phrases, *_rest in lexicon for phrase in phrases for word in phrase)
        return lexicon, self._get_stems(words)

    @api.model
    def _get_known_words(self, words, stems):
        """{word of the index: its stem}: those that may be meant by what was typed."""
        elided = [word[1:] for word in words if ELISION.match(word)]
        found = self._read_words(
            SQL(
                "stem = ANY(%s) OR word = ANY(%s)",
                [stem for stem in stems.values() if stem],
                elided,
            )
        )
        # The others may be slips: the only ones that are compared with all the words.
        known_stems = {*found.values(), *self._get_known_lexicon()[1].values()}
        strange = [
            word
            for word in words
            if stems[word]
            and stems[word] not in known_stems
            and len(word) >= SHORTEST_SLIP
            and word[1:] not in found
        ]
        if not strange:
            return found
        test = SQL("sound = ANY(%s)", list(map(sound, strange)))
        if self.env.registry.has_trigram:
            self.env.execute_query(
                SQL("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", str(RESEMBLING))
            )
            test = SQL(
                "%s OR word %% ANY(%s) OR sound %% ANY(%s)",
                test,
                strange,
                list(map(sound, strange)),
            )
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
        """{stem: how sure} of the words that begin so."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT stem, bool_or(word = %s) FROM territory_search_word
                WHERE word LIKE %s AND stem IS NOT NULL
                GROUP BY stem ORDER BY min(length(word)) LIMIT %s
                """,
                beginning,
                f"{beginning}%",
                BEGINNINGS,
            )
        )
        return {stem: TYPED if is_whole else MEANT for stem, is_whole in rows}
