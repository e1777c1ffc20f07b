from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.slip import LONGEST, sound


def get_likeness_index(registry, column):
    """Always in order: what waits to be put in it would be read whole by each search."""
    if not registry.has_trigram:
        return ""
    return f"USING gin ({column} gin_trgm_ops) WITH (fastupdate = off)"


class TerritorySearchWord(models.Model):
    """The words of the index, so that a slip is compared with words and not with texts."""

    _name = "territory.search.word"
    _description = "Word of the search"
    _order = "word"
    _rec_name = "word"
    _log_access = False

    word = fields.Char(required=True)
    stem = fields.Char(index=True)
    sound = fields.Char(required=True, index=True)
    documents = fields.Integer(help="How many documents had its stem, last night.")

    _word_uniq = models.Constraint("UNIQUE(word)", "This word is known already.")
    _prefix_idx = models.Index("(word text_pattern_ops)")
    _likeness_idx = models.Index(lambda registry: get_likeness_index(registry, "word"))
    _sound_likeness_idx = models.Index(lambda registry: get_likeness_index(registry, "sound"))

    @api.model
    def _learn(self, stems):
        """:param stems: {word: its stem, None for a small word}"""
        words = sorted(word for word in stems if len(word) <= LONGEST)
        self.env.execute_query(
            SQL(
                """
                INSERT INTO territory_search_word (word, stem, sound)
                SELECT * FROM unnest(%s::text[], %s::text[], %s::text[])
                ON CONFLICT DO NOTHING
                """,
                words,
                [stems[word] for word in words],
                [sound(word) for word in words],
            )
        )

    @api.model
    def _learn_lexicon(self):
        """Everyday words are misspelt too."""
        self._learn(self.env["territory.search"]._get_lexicon().stems)

    @api.model
    def _forget_unused(self):
        """Those whose stem is in no document any more."""
        self.env.execute_query(
            SQL(
                """
                DELETE FROM territory_search_word WHERE stem IS NOT NULL AND NOT EXISTS (
                    SELECT FROM territory_search_document AS document
                    WHERE document.search_vector @@ quote_literal(stem)::tsquery
                )
                """
            )
        )
        self._learn_lexicon()

    @api.model
    def _count_documents(self):
        """A word that is everywhere alone brings nobody to a page: see `_get_telling`."""
        self.env.execute_query(
            SQL(
                """
                UPDATE territory_search_word AS known SET documents = found.ndoc
                FROM ts_stat('SELECT search_vector FROM territory_search_document') AS found
                WHERE known.stem = found.word AND known.documents IS DISTINCT FROM found.ndoc
                """
            )
        )
