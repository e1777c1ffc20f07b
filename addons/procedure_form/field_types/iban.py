from odoo.tools import LazyTranslate

from ..engine import iban
from ..engine.definition import Refused
from ..engine.parsing import compact
from .base import FieldType

_lt = LazyTranslate(__name__)


class IbanType(FieldType):
    code = "iban"
    label = _lt("IBAN")
    explanation = _lt("The number of a bank account, checked")
    sequence = 5
    size = 4
    attributes = {"capitals": True}
    icon = "fa-university"
    is_text = is_typed = tells_where = True
    is_recalled = False

    def parse_text(self, field, text, lookups):
        text = compact(text)
        if not iban.is_valid(text):
            raise Refused("not_an_iban")
        return text

    def get_hint(self, env):
        return env._("27 characters that begin with FR, on your bank details (RIB).")

    def get_missing_sentence(self, env):
        return env._("Enter an IBAN.")

    def get_error_sentence(self, env, problem):
        if problem.code == "not_an_iban":
            return env._("This IBAN has a wrong character. Copy it from your bank.")
        return super().get_error_sentence(env, problem)

    def format(self, question, value):
        return "\xa0".join(value[start : start + 4] for start in range(0, len(value), 4))

    def get_cell_reader(self, question):
        return lambda value: value
