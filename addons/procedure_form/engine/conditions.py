"""What is shown, from top to bottom: a condition looks only at what is above."""

import operator
from dataclasses import replace

COMPARISONS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def visible_keys(fields, answers, file_counts=None):
    """Keys of what is shown, given typed answers. A hidden field's answer never counts."""
    return [field.key for field, _shown in visible_fields(fields, answers, file_counts)]


def visible_fields(fields, answers, file_counts=None, above=None):
    """(field, fields shown so far by key), for each field that is shown.

    A section hides the fields below it up to the next one, a page up to the next page. What its
    answers above make required comes as required.

    :param answers: may be completed on the way by the caller that iterates
    :param above: fields shown above, for the rows of a block
    """
    shown = dict(above or {})
    page = section = True
    for field in fields:
        holds = is_shown(field, shown, answers, file_counts or {})
        if field.kind.starts == "page":
            page = section = holds
        elif field.kind.starts == "section":
            holds = section = page and holds
        elif not (page and section):
            continue
        if holds:
            shown[field.key] = resolved = resolve_required(field, shown, answers, file_counts or {})
            yield resolved, shown


def resolve_required(field, shown, answers, file_counts):
    """The same question, required if the answers above make it so."""
    if field.required or not field.require:
        return field
    held = (holds(condition, shown, answers, file_counts) for condition in field.require)
    is_required = any(held) if field.any_require else all(held)
    return replace(field, required=True) if is_required else field


def is_shown(field, shown, answers, file_counts):
    if not field.conditions:
        return True
    held = (holds(condition, shown, answers, file_counts) for condition in field.conditions)
    return any(held) if field.any_condition else all(held)


def holds(condition, shown, answers, file_counts):
    """A hidden field, or one that is not above, reads as an unanswered question."""
    field = shown.get(condition.key)
    values = []
    if field is not None:
        if field.kind.holds == "files":
            values = ["file"] * file_counts.get(field.key, 0)
        elif field.key in answers:
            values = comparable(field, answers[field.key])
    match condition.operator:
        case "set":
            return bool(values)
        case "not set":
            return not values
        case "=" | "in":
            return bool(values) and bool(expected(field, condition) & set(values))
        case "!=":
            return not values or not expected(field, condition) & set(values)
        case "<" | "<=" | ">" | ">=":
            if not values or not field.kind.is_ordered:
                return False
            compare = COMPARISONS[condition.operator]
            return any(
                compare(value, limit)
                for value in values
                for limit in expected(field, condition)
                if value is not None
            )
    raise ValueError(condition.operator)


def comparable(field, value):
    """What a typed answer is compared by: list, never empty."""
    return field.kind.comparable(field, value)


def expected(field, condition):
    """What the condition names, in the same words, but what cannot be read."""
    return field.kind.expected(field, set(condition.values))
