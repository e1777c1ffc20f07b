from odoo.tools import LazyTranslate

from ..engine.parsing import parse_email
from .base import EXACT, FieldType

_lt = LazyTranslate(__name__)


class EmailType(FieldType):
    code = "email"
    label = _lt("E-mail")
    explanation = _lt("An e-mail address, checked")
    sequence = 3
    size = 4
    attributes = {"type": "email"}
    icon = "fa-at"
    settings = ("prefill",)
    prefills = ("email", "organisation_email")
    operators = EXACT
    is_text = is_typed = tells_where = True

    def parse_text(self, field, text, lookups):
        return parse_email(text)

    def get_missing_sentence(self, env):
        return env._("Enter your e-mail address.")

    def get_cell_reader(self, question):
        return lambda value: value
