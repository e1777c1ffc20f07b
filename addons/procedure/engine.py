"""The form engine: definitions and raw values in, typed answers or errors out. No ORM here.

A definition is a list of `Field` in the order of the form. A typed answer is JSON:

===============  ==========================================================
char, text       str
integer          int
date             "YYYY-MM-DD"
boolean          bool
selection        the option's value
multi_selection  list of options' values, in the order of the form
email            str, domain in small letters
phone            E.164
address          {"street", "street2", "zip", "insee", "commune"}
commune          {"insee", "label"}
consent          {"given": true, "on": "YYYY-MM-DD", "text_hash"}
===============  ==========================================================

A question without answer is absent. Files are documents, not answers: only their number counts.
The raw value of an address comes in one dict, or in inputs named ``key.street``, ``key.street2``,
``key.zip`` and ``key.commune``.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime

import phonenumbers

CHAR_MAX = 255
TEXT_MAX = 5000
INTEGER_MAX = 999_999_999
DISPLAY_TYPES = ("page", "section", "information", "link")
UNREAD_TYPES = ("persons", "children", "dwelling", "school", "weekly_grid", "block", "computed")
# Answers that come from an account: a visitor is not asked.
ACCOUNT_TYPES = ("persons", "children", "dwelling")
ADDRESS_PARTS = ("street", "street2", "zip", "commune")

EMAIL_PATTERN = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
INTEGER_PATTERN = re.compile(r"[+-]?[0-9]{1,15}")
ZIP_PATTERN = re.compile(r"[0-9]{5}")
TRUE_VALUES = ("1", "true", "on", "yes", "oui")
FALSE_VALUES = ("0", "false", "off", "no", "non")


@dataclass(frozen=True)
class Condition:
    key: str
    operator: str
    values: tuple = ()


@dataclass(frozen=True)
class Field:
    key: str
    type: str
    label: str = ""
    required: bool = False
    options: tuple = ()  # (value, label)
    conditions: tuple = ()
    any_condition: bool = False  # one condition is enough; else all of them
    minimum: int | None = None
    maximum: int | None = None
    date_limit: str | None = None  # past, future
    max_files: int = 1
    text: str = ""  # what is consented to
    local: bool = False  # an address of the territory, and no other
    rows: tuple = ()  # the fields of each row of a block
    days: tuple = ()  # the columns of a weekly grid: 1 is Monday
    formula: str = ""
    min_length: int | None = None
    max_length: int | None = None
    pattern: str = ""
    pattern_message: str = ""  # what to tell when the pattern does not fit

    @property
    def values(self):
        return [value for value, _label in self.options]


@dataclass(frozen=True)
class Problem:
    """What is wrong, in a code: the caller knows the words."""

    code: str
    params: tuple = ()  # (name, value)


class _Refused(Exception):
    def __init__(self, code, **params):
        self.problem = Problem(code, tuple(sorted(params.items())))
        super().__init__(code)


# ------------------------------------------------------------
# Conditions
# ------------------------------------------------------------


def visible_keys(fields, answers, file_counts=None):
    """Keys of what is shown, given typed answers. A hidden field's answer never counts.

    A section hides the fields below it, up to the next section.
    """
    file_counts = file_counts or {}
    by_key = {field.key: field for field in fields}
    visible, section_visible = [], True
    for field in fields:
        if field.type == "section":
            section_visible = _is_shown(field, by_key, visible, answers, file_counts)
            shown = section_visible
        else:
            shown = section_visible and _is_shown(field, by_key, visible, answers, file_counts)
        if shown:
            visible.append(field.key)
    return visible


def _is_shown(field, by_key, visible, answers, file_counts):
    held = [
        _holds(condition, by_key, visible, answers, file_counts) for condition in field.conditions
    ]
    return not held or (any(held) if field.any_condition else all(held))


def _holds(condition, by_key, visible, answers, file_counts):
    """Only fields above count: a forward reference reads as an unanswered question."""
    values = []
    if condition.key in visible:
        field = by_key[condition.key]
        if field.type == "file":
            values = ["file"] * file_counts.get(field.key, 0)
        elif field.key in answers:
            values = _comparable(field, answers[field.key])
    match condition.operator:
        case "set":
            return bool(values)
        case "not set":
            return not values
        case "=" | "in":
            return bool(_expected(by_key.get(condition.key), condition) & set(values))
        case "!=":
            return not _expected(by_key.get(condition.key), condition) & set(values)
        case "<" | "<=" | ">" | ">=":
            return False
    raise ValueError(condition.operator)


def _comparable(field, value):
    match field.type:
        case "multi_selection":
            return value
        case "boolean":
            return ["1" if value else "0"]
        case "address" | "commune":
            return [value["insee"]] if value["insee"] else ["-"]
        case "consent":
            return ["1"]
    return [str(value)]


def _expected(field, condition):
    values = set(condition.values)
    if field is not None and field.type in ("boolean", "consent"):
        return {
            "1" if value.lower() in TRUE_VALUES else "0" if value.lower() in FALSE_VALUES else value
            for value in values
        }
    return values


# ------------------------------------------------------------
# Answers
# ------------------------------------------------------------


def validate(fields, raw, *, file_counts=None, today=None, find_commune=None, find_record=None):
    """Typed answers of the visible fields, and what is wrong by key.

    :param raw: dict of what was typed: str, or list of str
    :param file_counts: dict key -> number of files given
    :param find_commune: function (code or name) -> {"insee", "label"} or None
    :param find_record: function (type, id as text) -> {"id", "label"} or None
    """
    today = today or date.today()
    file_counts = file_counts or {}
    answers, errors = {}, {}
    by_key = {field.key: field for field in fields}
    visible, section_visible = [], True
    for field in fields:
        shown = _is_shown(field, by_key, visible, answers, file_counts)
        if field.type == "section":
            section_visible = shown
        elif not section_visible:
            shown = False
        if not shown:
            continue
        visible.append(field.key)
        if field.type in DISPLAY_TYPES:
            continue
        try:
            if field.type == "file":
                _check_files(field, file_counts.get(field.key, 0))
                continue
            value = _parse(field, raw, today, find_commune)
            if value is None and field.required:
                raise _Refused("missing")
        except _Refused as refused:
            errors[field.key] = refused.problem
            continue
        if value is not None:
            answers[field.key] = value
    return answers, errors


def to_raw(field, value):
    """What the inputs of a form hold to show a typed answer: dict input name -> str or list."""
    match field.type:
        case "boolean" | "consent":
            return {field.key: "1" if value else "0"}
        case "address":
            return {
                f"{field.key}.street": value["street"],
                f"{field.key}.street2": value["street2"],
                f"{field.key}.zip": value["zip"],
                f"{field.key}.commune": value["insee"] or value["commune"],
            }
        case "commune":
            return {field.key: value["insee"]}
        case "multi_selection":
            return {field.key: list(value)}
    return {field.key: str(value)}


def unconditional(field):
    """The same question, asked by itself."""
    return replace(field, conditions=())


def _check_files(field, count):
    if field.required and not count:
        raise _Refused("missing")
    if count > field.max_files:
        raise _Refused("too_many_files", count=count, max=field.max_files)


def _parse(field, raw, today, find_commune):
    if field.type == "address":
        return _parse_address(field, raw, find_commune)
    if field.type == "multi_selection":
        return _parse_multi(field, raw.get(field.key))
    if field.type in UNREAD_TYPES:
        return None
    text = _clean(_single(raw.get(field.key)), multiline=field.type == "text")
    if not text:
        return None
    match field.type:
        case "char" | "text" | "iban" | "siret" | "rna":
            return _check_length(text, TEXT_MAX if field.type == "text" else CHAR_MAX)
        case "integer":
            return _parse_integer(field, text)
        case "date":
            return _parse_date(field, text, today)
        case "boolean":
            return _parse_boolean(text)
        case "selection":
            if text not in field.values:
                raise _Refused("not_an_option")
            return text
        case "email":
            return parse_email(text)
        case "phone":
            return parse_phone(text)
        case "commune":
            return _parse_commune(text, find_commune)
        case "consent":
            return _parse_consent(field, text, today)
    raise ValueError(field.type)


def _single(value):
    """The last of several values, as a browser's hidden input then its checkbox."""
    if isinstance(value, list | tuple):
        value = value[-1] if value else None
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, str | int):
        return str(value)
    raise _Refused("invalid")


def _clean(text, multiline=False):
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if not multiline:
        text = text.replace("\n", " ")
    text = "".join(
        char for char in text if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs")
    )
    return unicodedata.normalize("NFC", text).strip()


def _check_length(text, maximum):
    if len(text) > maximum:
        raise _Refused("too_long", length=len(text), max=maximum)
    return text


def _parse_integer(field, text):
    text = "".join(text.split())
    if not INTEGER_PATTERN.fullmatch(text):
        raise _Refused("not_a_number")
    value = int(text)
    if field.minimum is not None and value < field.minimum:
        raise _Refused("too_small", min=field.minimum)
    maximum = INTEGER_MAX if field.maximum is None else field.maximum
    if value > maximum:
        raise _Refused("too_big", max=maximum)
    if value < -INTEGER_MAX:
        raise _Refused("too_small", min=-INTEGER_MAX)
    return value


def _parse_date(field, text, today):
    value = None
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            value = datetime.strptime(text, pattern).date()
        except ValueError:
            continue
        break
    if value is None or not 1900 <= value.year <= 2200:
        raise _Refused("not_a_date")
    if field.date_limit == "past" and value > today:
        raise _Refused("date_in_the_future")
    if field.date_limit == "future" and value < today:
        raise _Refused("date_in_the_past")
    return value.isoformat()


def _parse_boolean(text):
    if text.lower() in TRUE_VALUES:
        return True
    if text.lower() in FALSE_VALUES:
        return False
    raise _Refused("not_an_option")


def _parse_multi(field, value):
    if value is None:
        return None
    values = value if isinstance(value, list | tuple) else [value]
    chosen = {_clean(_single(value)) for value in values} - {""}
    if chosen - set(field.values):
        raise _Refused("not_an_option")
    return [value for value in field.values if value in chosen] or None


def parse_email(text):
    text = _check_length(text, 254)
    if not EMAIL_PATTERN.fullmatch(text):
        raise _Refused("not_an_email")
    local, _at, domain = text.rpartition("@")
    return f"{local}@{domain.lower()}"


def parse_phone(text):
    _check_length(text, 40)
    digits = re.sub(r"[\s.-]", "", text)
    if re.fullmatch(r"0[1-9][0-9]{7}(?:[0-9]{2})?", digits):
        raise _Refused("phone_digits", count=len(digits))
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        raise _Refused("not_a_phone") from None
    if not phonenumbers.is_possible_number(number) or number.extension:
        raise _Refused("not_a_phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def format_phone(text):
    """A stored number as it is read in France; a number that cannot be read is left as it is."""
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        return text
    style = phonenumbers.PhoneNumberFormat
    national = number.country_code == 33
    shown = phonenumbers.format_number(number, style.NATIONAL if national else style.INTERNATIONAL)
    return shown.replace(" ", "\xa0")


def _parse_commune(text, find_commune):
    commune = find_commune(_check_length(text, CHAR_MAX)) if find_commune else None
    if not commune:
        raise _Refused("not_a_commune")
    return {"insee": commune["insee"], "label": commune["label"]}


def _parse_address(field, raw, find_commune):
    """A commune that is not ours is kept as typed, unless the address must be of the territory:
    people also come from elsewhere."""
    given = raw.get(field.key)
    if not isinstance(given, dict):
        given = {part: raw.get(f"{field.key}.{part}") for part in ADDRESS_PARTS}
    parts = {
        part: _check_length(_clean(_single(given.get(part))), CHAR_MAX) for part in ADDRESS_PARTS
    }
    if not any(parts.values()):
        return None
    if not parts["street"] or not parts["commune"]:
        raise _Refused("incomplete_address")
    if parts["zip"] and not ZIP_PATTERN.fullmatch(parts["zip"]):
        raise _Refused("not_a_postcode")
    commune = find_commune(parts["commune"]) if find_commune else None
    if field.local and not commune:
        raise _Refused("not_a_commune")
    return {
        "street": parts["street"],
        "street2": parts["street2"],
        "zip": parts["zip"] or (commune or {}).get("zip", ""),
        "insee": commune["insee"] if commune else "",
        "commune": commune["label"] if commune else parts["commune"],
    }


def _parse_consent(field, text, today):
    if text.lower() not in TRUE_VALUES:
        return None
    text_hash = hashlib.sha256((field.label + "\n" + field.text).encode()).hexdigest()
    return {"given": True, "on": today.isoformat(), "text_hash": text_hash}


# ------------------------------------------------------------
# Definitions
# ------------------------------------------------------------


def check_definition(fields):
    """What forbids publication: list of (key, Problem)."""
    problems, seen = [], {}
    for field in fields:
        for problem in _check_field(field, seen, fields):
            problems.append((field.key, problem))
        seen.setdefault(field.key, field)
    return problems


def _check_field(field, seen, fields):
    if not field.label.strip():
        yield Problem("no_label")
    if field.key in seen:
        yield Problem("duplicate_key")
    if field.type in ("selection", "multi_selection") and not field.options:
        yield Problem("no_options")
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        yield Problem("impossible_range")
    for condition in field.conditions:
        yield from _check_condition(field, condition, seen, fields)


def _check_condition(field, condition, seen, fields):
    names = (("other", condition.key),)
    if condition.key == field.key:
        yield Problem("condition_on_itself")
    elif condition.key not in {other.key for other in fields}:
        yield Problem("condition_unknown", names)
    elif condition.key not in seen:
        yield Problem("condition_later", names)
    elif not _is_reachable(seen[condition.key], condition):
        yield Problem("condition_unreachable", names)


def _is_reachable(other, condition):
    if other.type in DISPLAY_TYPES:
        return False
    if condition.operator in ("set", "not set"):
        return True
    if other.type == "file" or not condition.values:
        return False
    match other.type:
        case "selection" | "multi_selection":
            return set(condition.values) <= set(other.values)
        case "boolean" | "consent":
            return _expected(other, condition) <= {"0", "1"}
        case "integer":
            return all(
                INTEGER_PATTERN.fullmatch(value)
                and (other.minimum is None or int(value) >= other.minimum)
                and (other.maximum is None or int(value) <= other.maximum)
                for value in condition.values
            )
    return True
