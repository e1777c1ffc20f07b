from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .territory_search import split


class TerritorySearchSynonym(models.Model):
    """Everyday words, and the words of our pages that they stand for."""

    _name = "territory.search.synonym"
    _description = "Everyday words of the search"
    _order = "name, id"

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

    @api.constrains("name")
    def _check_name(self):
        for synonym in self:
            if not synonym._get_phrases():
                raise ValidationError(self.env._("Type at least one word."))

    def _get_phrases(self):
        self.ensure_one()
        return [words for words in map(split, (self.name or "").split(",")) if words]

    def _add(self, words):
        """What is known already is not written twice."""
        self.ensure_one()
        if split(words) not in self._get_phrases():
            self.name = f"{self.name}, {words}"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._teach()
        return rows

    def write(self, vals):
        result = super().write(vals)
        self._teach()
        return result

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def _teach(self):
        """The search knows them at once."""
        self.env.registry.clear_cache()
        texts = [text for row in self for text in (row.name, row.meaning)]
        stems = self.env["territory.search"]._get_stems(
            {word for text in texts for word in split(text)}
        )
        self.env["territory.search.word"]._learn(stems)
