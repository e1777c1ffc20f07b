import re

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import hmac

from odoo.addons.territory_base import clock

from .territory_search import SHORTEST_SLIP, plain, split

MOST_LETTERS = 60
MOST_ROWS = 5000
DAYS_UNSEEN, DAYS_SEEN = 30, 365
# Likeness to an everyday word from which the staff is asked whether it means the same.
PROPOSED = 0.45


class TerritorySearchMiss(models.Model):
    """Words that found nothing, so that the staff teaches them to the search.

    Nothing says who typed them, nor from where. What holds a digit or an "@" is dropped, and the
    words themselves are kept only once they were typed on two different days: what one person
    typed once (a name, a complaint) stays a digest.
    """

    _name = "territory.search.miss"
    _description = "Search without result"
    _order = "count desc, date_last desc, id desc"
    _rec_name = "words"

    digest = fields.Char(required=True, groups=fields.NO_ACCESS)
    words = fields.Char(readonly=True)
    count = fields.Integer("Days", readonly=True, help="On how many days it was typed.")
    date_last = fields.Date("Last time", readonly=True)
    synonym_id = fields.Many2one(
        "territory.search.synonym",
        "Nearest everyday words",
        compute="_compute_synonym_id",
        compute_sudo=True,
        help="What these words may stand for. Empty: nothing of ours, an answer is to be written.",
    )

    _digest_uniq = models.Constraint("UNIQUE(digest)", "These words are counted already.")

    @api.depends("words")
    def _compute_synonym_id(self):
        proposals = self._propose()
        for miss in self:
            miss.synonym_id = proposals.get(miss.words)

    @api.model
    def _get_asked(self, words):
        """The words that the search reads; those that say nothing are left out."""
        lexicon = self.env["territory.search"]._get_lexicon()
        ignored = {
            stem
            for group in lexicon.groups
            if group.kind == "ignored"
            for asked in group.phrases
            for stem in asked
        }
        return [
            word
            for word in split(words)
            if len(word) >= SHORTEST_SLIP and lexicon.stems.get(word) not in ignored
        ]

    def _propose(self):
        """{words: the everyday words that resemble them most}, in one query for all.

        Words that are known and find nothing all the same have no page: nothing is proposed.
        """
        asked = {miss.words: self._get_asked(miss.words) for miss in self if miss.words}
        Guess = self.env["territory.search.guess"]
        synonyms = self.env["territory.search.synonym"].search([("meaning", "!=", False)])
        # {word: the synonym whose expressions have it}, an expression of one word first.
        owners = {}
        phrases = [(phrase, synonym) for synonym in synonyms for phrase in synonym._get_phrases()]
        for phrase, synonym in sorted(phrases, key=lambda pair: len(pair[0])):
            for word in phrase:
                owners.setdefault(word, synonym)
        similar = Guess._get_similar({word for words in asked.values() for word in words}, owners)
        proposals = {}
        for typed, words in asked.items():
            near = [similar[word][0] for word in words if similar.get(word)]
            word, likeness = max(near, key=lambda pair: pair[1], default=("", 0))
            if PROPOSED <= likeness < 1:
                proposals[typed] = owners[word]
        return proposals

    @api.model
    def _tidy(self, typed):
        """Words only: no number, no address, no e-mail."""
        kept = [part for part in plain(typed).split() if not re.search(r"[\d@]", part)]
        return " ".join(re.findall(r"[^\W\d_]+", " ".join(kept)))[:MOST_LETTERS].strip()

    @api.model
    def _keep(self, typed):
        """Count these words, once a day; for any visitor, in superuser mode."""
        words = self._tidy(typed)
        if len(words) < 2:
            return
        digest = hmac(self.sudo().env, "territory.search.miss", words)
        is_full = self.sudo().search_count([], limit=MOST_ROWS) >= MOST_ROWS
        # Nonsense that fills the list does not hide what people look for every day.
        if is_full and not self.sudo().search_count([("digest", "=", digest)], limit=1):
            return
        self.env.execute_query(
            SQL(
                """
                INSERT INTO territory_search_miss AS miss (digest, count, date_last)
                VALUES (%(digest)s, 1, %(today)s)
                ON CONFLICT (digest) DO UPDATE
                SET count = miss.count + 1, date_last = %(today)s, words = %(words)s
                WHERE miss.date_last < %(today)s
                RETURNING id
                """,
                digest=digest,
                words=words,
                today=clock.today(),
            )
        )
        self.invalidate_model()

    def action_add_synonym(self):
        """Open a new everyday word, with what was typed."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "territory.search.synonym",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_name": self.words},
        }

    def action_join_synonym(self):
        """These words mean the same as the nearest ones."""
        self.ensure_one()
        if self.synonym_id:
            self.synonym_id._add(self.words)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_write_answer(self):
        """Nothing of ours: a sentence says who does it, or how to ask."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "territory.search.elsewhere",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_name": self.words.capitalize(), "default_words": self.words},
        }

    @api.model
    def _get_retention_facts(self):
        """What is erased here, and when: [(what, how long)]. Shown by `privacy_retention`."""
        kept = self.env._("%(days)s days", days=DAYS_SEEN)
        return [(self.env._("Words of searches without result"), kept)]

    @api.autovacuum
    def _gc_misses(self):
        today = clock.today()
        for domain, days in (([("words", "=", False)], DAYS_UNSEEN), ([], DAYS_SEEN)):
            limit = fields.Date.subtract(today, days=days)
            self.sudo().search([*domain, ("date_last", "<", limit)], limit=MOST_ROWS).unlink()
