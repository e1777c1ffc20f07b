"""Arithmetic of computed fields: a grammar of its own, so that nothing else can be written.

``sum = product (('+' | '-') product)*``, ``product = factor (('*' | '/') factor)*``,
``factor = '-' factor | '(' sum ')' | number | key | function '(' arguments ')'``; functions:
``count(key)``, ``sum(block.key)``, ``age(key)``, ``min(sum, sum…)``, ``max(sum, sum…)``.
"""

import math
import re
from fractions import Fraction
from functools import lru_cache

from .definition import Refused, read_day

LENGTH_MAX = 300
DEPTH_MAX = 30
RESULT_MAX = 10**12
TOKEN = re.compile(
    r"\s*(?:([0-9]{1,12}(?:\.[0-9]{1,6})?)|([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)|([-+*/(),]))",
    re.ASCII,
)


@lru_cache(maxsize=1024)
def parse(text):
    """The formula as a tree of tuples; raises `Refused` and nothing else."""
    if not text.strip():
        raise Refused("formula_empty")
    if len(text) > LENGTH_MAX:
        raise Refused("formula_too_long", max=LENGTH_MAX)
    return _Parser(_split(text)).parse()


def _split(text):
    tokens, position, text = [], 0, text.rstrip()
    while position < len(text):
        found = TOKEN.match(text, position)
        if not found:
            raise Refused("formula_unreadable", near=text[position : position + 12].strip())
        kind = ("number", "name", "sign")[found.lastindex - 1]
        tokens.append((kind, found[found.lastindex]))
        position = found.end()
    return tokens


class _Parser:
    def __init__(self, tokens):
        self.tokens = tokens
        self.position = 0
        self.depth = 0

    def parse(self):
        tree = self._sum()
        if self.position < len(self.tokens):
            self._refuse()
        return tree

    def _refuse(self):
        rest = self.tokens[self.position : self.position + 3]
        raise Refused("formula_unreadable", near=" ".join(token for _kind, token in rest))

    def _peek(self):
        return self.tokens[self.position] if self.position < len(self.tokens) else (None, None)

    def _take(self, *signs):
        kind, token = self._peek()
        if kind == "sign" and token in signs:
            self.position += 1
            return token
        return None

    def _expect(self, sign):
        if not self._take(sign):
            self._refuse()

    def _sum(self):
        self.depth += 1
        if self.depth > DEPTH_MAX:
            raise Refused("formula_too_deep")
        tree = self._product()
        while sign := self._take("+", "-"):
            tree = (sign, tree, self._product())
        self.depth -= 1
        return tree

    def _product(self):
        tree = self._factor()
        while sign := self._take("*", "/"):
            tree = (sign, tree, self._factor())
        return tree

    def _factor(self):
        is_negative = False
        while self._take("-"):
            is_negative = not is_negative
        tree = self._operand()
        return ("-", ("number", Fraction(0)), tree) if is_negative else tree

    def _operand(self):
        if self._take("("):
            tree = self._sum()
            self._expect(")")
            return tree
        kind, token = self._peek()
        if kind == "number":
            self.position += 1
            return ("number", Fraction(token))
        if kind != "name":
            self._refuse()
        self.position += 1
        if self._take("("):
            return self._call(token)
        return ("key", token)

    def _call(self, function):
        if function in ("min", "max"):
            arguments = [self._sum()]
            while self._take(","):
                arguments.append(self._sum())
            self._expect(")")
            return (function, *arguments)
        if function not in ("count", "sum", "age"):
            raise Refused("formula_function", name=function)
        kind, name = self._peek()
        if kind != "name":
            self._refuse()
        self.position += 1
        self._expect(")")
        return (function, name)


def compute(text, shown, answers, today, places=2):
    """int, or float of so many decimals; None when an operand is absent or the sum has no value.

    :param shown: the fields above that are shown, by key
    :param places: how many decimals it is rounded to
    """
    try:
        value = _value(parse(text), shown, answers, today)
    except Refused:
        return None
    # A float is exact up to fifteen digits.
    if value is None or abs(value) > min(RESULT_MAX, 10 ** (15 - places)):
        return None
    unit = 10**places
    count = math.floor(value * unit + Fraction(1, 2))
    return count // unit if count % unit == 0 else count / unit


def _value(tree, shown, answers, today):
    match tree:
        case ("number", number):
            return number
        case ("key", key):
            return _number(shown, answers, key)
        case ("count", key):
            if key not in shown or not shown[key].kind.is_counted:
                return None
            return Fraction(shown[key].kind.count(answers[key]) if answers.get(key) else 0)
        case ("sum", name):
            block, _dot, child = name.partition(".")
            if block not in shown or shown[block].kind.holds != "rows":
                return None
            kinds = {row.key: row.kind for row in shown[block].rows}
            if child not in kinds:
                return None
            cells = (row.get(child) for row in answers.get(block) or ())
            numbers = (kinds[child].to_fraction(cell) for cell in cells)
            return sum((number for number in numbers if number is not None), Fraction(0))
        case ("age", key):
            day = read_day(answers[key]) if _is_shown_as(shown, answers, key, "is_day") else None
            return None if day is None else Fraction(_age(day, today))
        case (function, *arguments):
            values = [_value(argument, shown, answers, today) for argument in arguments]
            return None if None in values else _apply(function, values)
    raise ValueError(tree)


def _apply(function, values):
    if function in ("min", "max"):
        return min(values) if function == "min" else max(values)
    left, right = values
    match function:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right if right else None
    raise ValueError(function)


def _is_shown_as(shown, answers, key, quality):
    """:param quality: attribute of the type"""
    return key in shown and key in answers and getattr(shown[key].kind, quality)


def _number(shown, answers, key):
    if not _is_shown_as(shown, answers, key, "is_number"):
        return None
    return shown[key].kind.to_fraction(answers[key])


def _age(born, today):
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def check_formula(text, above, keys=()):
    """What is wrong with a formula, given the fields above by key: list of `Problem`."""
    try:
        tree = parse(text)
    except Refused as refused:
        return [refused.problem]
    problems = []
    for use, name in sorted(set(_uses(tree))):
        try:
            _check_use(use, name, above, keys)
        except Refused as refused:
            problems.append(refused.problem)
    return problems


def _uses(tree):
    match tree:
        case ("number", _number):
            return
        case ("key" | "count" | "sum" | "age" as use, str(name)):
            yield use, name
        case (_function, *arguments):
            for argument in arguments:
                yield from _uses(argument)


def _check_use(use, name, above, keys):
    key, _dot, child = name.partition(".")
    if key not in above:
        raise Refused("formula_later" if key in keys else "formula_unknown", other=key)
    field = above[key]
    if use == "sum":
        children = {row.key for row in field.rows if row.kind.is_number}
        if field.kind.holds != "rows" or child not in children:
            raise Refused("formula_sum", other=name)
        return
    if child:
        raise Refused("formula_unknown", other=name)
    wanted = {"key": "is_number", "count": "is_counted", "age": "is_day"}[use]
    if not getattr(field.kind, wanted):
        raise Refused(f"formula_{use}", other=key)
