from odoo.tools import LazyTranslate, formatLang

from .integer import NumberType

_lt = LazyTranslate(__name__)


class ComputedType(NumberType):
    """A result, that nobody types."""

    code = "computed"
    label = _lt("Computed value")
    explanation = _lt("A result worked out from other answers; nobody types it")
    sequence = 3
    widget = "result"
    icon = "fa-calculator"
    settings = ("formula",)
    holds = "result"
    in_block = False
    is_whole = False

    def to_raw(self, field, value):
        return {}

    def is_reachable(self, field, named):
        return True

    def format(self, question, value):
        if isinstance(value, int):
            return str(value)
        return formatLang(question.env, value, digits=2)
