"""What a form is made of, and what may be wrong with it."""

import re
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property

CHAR_MAX = 255
TEXT_MAX = 5000
INTEGER_MAX = 999_999_999
DECIMALS_MAX = 6
ROWS_DEFAULT = 10
ROWS_MAX = 50
DATE_MIN = date(1900, 1, 1)
DATE_MAX = date(2200, 12, 31)
ADDRESS_PARTS = ("street", "street2", "zip", "commune")

TRUE_VALUES = ("1", "true", "on", "yes", "oui")
FALSE_VALUES = ("0", "false", "off", "no", "non")
NUMBER_PATTERN = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,6})?")


@dataclass(frozen=True)
class Condition:
    key: str
    operator: str  # =, !=, in, set, not set, <, <=, >, >=
    values: tuple = ()


@dataclass(frozen=True)
class Field:
    key: str
    type: str
    label: str = ""
    required: bool = False
    may_follow: bool = False  # required, and the request comes in without it
    options: tuple = ()  # (value, label)
    free: tuple = ()  # values of the choices that ask for words beside them
    conditions: tuple = ()
    any_condition: bool = False  # one condition is enough; else all of them
    require: tuple = ()  # conditions that make it required, when it is not always
    any_require: bool = False
    minimum: int | None = None  # of a number, or of the rows of a block; None is no limit, not 0
    maximum: int | None = None
    lowest: str = ""  # of an amount, a time…: written as its answers are; "" is no limit
    highest: str = ""
    decimals: int = 2  # after the comma, of a decimal number or of a result
    date_limit: str | None = None  # past, future
    max_files: int = 1
    text: str = ""  # what is consented to
    local: bool = False  # an address of the territory, and no other
    rows: tuple = ()  # the fields of each row of a block
    days: tuple = ()  # the columns of a weekly grid: 1 is Monday
    formula: str = ""
    url: str = ""
    min_length: int | None = None
    max_length: int | None = None
    pattern: str = ""
    pattern_message: str = ""  # what to tell when the pattern does not fit
    # The `FieldType`, of an addon that brings its own; else found by its code.
    behaviour: object = dataclass_field(default=None, compare=False, repr=False)

    @cached_property
    def kind(self):
        """What its type does: see `field_types.base.FieldType`."""
        from ..field_types import OWN_TYPES

        return self.behaviour or OWN_TYPES[self.type]

    @property
    def is_blocking(self):
        """Whether nothing is filed without its answer."""
        return self.required and not self.may_follow

    @property
    def values(self):
        return [value for value, _label in self.options]

    @property
    def places(self):
        """How many digits there may be after the comma, whatever was set."""
        return min(max(self.decimals, 0), DECIMALS_MAX)

    @property
    def rows_limit(self):
        """How many rows a block holds at most."""
        return ROWS_DEFAULT if self.maximum is None else self.maximum

    @property
    def length_limit(self):
        """How many characters a text holds at most: never more than its type does."""
        limit = self.kind.length_max
        return limit if self.max_length is None else min(limit, self.max_length)


@dataclass(frozen=True)
class Problem:
    """What is wrong, in a code: the caller knows the words."""

    code: str
    params: tuple = ()  # (name, value)


class Refused(Exception):
    def __init__(self, code, **params):
        self.problem = Problem(code, tuple(sorted(params.items())))
        super().__init__(code)


def read_number(text):
    """An exact number, written with a point or a comma; else None."""
    text = "".join(text.split())
    return Fraction(text.replace(",", ".")) if NUMBER_PATTERN.fullmatch(text) else None


def read_day(text):
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            day = datetime.strptime(text, pattern).date()
        except ValueError:
            continue
        return day if DATE_MIN <= day <= DATE_MAX else None
    return None
