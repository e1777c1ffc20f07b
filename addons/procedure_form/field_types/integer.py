import re
from fractions import Fraction

from odoo.tools import LazyTranslate

from ..engine.definition import INTEGER_MAX, Problem, Refused, read_number
from .base import ORDERED, FieldType

INTEGER_PATTERN = re.compile(r"[+-]?[0-9]{1,15}")

_lt = LazyTranslate(__name__)

RANGE_WORDS = {
    "impossible_range": _lt("“%(label)s”: the minimum is above the maximum."),
}


class NumberType(FieldType):
    """What is compared and added up."""

    group = "number"
    operators = ORDERED
    is_ordered = is_number = True
    condition_input = "number"

    def comparable(self, field, value):
        return [read_number(str(value))]

    def to_fraction(self, value):
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        # A float is read as it is written.
        return Fraction(str(value)) if is_number else None

    def expected(self, field, values):
        return {read_number(value) for value in values} - {None}

    def index(self, question, value, communes):
        return [{"value_number": value}]

    def get_cell_reader(self, question):
        return lambda value: value


class IntegerType(NumberType):
    code = "integer"
    label = _lt("Whole number")
    explanation = _lt("A whole number")
    sequence = 1
    size = 1
    icon = "fa-hashtag"
    settings = ("range", "prefill")
    prefills = ("household_size",)
    is_typed = True
    problem_words = RANGE_WORDS

    def parse_text(self, field, text, lookups):
        text = "".join(text.split())
        if not INTEGER_PATTERN.fullmatch(text):
            raise Refused("not_a_number")
        value = int(text)
        low, high = self.get_range(field)
        if field.minimum is not None and value < low:
            raise Refused("too_small", min=low)
        if value > high:
            raise Refused("too_big", max=high)
        if value < -INTEGER_MAX:
            raise Refused("too_small", min=-INTEGER_MAX)
        return value

    def get_range(self, field):
        low = -INTEGER_MAX if field.minimum is None else field.minimum
        return low, INTEGER_MAX if field.maximum is None else field.maximum

    def is_reachable(self, field, named):
        low, high = self.get_range(field)
        return all(low <= value <= high and value == int(value) for value in named)

    def check_settings(self, field):
        low, high = self.get_range(field)
        if low > high:
            yield Problem("impossible_range")

    def get_attributes(self, question):
        # The digits of a phone have no minus sign.
        is_signed = question.min_value is not None and question.min_value < 0
        return {"inputmode": None if is_signed else "numeric", "number": "number"}

    def get_missing_sentence(self, env):
        return env._("Enter a number.")
