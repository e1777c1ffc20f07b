from odoo.tools import LazyTranslate, formatLang

from ..engine.formula import is_money
from .decimal import DECIMALS_WORDS, check_decimals
from .integer import NumberType

_lt = LazyTranslate(__name__)


# What is said of a calculation, whatever the type that has one.
FORMULA_WORDS = {
    "formula_too_long": _lt("“%(label)s”: its formula has more than %(max)s characters."),
    "formula_unreadable": _lt("“%(label)s”: its formula cannot be read near “%(near)s”."),
    "formula_function": _lt(
        "“%(label)s”: its formula uses “%(name)s”, which is not a function: there are "
        "count, sum, age, min, max, if and is."
    ),
    "formula_is": _lt(
        "“%(label)s”: its formula asks whether “%(other)s” is “%(value)s”, which is not one of "
        "its answers."
    ),
    "formula_empty": _lt("“%(label)s”: its formula is empty."),
    "formula_too_deep": _lt("“%(label)s”: its formula has too many parentheses in each other."),
    "formula_unknown": _lt("“%(label)s”: its formula uses “%(other)s”, which is not in the form."),
    "formula_later": _lt(
        "“%(label)s”: its formula uses “%(other)s”, which comes later in the form or "
        "is inside a block."
    ),
    "formula_key": _lt("“%(label)s”: its formula uses “%(other)s”, which is not a number."),
    "formula_age": _lt(
        "“%(label)s”: its formula asks for the age at “%(other)s”, which is not a date."
    ),
    "formula_count": _lt(
        "“%(label)s”: its formula counts “%(other)s”, which holds one answer only."
    ),
    "formula_sum": _lt(
        "“%(label)s”: its formula adds up “%(other)s”, which is not a number of a block."
    ),
}


class ComputedType(NumberType):
    """A result, that nobody types."""

    code = "computed"
    label = _lt("Computed value")
    explanation = _lt("A result worked out from other answers; nobody types it")
    sequence = 3
    widget = "result"
    icon = "fa-calculator"
    settings = ("formula", "decimals")
    holds = "result"
    in_block = False
    is_whole = False
    problem_words = {
        **DECIMALS_WORDS,
        **FORMULA_WORDS,
    }

    def to_raw(self, field, value):
        return {}

    def is_in_euros(self, question):
        """Whether what it works out is an amount: a sum of amounts, an amount times a number."""
        asked = question.version_id.field_ids
        if not any(each._get_type().is_money for each in asked):
            return False
        return is_money(question.formula or "", {field.key: field for field in asked._to_engine()})

    def is_reachable(self, field, named):
        return True

    def check_settings(self, field):
        yield from check_decimals(field)

    def format(self, question, value):
        if self.is_in_euros(question):
            return f"{formatLang(question.env, value, digits=2)}\xa0€"
        if isinstance(value, int):
            return str(value)
        return formatLang(question.env, value, digits=question._prepare_engine_field().places)
