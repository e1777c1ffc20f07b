from odoo.tools import LazyTranslate

from ..engine.definition import Problem, Refused
from ..engine.parsing import check_length, compile_pattern
from .base import EXACT, FieldType

_lt = LazyTranslate(__name__)

# Those of `check_count`.
COUNT_WORDS = {
    "negative_minimum": _lt("“%(label)s”: the minimum cannot be below 0. Empty it for no minimum."),
    "maximum_too_small": _lt(
        "“%(label)s”: with this maximum nothing can be answered. Empty it for no maximum."
    ),
}


class CharType(FieldType):
    """A few words, on one line."""

    code = "char"
    label = _lt("Short text")
    explanation = _lt("A few words, on one line")
    sequence = 1
    settings = ("length", "pattern", "prefill")
    prefills = (
        "firstname",
        "lastname",
        "street",
        "child_firstname",
        "child_lastname",
        "organisation_name",
    )
    operators = EXACT
    is_text = is_typed = True
    problem_words = {
        **COUNT_WORDS,
        "impossible_length": _lt("“%(label)s”: the minimum length is above the maximum length."),
        "bad_pattern": _lt(
            "“%(label)s”: the expected form is not a regular expression that can be read."
        ),
    }

    def parse_text(self, field, text, lookups):
        check_length(text, field.length_limit)
        if field.min_length is not None and len(text) < field.min_length:
            raise Refused("too_short", length=len(text), min=field.min_length)
        pattern = compile_pattern(field.pattern) if field.pattern else None
        if pattern and not pattern.fullmatch(text):
            raise Refused("pattern", message=field.pattern_message)
        return text

    def check_settings(self, field):
        yield from check_count(field.min_length, field.length_limit)
        if field.min_length is not None and field.min_length > field.length_limit:
            yield Problem("impossible_length")
        if field.pattern and compile_pattern(field.pattern) is None:
            yield Problem("bad_pattern")

    def get_cell_reader(self, question):
        return lambda value: value


def check_count(least, most):
    """Of rows or of characters."""
    if least is not None and least < 0:
        yield Problem("negative_minimum")
    if most < 1:
        yield Problem("maximum_too_small")
