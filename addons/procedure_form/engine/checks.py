"""What forbids the publication of a definition."""

import itertools
import math
from dataclasses import dataclass, replace

from .conditions import expected
from .definition import Problem
from .formula import check_formula

# Beyond as many ways of being shown, a field is taken as shown: nothing right is ever refused.
WAYS_MAX = 128
POSITIVE = ("=", "in", "set", "<", "<=", ">", ">=")


def check_definition(fields):
    """What forbids publication: list of (key, Problem)."""
    form = _Form(fields)
    problems = []
    for place in form.places:
        found = list(_check_field(place, form))
        if not any(problem.code.startswith("condition") for problem in found):
            found += _check_shown(place, form)
        problems += [(place.field.key, problem) for problem in found]
    return problems


@dataclass(frozen=True)
class _Place:
    """A field where it stands: what hides it with itself, and what it may look at."""

    field: object
    around: tuple  # page, section, block
    above: dict
    block: object = None


class _Form:
    def __init__(self, fields):
        self.places = []
        self.blocks = {}  # key of a child -> its block
        self.keys = set()
        self.by_key = {}
        self._ways = {}
        page = section = None
        above = {}
        for field in fields:
            if field.kind.starts == "page":
                page, section = field, None
                around = ()
            elif field.kind.starts == "section":
                section = field
                around = (page,) if page else ()
            else:
                around = tuple(filter(None, (page, section)))
            self._add(_Place(field, around, dict(above)))
            above.setdefault(field.key, field)
            beside = dict(above)
            for child in field.rows:
                self.blocks.setdefault(child.key, field)
                self._add(_Place(child, (*around, field), dict(beside), field))
                beside.setdefault(child.key, child)

    def _add(self, place):
        self.places.append(place)
        self.keys.add(place.field.key)
        self.by_key.setdefault(place.field.key, place)

    def ways(self, fields, above):
        """Each way by which all these fields are shown: list of frozensets of conditions."""
        ways = [frozenset()]
        for field in fields:
            ways = _both(ways, self._own_ways(field, above))
        return ways

    def _own_ways(self, field, above):
        """A condition that needs an answer needs its question to be shown too."""
        if not field.conditions:
            return [frozenset()]
        each = [
            _both([frozenset([condition])], self._ways_of(condition, above))
            for condition in field.conditions
        ]
        if field.any_condition:
            return _at_most(itertools.chain.from_iterable(each))
        ways = [frozenset()]
        for more in each:
            ways = _both(ways, more)
        return ways

    def _ways_of(self, condition, above):
        if condition.operator not in POSITIVE or condition.key not in above:
            return [frozenset()]
        if condition.key not in self._ways:
            place = self.by_key[condition.key]
            self._ways[condition.key] = self.ways((*place.around, place.field), place.above)
        return self._ways[condition.key]

    def is_possible(self, fields, above):
        return any(self._is_consistent(way, above) for way in self.ways(fields, above))

    def _is_consistent(self, way, above):
        by_key = {}
        for condition in way:
            by_key.setdefault(condition.key, []).append(condition)
        return all(
            _can_all_hold(conditions, above.get(key), self._is_always_answered(key, above))
            for key, conditions in by_key.items()
        )

    def _is_always_answered(self, key, above):
        if key not in above:
            return False
        place = self.by_key[key]
        chain = (*place.around, place.field)
        return (
            place.field.is_blocking
            and place.field.kind.holds not in ("nothing", "result")
            and not place.field.kind.needs_account
            and place.block is None
            and not any(field.conditions for field in chain)
        )


def _at_most(ways):
    kept = {}
    for way in ways:
        kept[way] = True
        if len(kept) > WAYS_MAX:
            return [frozenset()]
    return list(kept)


def _both(ways, more):
    return _at_most(one | other for one in ways for other in more)


# ------------------------------------------------------------
# Whether conditions can hold together
# ------------------------------------------------------------


def _can_all_hold(conditions, field, is_always_answered):
    """Whether these conditions about one field can hold together."""
    operators = {condition.operator for condition in conditions}
    is_answered = bool(operators & set(POSITIVE))
    if field is None or field.kind.holds == "nothing":
        return not is_answered
    if "not set" in operators:
        return not is_answered and not is_always_answered
    if not is_answered and not is_always_answered:
        return True
    named = [
        (condition.operator, expected(field, condition))
        for condition in conditions
        if condition.operator != "set"
    ]
    excluded = set().union(*(values for operator, values in named if operator == "!="))
    wanted = [values for operator, values in named if operator in ("=", "in")]
    limits = [
        (operator, limit)
        for operator, values in named
        if operator in ("<", "<=", ">", ">=")
        for limit in values
    ]
    if field.kind.is_ordered:
        return _has_number(field, wanted, excluded, limits, len(limits) < _count_limits(named))
    if limits or _count_limits(named):
        return False
    return field.kind.can_hold(field, wanted, excluded)


def _count_limits(named):
    return sum(operator in ("<", "<=", ">", ">=") for operator, _values in named)


def _has_number(field, wanted, excluded, limits, is_unreadable):
    if is_unreadable:
        return False
    low, high = _range(field)
    to_number = field.kind.to_number
    limits = [(operator, to_number(limit)) for operator, limit in limits]
    wanted = [{to_number(value) for value in values} for values in wanted]
    excluded = {to_number(value) for value in excluded}
    is_whole = field.kind.is_whole
    low_open = high_open = False
    for operator, limit in limits:
        if is_whole:
            if operator in (">", ">="):
                low = max(low, math.floor(limit) + 1 if operator == ">" else math.ceil(limit))
            else:
                high = min(high, math.ceil(limit) - 1 if operator == "<" else math.floor(limit))
        elif operator in (">", ">="):
            low, low_open = max((low, low_open), (limit, operator == ">"))
        else:
            high, negated = min((high, not high_open), (limit, operator != "<"))
            high_open = not negated

    def fits(value):
        return (
            low <= value <= high
            and not (low_open and value == low)
            and not (high_open and value == high)
            and not (is_whole and value != int(value))
            and value not in excluded
        )

    if wanted:
        return any(fits(value) for value in set.intersection(*wanted))
    if not is_whole:
        return low < high or fits(low)
    return high - low + 1 > sum(low <= value <= high for value in excluded)


def _range(field):
    return field.kind.get_range(field) or (-math.inf, math.inf)


# ------------------------------------------------------------
# One field
# ------------------------------------------------------------


def _check_shown(place, form):
    """A field that no answer can ever show."""
    if not form.is_possible(place.around, place.above):
        if place.field.required and place.field.kind.holds != "nothing":
            hidden = next(
                field
                for index, field in enumerate(place.around)
                if not form.is_possible(place.around[: index + 1], place.above)
            )
            yield Problem("required_never_shown", (("other", hidden.key),))
    elif not form.is_possible((*place.around, place.field), place.above):
        yield Problem("never_shown")
    elif _get_requirements(place.field):
        required = replace(
            place.field, conditions=place.field.require, any_condition=place.field.any_require
        )
        if not form.is_possible((*place.around, place.field, required), place.above):
            yield Problem("never_required")


def _get_requirements(field):
    """What is always required has no other condition to be."""
    return () if field.required else field.require


def _check_field(place, form):
    field = place.field
    if not field.label.strip():
        yield Problem("no_label")
    if form.by_key[field.key] is not place:
        yield Problem("duplicate_key")
    if place.block and not field.kind.in_block:
        yield Problem("type_in_block", (("other", place.block.key),))
    yield from field.kind.check_settings(field)
    has_formula = field.formula and "formula" in field.kind.settings
    if field.kind.holds == "result" or has_formula:
        yield from check_formula(field.formula, _outside_blocks(place.above, form), form.keys)
    for condition in (*field.conditions, *_get_requirements(field)):
        yield from _check_condition(place, condition, form)


def _outside_blocks(above, form):
    return {key: field for key, field in above.items() if key not in form.blocks}


def _check_condition(place, condition, form):
    field = place.field
    names = (("other", condition.key),)
    if condition.key == field.key:
        yield Problem("condition_on_itself")
    elif condition.key not in form.keys:
        yield Problem("condition_unknown", names)
    elif form.blocks.get(condition.key, place.block) is not place.block:
        yield Problem("condition_in_block", names)
    elif condition.key not in place.above:
        yield Problem("condition_later", names)
    else:
        yield from _check_values(place.above[condition.key], condition, names)


def _check_values(other, condition, names):
    if other.kind.holds == "nothing":
        yield Problem("condition_unreachable", names)
        return
    if condition.operator in ("set", "not set"):
        return
    if condition.operator in ("<", "<=", ">", ">="):
        if not other.kind.is_ordered:
            yield Problem("condition_compare", names)
            return
        if len(condition.values) != 1 or not expected(other, condition):
            yield Problem("condition_value", names)
            return
    if not _is_reachable(other, condition):
        yield Problem("condition_unreachable", names)


def _is_reachable(other, condition):
    """Every value that is named must be one that the field can have."""
    if not condition.values:
        return False
    named = expected(other, condition)
    if not other.kind.is_ordered:
        return other.kind.is_reachable(other, named)
    if len(named) < len(set(condition.values)):
        return False
    if condition.operator in ("=", "in", "!="):
        return other.kind.is_reachable(other, named)
    return _can_all_hold([condition], other, False)
