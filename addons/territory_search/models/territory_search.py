import re
import unicodedata
from collections import Counter, defaultdict
from math import log
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL, ormcache

from ..tools.slip import distance, is_slip, sound

# How much a word counts in the title, the keywords, the summary and the topic of a record.
WEIGHTS = (8, 6, 3, 1)
# How sure we are that a word is meant: typed, found by a synonym, by a slip.
TYPED, MEANT, SLIP = 1.0, 0.8, 0.6
# Similarity of trigrams from which a word may be another one mistyped, or only resembles it.
SIMILAR, RESEMBLING = 0.4, 0.25
# A result far below the best one is noise.
NOISE = 0.2
MOST_WORDS = 20
SHORTEST_SLIP, LONG_WORD = 4, 7
# Missing in PostgreSQL's list of French small words.
SMALL = ["les"]
# Plurals, feminines and participles that PostgreSQL's French does not know: « nounous »,
# « barrières »; « payé » is no « pays ».
ENDINGS = (
    (re.compile(r"(?<=..[oe]u)s$|(?<=[djf]eu)x$|(?<=[hn]eveu)x$|(?<=[lm]ieu)x$"), ""),
    (re.compile(r"(?<=[bhjlny]ou)x$|(?<=...ier)es?$"), ""),
    (re.compile(r"(?<=[aou]y)(?:ee?s?|ez|ent)$"), "er"),
)
# What is typed without its apostrophe or its space: « deau », « lacantine ».
GLUED = [
    re.compile(r"[cdjlmnst](?=[aeiouyh])"),
    re.compile(r"(?:les?|la|des?|du|une?|aux?|ma|mon)(?=.{4})"),
]


class Found(NamedTuple):
    """What was found, best first.

    `meant`: the other words that were searched, to be told. `nearest`: shown when nothing is
    found. `elsewhere`: what is not ours among what was typed, in superuser mode.
    """

    records: list
    nearest: list
    elsewhere: models.BaseModel
    meant: list


class Group(NamedTuple):
    """Of the lexicon. `phrases`: sets of stems, any of which stands for `meaning`, {stem: the word
    as it is written}, or names what is not ours."""

    phrases: list
    meaning: dict
    elsewhere_id: int

    @property
    def kind(self):
        return "elsewhere" if self.elsewhere_id else "synonym" if self.meaning else "ignored"


class Lexicon(NamedTuple):
    """`stems`: {word of one of its groups: its stem}."""

    groups: list
    stems: dict


def plain(text):
    """Lower case without accents: « Déchets » is found by "dechets"."""
    decomposed = unicodedata.normalize("NFKD", (text or "").replace("œ", "oe"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).lower()


def simplify(word):
    """« nounous » → « nounou », « infirmière » → « infirmier »: PostgreSQL does the others."""
    for ending, simple in ENDINGS:
        word = ending.sub(simple, word)
    return word


def unglue(word):
    """What may be the word, less what was typed with it."""
    glued = [small.match(word) for small in GLUED]
    return [word[each.end() :] for each in glued if each]


def split(text):
    """The words of a text; a letter alone is what an apostrophe or an accent left."""
    return re.findall(r"[^\W_]{2,}", plain(text))


def spell(text):
    """{each word of a text: the same as it is written, « dechets »: « déchets »}, to be told."""
    written = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text or "").lower())
    return {word: each for each in written for word in split(each)}


class TerritorySearch(models.AbstractModel):
    """The search of the site: words of people in, records out.

    A searched model has `_get_search_texts()`: title, keywords, summary and topic of a record; a
    page searches among records of its own. `territory.search.index` searches the whole site.
    """

    _name = "territory.search"
    _description = "Search with everyday words"

    @api.model
    def _get_direct_url(self, typed):
        """Hook: the address that these words name (the number of a request), or ""."""
        return ""

    @api.model
    def _find(self, typed, sources):
        """Search for any of the words, the best first: two queries, however many records.

        :param sources: recordsets, of which every text is read; the whole site is searched by
            `territory.search.index`
        """
        words = split(typed)[:MOST_WORDS]
        texts = {
            record: [split(text) for text in record._get_search_texts()]
            for source in sources
            for record in source
        }
        lexicon = self._get_lexicon()
        known = {word for parts in texts.values() for part in parts for word in part}
        rests = {rest for word in words for rest in unglue(word)}
        stems = self._get_stems({*known, *words, *rests})
        stems |= lexicon.stems
        terms, faint = self._get_terms(words, known | lexicon.stems.keys(), stems)
        is_all = all(stems[word] in terms for word in words if stems[word])
        elsewhere_ids, meant, _standing = self._apply_lexicon(terms, is_all)
        documents = {
            record: [{stems.get(word) for word in part} for part in parts]
            for record, parts in texts.items()
        }
        records = self._rank(documents, terms)
        nearest = [] if records else self._rank(documents, faint)
        Elsewhere_sudo = self.env["territory.search.elsewhere"].sudo()
        return Found(records, nearest, Elsewhere_sudo.browse(elsewhere_ids), meant)

    @api.model
    @ormcache()
    def _get_lexicon(self):
        """What the staff wrote, read once; public by its nature: it comes out on open pages.

        :return: `Lexicon`
        """
        synonyms_sudo = self.env["territory.search.synonym"].sudo()
        synonyms_sudo = synonyms_sudo.search_fetch([], ["name", "meaning"])
        elsewhere_sudo = self.env["territory.search.elsewhere"].sudo()
        elsewhere_sudo = elsewhere_sudo.search_fetch([], ["words"])
        rows = [(each._get_phrases(), spell(each.meaning), None) for each in synonyms_sudo]
        rows += [(each._get_phrases(), {}, each.id) for each in elsewhere_sudo]
        words = {word for _phrases, meaning, _id in rows for word in meaning}
        words.update(word for phrases, *_rest in rows for phrase in phrases for word in phrase)
        stems = self._get_stems(words)
        groups = []
        for phrases, meaning, elsewhere_id in rows:
            # Its small words do not count: « nid de poule » is typed "nid poule" too.
            asked = [frozenset(stems[word] for word in phrase) - {None} for phrase in phrases]
            meant = {stems[word]: written for word, written in meaning.items() if stems[word]}
            groups.append(Group(list(filter(None, asked)), meant, elsewhere_id))
        return Lexicon(groups, stems)

    @api.model
    def _get_stems(self, words):
        """{word: its stem, None for a small word}, by PostgreSQL's French dictionary.

        The final "e" goes too: without its accent « cassé » looks like a present, « cassée » not.
        """
        words = sorted(words)
        query = SQL(
            "SELECT word, CASE WHEN word != ALL(%s) THEN (ts_lexize('french_stem', one))[1] END"
            " FROM unnest(%s::text[], %s::text[]) AS asked(word, one)",
            SMALL,
            words,
            [simplify(word) for word in words],
        )
        return {
            word: stem.rstrip("e") if stem and len(stem) > 3 else stem
            for word, stem in self.env.execute_query(query)
        }

    @api.model
    def _get_terms(self, words, known, stems):
        """Two dicts {stem: how sure}: what was typed, mistyped or not, and what resembles it."""
        known_stems = {stems[word] for word in known}
        terms, unknown = {}, set()
        for word in words:
            # The rest is a known word: its stem alone would make « l'élection » of « sélectif ».
            rests = [rest for rest in unglue(word) if rest in known]
            is_glued = rests and stems[word] not in known_stems
            stem = stems[rests[0] if is_glued else word]
            if not stem:
                continue
            if stem not in known_stems:
                unknown.add(word)
            elif not is_glued or len(word) == len(rests[0]) + 1:
                terms[stem] = TYPED
            else:
                # « Dubois » is no wood: as sure as a slip.
                terms.setdefault(stem, SLIP)
        faint = dict(terms)
        for typed, resembling in self._get_similar(unknown, known).items():
            resembling = [(near, likeness) for near, likeness in resembling if stems[near]]
            for near, likeness in resembling[:1]:
                faint.setdefault(stems[near], likeness)
            meant = self._choose_meant(typed, resembling)
            if meant:
                terms.setdefault(stems[meant], SLIP)
                faint.setdefault(stems[meant], SLIP)
        return terms, faint

    @api.model
    def _choose_meant(self, typed, resembling):
        """Of the words that resemble it, the one that is heard the same, else the least changed."""
        meant = [
            (distance(sound(typed), sound(near)), -likeness, near)
            for near, likeness in resembling
            if sound(typed) == sound(near)
            or (likeness >= SIMILAR and is_slip(typed, near))
            # Two letters swapped change most of the trigrams.
            or (len(typed) >= LONG_WORD and distance(typed, near) == 1)
        ]
        return min(meant, default=(0, 0, None))[-1]

    @api.model
    def _get_similar(self, words, known):
        """{word: [(a known word like it, their similarity)], best first}; none without pg_trgm."""
        words = [word for word in words if len(word) >= SHORTEST_SLIP]
        known = sorted(word for word in known if len(word) >= SHORTEST_SLIP)
        if not words or not self.env.registry.has_trigram:
            return {}
        query = SQL(
            """
            SELECT typed, near, similarity(typed, near) AS likeness
            FROM unnest(%s::text[]) AS typed, unnest(%s::text[]) AS near
            WHERE similarity(typed, near) >= %s
            ORDER BY likeness DESC, near
            """,
            words,
            known,
            RESEMBLING,
        )
        similar = defaultdict(list)
        for typed, near, likeness in self.env.execute_query(query):
            similar[typed].append((near, likeness))
        return similar

    @api.model
    def _apply_lexicon(self, terms, is_all=True):
        """Add to `terms` what they stand for, take out the words without meaning.

        :param is_all: nothing else was typed
        :return: ids of what is not ours, the words that were added, {stem: those it stands for}
        """
        typed, stems = dict(terms), set(terms)
        matched = [
            (asked, group)
            for group in self._get_lexicon().groups
            for asked in group.phrases
            if asked <= stems
        ]
        # « Acte de mariage » is not about a wedding, « faire à manger » not about the canteen.
        matched = [
            (asked, group)
            for asked, group in matched
            if not any(asked < longer and other.kind == group.kind for longer, other in matched)
        ]
        elsewhere_ids, meant, dropped, standing = [], [], set(), defaultdict(set)
        for asked, group in matched:
            if group.elsewhere_id:
                elsewhere_ids.append(group.elsewhere_id)
                continue
            if not group.meaning:
                dropped |= asked
            for stem, word in group.meaning.items():
                if stem not in typed:
                    sure = MEANT * min(typed[part] for part in asked)
                    terms[stem] = max(sure, terms.get(stem, 0))
                    meant.append(word)
            for stem in asked:
                standing[stem] |= group.meaning.keys()
        # « Comment faire ? »: where nothing else was typed, these are the words.
        if not is_all or dropped < stems:
            for stem in dropped:
                terms.pop(stem, None)
        return list(dict.fromkeys(elsewhere_ids)), list(dict.fromkeys(meant)), standing

    @api.model
    def _rank(self, documents, terms):
        """The records that have one of the terms, those that have more of the rare ones first."""
        holders = Counter(
            stem for parts in documents.values() for stem in set().union(*parts) & set(terms)
        )
        scores = {}
        for record, parts in documents.items():
            score = 0
            for stem, sure in terms.items():
                weight = max(
                    (weight for weight, part in zip(WEIGHTS, parts, strict=True) if stem in part),
                    default=0,
                )
                if weight:
                    score += sure * weight * log(1 + len(documents) / holders[stem])
            if score:
                scores[record] = score
        best = max(scores.values(), default=0)
        ranked = sorted(scores, key=lambda record: -scores[record])
        return [record for record in ranked if scores[record] >= NOISE * best]
