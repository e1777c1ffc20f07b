"""Arithmetic of computed fields: a grammar of its own, so that nothing else can be written.

``sum = product (('+' | '-') product)*``, ``product = factor (('*' | '/') factor)*``,
``factor = '-' factor | '(' sum ')' | number | key | function '(' arguments ')'``; functions:
``count(key)``, ``sum(block.key)``, ``age(key)``, ``min(sum, sum…)``, ``max(sum, sum…)``,
``if(case, sum, sum)``.

``case = both ('or' both)*``, ``both = test ('and' test)*``,
``test = is | sum ('<' | '<=' | '>' | '>=' | '=' | '!=') sum``,
``is = 'is' '(' key ',' (name | number | '"' words '"') ')'``.
"""

import math
import operator
import re
from fractions import Fraction
from functools import lru_cache

from .definition import Refused, read_day

LENGTH_MAX = 300
DEPTH_MAX = 30
TESTS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}
RESULT_MAX = 10**12
TOKEN = re.compile(
    r"\s*(?:([0-9]{1,12}(?:\.[0-9]{1,6})?)"
    r"|([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)"
    r"|(<=|>=|!=|[-+*/(),<>=])"
    r'|"([^"]{1,200})")',
    re.ASCII,
)

# What `is` takes without quotes.
VALUE = re.compile(r"[a-z][a-z0-9_]*|[0-9]{1,12}", re.ASCII)


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
        kind = ("number", "name", "sign", "text")[found.lastindex - 1]
        tokens.append((kind, found[found.lastindex]))
        position = found.end()
    return tokens


def rename_key(text, former, key):
    """The formula with this question, or block, under another key."""

    def change(token, kind, before):
        if kind != "name" or _is_value(before):
            return None
        return ".".join(key if name == former else name for name in token.split("."))

    return _rewrite(text, change)


def rename_value(text, key, former, value):
    """The formula with this choice of a question under another name, in each `is(key, value)`."""

    def change(token, kind, before):
        is_asked = _is_value(before) and before[-2].rpartition(".")[2] == key
        if kind == "sign" or not is_asked or token != former:
            return None
        return value if VALUE.fullmatch(value) else f'"{value}"'

    return _rewrite(text, change)


def _is_value(before):
    return len(before) > 3 and before[-4] == "is" and before[-3] == "(" and before[-1] == ","


def _rewrite(text, change):
    """Each token as `change` gives it; a formula that cannot be read stays as it is."""
    written, before, position, text = [], [], 0, text.rstrip()
    while position < len(text):
        found = TOKEN.match(text, position)
        if not found:
            return text
        index = found.lastindex
        kind, token = ("number", "name", "sign", "text")[index - 1], found[index]
        is_function = kind == "name" and text[found.end() :].lstrip().startswith("(")
        new = None if is_function else change(token, kind, before)
        blank = text[position : found.end()]
        blank = blank[: len(blank) - len(blank.lstrip())]
        written.append(found[0] if new in (None, token) else blank + new)
        before.append(token)
        position = found.end()
    return "".join(written)


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
        if function == "if":
            parts = [self._case()]
            for _each in range(2):
                self._expect(",")
                parts.append(self._sum())
            self._expect(")")
            return ("if", *parts)
        if function not in ("count", "sum", "age"):
            raise Refused("formula_function", name=function)
        name = self._name()
        self._expect(")")
        return (function, name)

    def _name(self):
        kind, name = self._peek()
        if kind != "name":
            self._refuse()
        self.position += 1
        return name

    def _take_word(self, word):
        if self._peek() == ("name", word):
            self.position += 1
            return True
        return False

    def _case(self):
        tree = self._both()
        while self._take_word("or"):
            tree = ("or", tree, self._both())
        return tree

    def _both(self):
        tree = self._test()
        while self._take_word("and"):
            tree = ("and", tree, self._test())
        return tree

    def _test(self):
        if self.tokens[self.position : self.position + 2] == [("name", "is"), ("sign", "(")]:
            self.position += 2
            key = self._name()
            self._expect(",")
            kind, value = self._peek()
            if kind not in ("name", "number", "text"):
                self._refuse()
            self.position += 1
            self._expect(")")
            return ("is", key, value)
        left = self._sum()
        order = self._take(*TESTS)
        if not order:
            self._refuse()
        return (order, left, self._sum())


def compute(text, shown, answers, today, places=2):
    """int, or float of so many decimals; None when an operand is absent or the sum has no value.

    :param shown: the fields above that are shown, by key
    :param places: how many decimals it is rounded to
    """
    value = evaluate(text, shown, answers, today)
    # A float is exact up to fifteen digits.
    if value is None or abs(value) > min(RESULT_MAX, 10 ** (15 - places)):
        return None
    unit = 10**places
    count = math.floor(value * unit + Fraction(1, 2))
    return count // unit if count % unit == 0 else count / unit


def evaluate(text, shown, answers, today):
    """The exact value, a Fraction; None when an operand is absent or the sum has no value."""
    try:
        return _value(parse(text), shown, answers, today)
    except Refused:
        return None


def _value(tree, shown, answers, today):
    match tree:
        case ("if", case, then, otherwise):
            # What the other way needs does not matter.
            is_so = _holds(case, shown, answers, today)
            if is_so is None:
                return None
            return _value(then if is_so else otherwise, shown, answers, today)
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


def is_money(text, fields):
    """Whether the result is an amount in euros, such as a sum of amounts.

    :param fields: those of the form, by key
    """
    try:
        return bool(_is_money(parse(text), fields))
    except Refused:
        return False


def _is_money(tree, fields):
    """True or False; None of a number that stands alone, which may be anything."""
    match tree:
        case ("number", _number):
            return None
        case ("key", key):
            field = fields.get(key)
            return field is not None and (
                field.kind.is_money or bool(field.formula) and is_money(field.formula, fields)
            )
        case ("sum", name):
            block, _dot, child = name.partition(".")
            rows = fields[block].rows if block in fields else ()
            return any(row.kind.is_money for row in rows if row.key == child)
        case ("count" | "age", _name):
            return False
        case ("if", _case, *ways):
            told = [_is_money(way, fields) for way in ways]
        case ("*" | "/" as sign, left, right):
            told = [_is_money(left, fields), _is_money(right, fields)]
            if sign == "/":
                return bool(told[0]) and not told[1]
            return bool(told[0]) != bool(told[1])
        case (_function, *arguments):
            told = [_is_money(argument, fields) for argument in arguments]
    return None if set(told) == {None} else False not in told


def _holds(case, shown, answers, today):
    """True or False; None when it depends on an answer that is awaited."""
    match case:
        case ("and" | "or" as join, *cases):
            told = [_holds(each, shown, answers, today) for each in cases]
            decides = join == "or"
            if decides in told:
                return decides
            return None if None in told else not decides
        case ("is", key, value):
            if key not in shown:
                return False
            if key not in answers:
                return None if shown[key].required else False
            field = shown[key]
            return bool(
                {*field.kind.comparable(field, answers[key])}
                & {*field.kind.expected(field, {value})}
            )
        case (order, *sums):
            left, right = (_value(each, shown, answers, today) for each in sums)
            if left is None or right is None:
                return None
            return TESTS[order](left, right)
    raise ValueError(case)


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


def find_operands(text, always=False):
    """Keys of the questions whose answers a formula needs, in their order.

    :param always: but for those of the ways of an "if", which one answer makes useless
    """
    try:
        tree = parse(text)
    except Refused:
        return []
    uses = _uses_always(tree) if always else _uses(tree)
    keys = (name.partition(".")[0] for use, name in uses if not use.startswith("is "))
    return list(dict.fromkeys(keys))


def _uses_always(tree):
    match tree:
        case ("if", case, *_ways):
            yield from _uses(case)
        case ("number" | "key" | "count" | "sum" | "age", str(_) | Fraction()):
            yield from _uses(tree)
        case ("is", *_test):
            return
        case (_function, *arguments):
            for argument in arguments:
                yield from _uses_always(argument)


def _uses(tree):
    match tree:
        case ("number", _number):
            return
        case ("key" | "count" | "sum" | "age" as use, str(name)):
            yield use, name
        case ("is", key, value):
            yield f"is {value}", key
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
    if use.startswith("is "):
        value = use.removeprefix("is ")
        named = set(field.kind.expected(field, {value}))
        if not named or not field.kind.is_reachable(field, named):
            raise Refused("formula_is", other=key, value=value)
        return
    wanted = {"key": "is_number", "count": "is_counted", "age": "is_day"}[use]
    if not getattr(field.kind, wanted):
        raise Refused(f"formula_{use}", other=key)
