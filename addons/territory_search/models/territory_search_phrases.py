from odoo import api, models
from odoo.exceptions import ValidationError

from .territory_search import split


class TerritorySearchPhrases(models.AbstractModel):
    """Words and short expressions that the staff teach the search, known to it at once."""

    _name = "territory.search.phrases"
    _description = "Words that the search is taught"
    # The field that holds what people type, with commas; the fields whose words are learnt.
    _phrases_name = "name"
    _learnt_names = ("name",)

    @api.constrains(lambda self: (self._phrases_name,))
    def _check_phrases(self):
        for row in self:
            if not row._get_phrases():
                raise ValidationError(self.env._("Type at least one word."))

    def _get_phrases(self):
        self.ensure_one()
        typed = self[self._phrases_name] or ""
        return [words for words in map(split, typed.split(",")) if words]

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
        self.env.registry.clear_cache()
        texts = [row[name] for row in self for name in self._learnt_names]
        stems = self.env["territory.search"]._get_stems(
            {word for text in texts for word in split(text)}
        )
        self.env["territory.search.word"]._learn(stems)
