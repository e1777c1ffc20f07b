import re
import unicodedata
from collections import Counter, defaultdict
from math import log
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ..tools.slip import is_slip, sound

# How much a word counts in the title, the keywords, the summary and the topic of a record.
WEIGHTS = (8, 6, 3, 1)
# How sure we are that a word is meant: typed, found by a synonym, by a slip.
TYPED, MEANT, SLIP = 1.0, 0.8, 0.6
# Similarity of trigrams from which a word may be another one mistyped, or only resembles it.
SIMILAR, RESEMBLING = 0.4, 0.25
# A result far below the best one is noise.
NOISE = 0.2
MOST_WORDS = 20
SHORTEST_SLIP = 4
# Missing in PostgreSQL's list of French small words.
SMALL = ["les"]
ELISION = re.compile(r"[cdjlmnst](?=[aeiouyh])")


class Found(NamedTuple):
    """What was found, best first.

    `meant`: the other words that were searched, to be told. `nearest`: shown when nothing is
    found. `elsewhere`: what is not ours among what was typed, in superuser mode.
    """

    records: list
    nearest: list
    elsewhere: models.BaseModel
    meant: list


def plain(text):
    """Lower case without accents: « Déchets » is found by "dechets"."""
    decomposed = unicodedata.normalize("NFKD", (text or "").replace("œ", "oe"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).lower()


def split(text):
    """The words of a text; a letter alone is what an apostrophe or an accent left."""
    return re.findall(r"[^\W_]{2,}", plain(text))


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
        """Search for any of the words, the best first: four queries, however many records.

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
        for phrases, meaning, _elsewhere_id in lexicon:
            known.update(meaning, *phrases)
        stems = self._get_stems(known | set(words) | {word[1:] for word in words if len(word) > 2})
        terms, faint = self._get_terms(words, known, stems)
        elsewhere_ids, meant = self._apply_lexicon(lexicon, terms, stems)
        documents = {
            record: [{stems.get(word) for word in part} for part in parts]
            for record, parts in texts.items()
        }
        records = self._rank(documents, terms)
        nearest = [] if records else self._rank(documents, faint)
        Elsewhere_sudo = self.env["territory.search.elsewhere"].sudo()
        return Found(records, nearest, Elsewhere_sudo.browse(elsewhere_ids), meant)

    @api.model
    def _get_lexicon(self):
        """[(phrases that people type, the words that they stand for, id of what is not ours)]

        Words without meaning are dropped. What the staff wrote is public by its nature: it comes
        out on a page open to everybody.
        """
        synonyms_sudo = self.env["territory.search.synonym"].sudo()
        synonyms_sudo = synonyms_sudo.search_fetch([], ["name", "meaning"])
        elsewhere_sudo = self.env["territory.search.elsewhere"].sudo()
        elsewhere_sudo = elsewhere_sudo.search_fetch([], ["words"])
        return [(row._get_phrases(), split(row.meaning), None) for row in synonyms_sudo] + [
            (row._get_phrases(), [], row.id) for row in elsewhere_sudo
        ]

    @api.model
    def _get_stems(self, words):
        """{word: its stem, None for a small word}, by PostgreSQL's French dictionary.

        The final "e" goes too: without its accent « cassé » looks like a present, « cassée » not.
        """
        query = SQL(
            "SELECT word, CASE WHEN word != ALL(%s) THEN (ts_lexize('french_stem', word))[1] END"
            " FROM unnest(%s::text[]) AS word",
            SMALL,
            sorted(words),
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
            # « deau », « lecole »: the apostrophe was not typed. The rest is then a word: its stem
            # alone would make « l'élection » of « sélectif ».
            spelled = word
            if stems[word] not in known_stems and ELISION.match(word) and word[1:] in known:
                spelled = word[1:]
            stem = stems[spelled]
            if not stem:
                continue
            if stem in known_stems:
                terms[stem] = TYPED
            else:
                unknown.add(word)
        faint = dict(terms)
        for typed, resembling in self._get_similar(unknown, known).items():
            resembling = [(near, likeness) for near, likeness in resembling if stems[near]]
            for near, likeness in resembling[:1]:
                faint.setdefault(stems[near], likeness)
            for near, likeness in resembling:
                if sound(typed) == sound(near) or (likeness >= SIMILAR and is_slip(typed, near)):
                    terms.setdefault(stems[near], SLIP)
                    faint.setdefault(stems[near], SLIP)
                    break
        return terms, faint

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
    def _apply_lexicon(self, lexicon, terms, stems):
        """Add to `terms` what they stand for, take out the words without meaning.

        :return: ids of what is not ours, and the words that were added
        """
        typed = dict(terms)
        matched, meant, dropped = [], [], set()
        for phrases, meaning, elsewhere_id in lexicon:
            for phrase in phrases:
                # Its small words do not count: « nid de poule » is typed "nid poule" too.
                asked = {stems[word] for word in phrase} - {None}
                if not asked or not asked <= set(typed):
                    continue
                if elsewhere_id:
                    matched.append((elsewhere_id, asked))
                    continue
                if not meaning:
                    dropped |= asked
                for word in meaning:
                    stem = stems[word]
                    if stem and stem not in typed:
                        terms.setdefault(stem, MEANT * min(typed[part] for part in asked))
                        meant.append(word)
        for stem in dropped:
            terms.pop(stem, None)
        # « Acte de mariage » is not about a wedding.
        elsewhere_ids = [
            elsewhere_id
            for elsewhere_id, asked in matched
            if not any(asked < longer for _other_id, longer in matched)
        ]
        return list(dict.fromkeys(elsewhere_ids)), list(dict.fromkeys(meant))

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
