import re
from decimal import Decimal
from fractions import Fraction

from odoo.tools import LazyTranslate, formatLang

from ..engine.definition import DECIMALS_MAX, INTEGER_MAX, Problem, Refused
from .integer import RANGE_WORDS, NumberType

# The thousands are cut by three or not at all: "12 50" is not a number.
NUMBER = re.compile(r"([+-]?) ?([0-9]{1,3}(?: [0-9]{3})+|[0-9]{1,15})?(?:[.,]([0-9]{0,15}))?")
MINUS = str.maketrans("−–", "--")

_lt = LazyTranslate(__name__)

LIMIT_WORDS = {
    **RANGE_WORDS,
    "bad_limit": _lt("“%(label)s”: the limit “%(typed)s” is not an answer to this question."),
}
DECIMALS_WORDS = {
    "bad_decimals": _lt("“%(label)s”: there are 0 to %(max)s digits after the comma."),
}


class LimitedType(NumberType):
    """What has a minimum and a maximum written as its answers are."""

    sequence = 1
    settings = ("limits",)
    is_typed = True
    problem_words = LIMIT_WORDS

    def keep(self, field, text):
        """The answer that is kept, whatever the limits."""
        raise NotImplementedError

    def to_value(self, kept):
        """The number by which what is kept is compared."""
        return Fraction(kept)

    def show(self, env, kept):
        """What is kept, as it is read."""
        raise NotImplementedError

    def parse_text(self, field, text, lookups):
        kept = self.keep(field, text)
        value = self.to_value(kept)
        low, high = self.get_range(field)
        if value < low:
            raise Refused("too_small", min=self.read_limit(field, field.lowest))
        if value > high:
            raise Refused("too_big", max=self.read_limit(field, field.highest))
        return kept

    def read_limit(self, field, text):
        """None without limit, or when it cannot be read: then the form is not published."""
        try:
            return self.keep(field, text) if text else None
        except Refused:
            return None

    def get_range(self, field):
        low, high = (self.read_limit(field, text) for text in (field.lowest, field.highest))
        least, most = self.get_bounds()
        return (
            least if low is None else self.to_value(low),
            most if high is None else self.to_value(high),
        )

    def get_bounds(self):
        """The least and the greatest of any question."""
        return Fraction(-INTEGER_MAX), Fraction(INTEGER_MAX)

    def comparable(self, field, value):
        return [self.to_value(value)]

    def to_fraction(self, value):
        return self.to_value(value) if isinstance(value, str) else None

    def check_settings(self, field):
        for text in (field.lowest, field.highest):
            if text and self.read_limit(field, text) is None:
                yield Problem("bad_limit", (("typed", text),))
        low, high = self.get_range(field)
        if low > high:
            yield Problem("impossible_range")

    def get_error_sentence(self, env, problem):
        params = dict(problem.params)
        if problem.code == "too_small":
            return env._("The minimum is %(min)s.", min=self.show(env, params["min"]))
        if problem.code == "too_big":
            return env._("The maximum is %(max)s.", max=self.show(env, params["max"]))
        return ""

    def format(self, question, value):
        return self.show(question.env, value)


class DecimalType(LimitedType):
    """A number with a comma, kept as it is written ("12.5"): never a binary fraction."""

    code = "decimal"
    label = _lt("Decimal number")
    explanation = _lt("A number with a comma: a length, a surface, a weight")
    size = 2
    icon = "fa-balance-scale"
    settings = ("limits", "decimals")
    is_whole = False
    problem_words = {**LIMIT_WORDS, **DECIMALS_WORDS}

    def get_places(self, field):
        return field.places

    def keep(self, field, text):
        number = self.read_typed(text)
        places = self.get_places(field)
        if -number.as_tuple().exponent > places:
            raise Refused("too_many_decimals", count=places)
        if abs(number) > INTEGER_MAX:
            raise Refused("too_long_number")
        return self.make_kept(number)

    def read_typed(self, text):
        """As many digits after the comma as were typed."""
        found = NUMBER.fullmatch(" ".join(text.translate(MINUS).split()))
        if not found or not (found[2] or found[3]):
            raise Refused("not_a_decimal")
        sign, whole, rest = found.groups("")
        return Decimal(f"{sign}{whole.replace(' ', '') or '0'}.{rest}")

    def make_kept(self, number):
        shown = f"{number:f}"
        shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
        return "0" if shown == "-0" else shown

    def to_raw(self, field, value):
        return {field.key: value.replace(".", ",")}

    def is_reachable(self, field, named):
        low, high = self.get_range(field)
        unit = 10 ** self.get_places(field)
        return all(low <= value <= high and (value * unit).denominator == 1 for value in named)

    def check_settings(self, field):
        yield from super().check_settings(field)
        yield from check_decimals(field)

    def get_attributes(self, question):
        # The figures of a phone have no minus sign.
        low = self.read_limit(question._prepare_engine_field(), question.lowest or "")
        is_signed = low is not None and self.to_value(low) < 0
        return {"inputmode": None if is_signed else "decimal", "number": "number"}

    def get_missing_sentence(self, env):
        return env._("Enter a number.")

    def get_error_sentence(self, env, problem):
        params = dict(problem.params)
        if problem.code == "not_a_decimal":
            return env._("Enter a number, such as 3 or 12,5.")
        if problem.code == "too_many_decimals" and not params["count"]:
            return env._("Enter a whole number, such as 3.")
        if problem.code == "too_many_decimals":
            return env._("Enter at most %(count)s digits after the comma, such as 12,5.", **params)
        if problem.code == "too_long_number":
            return env._("This number is too long. Check it.")
        return super().get_error_sentence(env, problem)

    def show(self, env, kept):
        return formatLang(env, float(kept), digits=len(kept.partition(".")[2]))

    def get_value_words(self, question, value):
        """As a condition names it, however it is written there."""
        try:
            return self.show(question.env, self.make_kept(self.read_typed(value)))
        except Refused:
            return value

    def get_condition_words(self, question, value):
        return self.get_value_words(question, value)

    def index(self, question, value, communes):
        # The index is searched; what is exact is in the answers.
        return [{"value_number": float(value)}]

    def get_cell_reader(self, question):
        return Decimal


def check_decimals(field):
    if field.decimals != field.places:
        yield Problem("bad_decimals", (("max", DECIMALS_MAX),))
