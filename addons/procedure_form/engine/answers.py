"""A whole form: typed answers of what is shown, and what is wrong by key."""

from collections import defaultdict
from dataclasses import replace

from .conditions import holds, visible_fields
from .definition import Refused
from .formula import compute
from .parsing import Lookups, clean, single


def validate(
    fields,
    raw,
    *,
    today,
    file_counts=None,
    find_commune=None,
    find_record=None,
    keeps_rows=False,
):
    """Typed answers of the visible fields, and what is wrong by key.

    :param raw: dict of what was typed: str, or list of str
    :param today: the day that it is in the territory: the engine has no clock
    :param file_counts: dict key -> number of files given
    :param find_commune: function (code or name) -> {"insee", "label"} or None
    :param find_record: function (field, id as text, answers above) -> {"id", "label"} or None:
        only what the applicant may choose
    :param keeps_rows: a block whose rows only lack answers counts as it is
    """
    lookups = Lookups(today, find_commune, find_record, keeps_rows)
    answers = {}
    return answers, _read_fields(fields, raw, lookups, file_counts or {}, answers)


def validate_alone(fields, keys, raw, known, *, today, find_commune=None, find_record=None):
    """These questions asked by themselves: their own conditions do not matter. What is `known` of
    the others says what a row of a block shows."""
    lookups = Lookups(today, find_commune, find_record)
    above = {field.key: field for field, _shown in visible_fields(fields, known)}
    asked = [unconditional(field) for field in fields if field.key in keys]
    others = {key: value for key, value in known.items() if key not in keys}
    answers = dict(others)
    errors = _read_fields(asked, raw, lookups, {}, answers, above)
    return {key: value for key, value in answers.items() if key not in others}, errors


def _read_fields(fields, raw, lookups, file_counts, answers, above=None):
    """Fill `answers` in; what is wrong by key."""
    errors = {}
    for field, shown in visible_fields(fields, answers, file_counts, above):
        try:
            match field.kind.holds:
                case "files":
                    _check_files(field, file_counts.get(field.key, 0))
                case "rows":
                    _read_block(field, shown, raw, lookups, answers, errors)
                case "result":
                    value = compute(field.formula, shown, answers, lookups.today, field.places)
                    _keep(answers, field, value)
                case "answer":
                    _read(field, raw, lookups.knowing(answers), answers)
        except Refused as refused:
            errors[field.key] = refused.problem
    return errors


def settle(fields, answers, *, today, file_counts=None):
    """What counts of these typed answers, some of which have changed: what is hidden goes, in
    blocks too, and what is computed is computed again."""
    kept = {}
    for field, shown in visible_fields(fields, kept, file_counts):
        if field.kind.holds == "result":
            _keep(kept, field, compute(field.formula, shown, kept, today, field.places))
        elif field.kind.holds == "rows" and field.key in answers:
            rows = []
            for row in answers[field.key]:
                kept_row, known = {}, dict(kept)
                for child, _shown in visible_fields(field.rows, known, file_counts, shown):
                    _keep(kept_row, child, row.get(child.key))
                    _keep(known, child, row.get(child.key))
                if kept_row:
                    rows.append(kept_row)
            _keep(kept, field, rows or None)
        else:
            _keep(kept, field, answers.get(field.key))
    return kept


def find_missing(fields, answers, file_counts=None):
    """Keys of the required questions that are shown and have no answer; in a block,
    ``block.<n>.<child key>``."""
    missing, known, counts = [], {}, file_counts or {}
    for field, shown in visible_fields(fields, known, counts):
        value = answers.get(field.key)
        if field.kind.holds == "rows":
            for number, row in enumerate(value or ()):
                seen = dict(known)
                for child, _shown in visible_fields(field.rows, seen, None, shown):
                    if _is_missing(child, row.get(child.key)):
                        missing.append(f"{field.key}.{number}.{child.key}")
                    _keep(seen, child, row.get(child.key))
        given = counts.get(field.key) or None if field.kind.holds == "files" else value
        if _is_missing(field, given):
            missing.append(field.key)
        _keep(known, field, value)
    return missing


def find_exit(fields, answers, file_counts=None, problems=()):
    """The first question that is shown and ends the form; None when it goes on.

    What is still to be answered, or is not right, decides nothing.

    :param problems: keys of what is wrong in these answers
    """
    counts = file_counts or {}
    shown = {field.key: field for field, _above in visible_fields(fields, answers, counts)}
    wrong = {*problems, *find_missing(fields, answers, counts)}
    undecided = {key.partition(".")[0] for key in wrong}
    page = section = False
    for field in fields:
        is_open = _is_undecided(field, undecided, shown, answers, counts)
        if field.kind.starts == "page":
            page, section = is_open, False
        elif field.kind.starts == "section":
            section = is_open
        is_open = is_open or page or section
        if field.kind.ends and field.key in shown and not is_open:
            return field
        if is_open or field.kind.holds == "result" and field.key not in answers:
            undecided.add(field.key)
    return None


def _is_undecided(field, undecided, shown, answers, counts):
    """Whether what is still to be answered will say if this question is shown."""
    decided = [
        holds(condition, shown, answers, counts)
        for condition in field.conditions
        if condition.key not in undecided
    ]
    if len(decided) == len(field.conditions):
        return False
    return not any(decided) if field.any_condition else all(decided)


def _is_missing(field, value):
    return field.required and value is None and field.kind.holds not in ("nothing", "result")


def to_raw(field, value):
    """What the inputs of a form hold to show a typed answer: dict input name -> str or list."""
    return field.kind.to_raw(field, value)


def unconditional(field):
    """The same question, asked by itself."""
    return replace(field, conditions=())


def without_account(fields):
    """What is asked of a visitor: nothing that an account alone answers."""
    return [
        replace(field, rows=tuple(without_account(field.rows))) if field.rows else field
        for field in fields
        if not field.kind.needs_account
    ]


def _keep(answers, field, value):
    if value is not None:
        answers[field.key] = value


def _read(field, raw, lookups, answers):
    """Fill `answers` in with that of this question, in the light of what `lookups` knows."""
    value = field.kind.parse(field, raw, lookups)
    if value is None and field.is_blocking:
        raise Refused("missing")
    _keep(answers, field, value)


def _check_files(field, count):
    if field.is_blocking and not count:
        raise Refused("missing")
    if count > field.max_files:
        raise Refused("too_many_files", count=count, max=field.max_files)


# ------------------------------------------------------------
# Repeated blocks
# ------------------------------------------------------------


def _read_block(field, shown, raw, lookups, answers, errors):
    """Rows that are empty are dropped; the block counts once all its rows are right."""
    filled = _filled_rows(field, raw)
    maximum = field.rows_limit
    if len(filled) > maximum:
        raise Refused("too_many_rows", count=len(filled), max=maximum)
    rows, row_errors = [], {}
    for number, row_raw in filled:
        row, known = {}, dict(answers)
        wrong = {}
        for child, _shown in visible_fields(field.rows, known, None, shown):
            if child.kind.holds != "answer":
                continue
            try:
                _read(child, row_raw, lookups.knowing(known), row)
            except Refused as refused:
                wrong[f"{field.key}.{number}.{child.key}"] = refused.problem
            if child.key in row:
                known[child.key] = row[child.key]
        row_errors.update(wrong)
        if row:
            rows.append(row)
    if row_errors:
        errors.update(row_errors)
        is_wrong = any(problem.code != "missing" for problem in row_errors.values())
        if is_wrong or not lookups.keeps_rows:
            return
    if not rows and field.required:
        raise Refused("missing")
    if rows and field.minimum is not None and len(rows) < field.minimum:
        raise Refused("too_few_rows", count=len(rows), min=field.minimum)
    _keep(answers, field, rows or None)


def _filled_rows(field, raw):
    """(number, raw values by input name of the child), for each row where something is typed."""
    start = f"{field.key}."
    children = {child.key for child in field.rows}
    rows = defaultdict(dict)
    for name, value in raw.items():
        if name.startswith(start):
            number, _dot, rest = name[len(start) :].partition(".")
            if _is_row_number(number) and rest.partition(".")[0] in children:
                rows[int(number)][rest] = value
    return [
        (number, values)
        for number, values in sorted(rows.items())
        if any(_is_typed(value) for value in values.values())
    ]


def _is_row_number(text):
    return text.isascii() and text.isdigit() and len(text) <= 4 and str(int(text)) == text


def _is_typed(value):
    if isinstance(value, dict):
        return any(_is_typed(part) for part in value.values())
    if isinstance(value, list | tuple):
        return any(_is_typed(part) for part in value)
    try:
        return bool(clean(single(value)))
    except Refused:
        return True
