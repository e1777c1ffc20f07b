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

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
