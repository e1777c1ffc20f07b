from odoo import fields, models

from .territory_search import split


class TerritorySearchSynonym(models.Model):
    """Everyday words, and the words of our pages that they stand for."""

    _name = "territory.search.synonym"
    _description = "Everyday words of the search"
    _inherit = ["territory.search.phrases"]
    _order = "name, id"
    _learnt_names = ("name", "meaning")

    name = fields.Char(
        "What people type",
        required=True,
        help="Words or short expressions, with commas: poubelle, conteneur, sac noir. All the "
        "words of an expression must be typed, in any order.",
    )
    meaning = fields.Char(
        "Stands for",
        help="The words of our pages: bac, ordures. Empty: these words are not searched.",
    )
    active = fields.Boolean(default=True)

    def _add(self, words):
        """What is known already is not written twice."""
        self.ensure_one()
        if split(words) not in self._get_phrases():
            self.name = f"{self.name}, {words}"
