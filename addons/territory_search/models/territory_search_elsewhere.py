import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .territory_search import split


class TerritorySearchElsewhere(models.Model):
    """What people look for here and somebody else does: whom to ask, in one sentence."""

    _name = "territory.search.elsewhere"
    _description = "What is done elsewhere"
    _order = "name, id"

    name = fields.Char("Subject", required=True, help="Example: Carte d'identité, passeport")
    words = fields.Char(
        "What people type",
        required=True,
        help="Words or short expressions, with commas. All the words of an expression must be "
        "typed, in any order.",
    )
    answer = fields.Char(required=True, help="One sentence: who does it, how to ask.")
    phone = fields.Char(help="Empty: our own number is shown.")
    url = fields.Char("Site", help="A complete address: https://…")
    active = fields.Boolean(default=True)

    @api.constrains("words")
    def _check_words(self):
        for elsewhere in self:
            if not elsewhere._get_phrases():
                raise ValidationError(self.env._("Type at least one word."))

    @api.constrains("url")
    def _check_url(self):
        for elsewhere in self:
            if elsewhere.url and not re.fullmatch(r"https://[^\s/]+(/\S*)?", elsewhere.url):
                raise ValidationError(
                    self.env._("The address of a site begins with https:// and holds no space.")
                )

    def _get_phrases(self):
        self.ensure_one()
        return [words for words in map(split, (self.words or "").split(",")) if words]

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
        texts = [text for row in self for text in [row.words]]
        stems = self.env["territory.search"]._get_stems(
            {word for text in texts for word in split(text)}
        )
        self.env["territory.search.word"]._learn(stems)
