"""What is shown, from top to bottom: a condition looks only at what is above."""

import operator

from .definition import FALSE_VALUES, TRUE_VALUES, read_day, read_number

COMPARISONS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def visible_keys(fields, answers, file_counts=None):
    """Keys of what is shown, given typed answers. A hidden field's answer never counts."""
    return [field.key for field, _shown in visible_fields(fields, answers, file_counts)]


def visible_fields(fields, answers, file_counts=None, above=None):
    """(field, fields shown so far by key), for each field that is shown.

    A section hides the fields below it up to the next one, a page up to the next page.

    :param answers: may be completed on the way by the caller that iterates
    :param above: fields shown above, for the rows of a block
    """
    shown = dict(above or {})
    page = section = True
    for field in fields:
        holds = is_shown(field, shown, answers, file_counts or {})
        if field.type == "page":
            page = section = holds
        elif field.type == "section":
            holds = section = page and holds
        elif not (page and section):
            continue
        if holds:
            shown[field.key] = field
            yield field, shown


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
        if field.type == "file":
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
            if not values or not is_ordered(field):
                return False
            compare = COMPARISONS[condition.operator]
            return any(
                compare(value, limit)
                for value in values
                for limit in expected(field, condition)
                if value is not None
            )
    raise ValueError(condition.operator)


def is_ordered(field):
    return field.type in ("integer", "computed", "date")


def comparable(field, value):
    """What a typed answer is compared by: list, never empty."""
    match field.type:
        case "multi_selection":
            return value
        case "boolean":
            return ["1" if value else "0"]
        case "address" | "commune":
            return [value["insee"]] if value["insee"] else ["-"]
        case "consent":
            return ["1"]
        case "integer" | "computed":
            return [read_number(str(value))]
        case "date":
            return [read_day(value)]
    return [value] if isinstance(value, str) else ["-"]


def expected(field, condition):
    """What the condition names, in the same words, but what cannot be read."""
    values = set(condition.values)
    match field.type:
        case "boolean" | "consent":
            return {
                "1"
                if value.lower() in TRUE_VALUES
                else "0"
                if value.lower() in FALSE_VALUES
                else value
                for value in values
            }
        case "integer" | "computed":
            return {read_number(value) for value in values} - {None}
        case "date":
            return {read_day(value) for value in values} - {None}
    return values
