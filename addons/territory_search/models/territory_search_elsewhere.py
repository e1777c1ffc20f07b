import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TerritorySearchElsewhere(models.Model):
    """What people look for here and somebody else does: whom to ask, in one sentence."""

    _name = "territory.search.elsewhere"
    _description = "What is done elsewhere"
    _inherit = ["territory.search.phrases"]
    _order = "name, id"
    _phrases_name = "words"
    _learnt_names = ("words",)

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

    @api.constrains("url")
    def _check_url(self):
        for elsewhere in self:
            if elsewhere.url and not re.fullmatch(r"https://[^\s/]+(/\S*)?", elsewhere.url):
                raise ValidationError(
                    self.env._("The address of a site begins with https:// and holds no space.")
                )
