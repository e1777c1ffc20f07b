"""One question: what was typed in, its typed answer out, or what is wrong."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from dataclasses import field as dict_field
from datetime import date
from functools import lru_cache

import phonenumbers
import re2
from stdnum.fr import siret

from odoo.addons.territory_base import dates

from . import iban
from .definition import (
    ADDRESS_PARTS,
    CHAR_MAX,
    DATE_MAX,
    DATE_MIN,
    FALSE_VALUES,
    INTEGER_MAX,
    TRUE_VALUES,
    Refused,
)

EMAIL_PATTERN = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
INTEGER_PATTERN = re.compile(r"[+-]?[0-9]{1,15}")
ZIP_PATTERN = re.compile(r"[0-9]{5}")
RNA_PATTERN = re.compile(r"W[0-9]{9}")
PATTERN_LENGTH_MAX = 500


@dataclass(frozen=True)
class Lookups:
    """What the engine cannot know by itself."""

    today: date
    find_commune: object = None
    find_record: object = None
    keeps_rows: bool = False
    # What is answered above, in the same row of a block too.
    answers: dict = dict_field(default_factory=dict)

    def commune(self, text):
        return self.find_commune(text) if self.find_commune else None

    def knowing(self, answers):
        return replace(self, answers=answers)

    def record(self, field, text):
        found = self.find_record(field, text, self.answers) if self.find_record else None
        return found and {"id": found["id"], "label": found["label"]}


def parse(field, raw, lookups):
    """The typed answer, None without answer; raises `Refused`."""
    if field.type in INPUT_PARSERS:
        return INPUT_PARSERS[field.type](field, raw, lookups)
    text = clean(single(raw.get(field.key)), multiline=field.type == "text")
    return PARSERS[field.type](field, text, lookups) if text else None


def single(value):
    """The last of several values, as a browser's hidden input then its checkbox."""
    if isinstance(value, list | tuple):
        value = value[-1] if value else None
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, str | int):
        return str(value)
    raise Refused("invalid")


def several(value):
    """All the values of one input."""
    if value is None:
        return []
    values = value if isinstance(value, list | tuple) else [value]
    return [text for text in (clean(single(value)) for value in values) if text]


def clean(text, multiline=False):
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if not multiline:
        text = text.replace("\n", " ")
    text = "".join(
        char for char in text if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs")
    )
    return unicodedata.normalize("NFC", text).strip()


def _check_length(text, maximum):
    if len(text) > maximum:
        raise Refused("too_long", length=len(text), max=maximum)
    return text


# ------------------------------------------------------------
# Texts
# ------------------------------------------------------------


def _parse_text(field, text, _lookups):
    _check_length(text, field.length_limit)
    if field.min_length is not None and len(text) < field.min_length:
        raise Refused("too_short", length=len(text), min=field.min_length)
    pattern = compile_pattern(field.pattern) if field.pattern else None
    if pattern and not pattern.fullmatch(text):
        raise Refused("pattern", message=field.pattern_message)
    return text


@lru_cache(maxsize=256)
def compile_pattern(pattern):
    """RE2 reads any text in linear time; None when it cannot read the pattern."""
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 1 << 20
    try:
        return re2.compile(pattern, options) if len(pattern) <= PATTERN_LENGTH_MAX else None
    except re2.error:
        return None


def parse_email(text):
    text = _check_length(text, 254)
    if not EMAIL_PATTERN.fullmatch(text):
        raise Refused("not_an_email")
    local, _at, domain = text.rpartition("@")
    return f"{local}@{domain.lower()}"


def parse_phone(text):
    _check_length(text, 40)
    digits = re.sub(r"[\s.-]", "", text)
    if re.fullmatch(r"0[1-9][0-9]{7}(?:[0-9]{2})?", digits):
        raise Refused("phone_digits", count=len(digits))
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        raise Refused("not_a_phone") from None
    if not phonenumbers.is_possible_number(number) or number.extension:
        raise Refused("not_a_phone")
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


# ------------------------------------------------------------
# Numbers of the administration and of banks
# ------------------------------------------------------------


def _compact(text):
    """Without what people put between groups of digits."""
    text = _check_length(text, 60)
    return re.sub(r"[\s.-]", "", text).upper()


def _parse_iban(_field, text, _lookups):
    text = _compact(text)
    if not iban.is_valid(text):
        raise Refused("not_an_iban")
    return text


def _parse_siret(_field, text, _lookups):
    text = _compact(text)
    if not re.fullmatch(r"[0-9]{14}", text):
        raise Refused("siret_digits", count=sum(char.isdigit() for char in text))
    if not siret.is_valid(text):
        raise Refused("not_a_siret")
    return text


def _parse_rna(_field, text, _lookups):
    text = _compact(text)
    if not RNA_PATTERN.fullmatch(text):
        raise Refused("not_a_rna")
    return text


# ------------------------------------------------------------
# Numbers, dates, choices
# ------------------------------------------------------------


def _parse_integer(field, text, _lookups):
    text = "".join(text.split())
    if not INTEGER_PATTERN.fullmatch(text):
        raise Refused("not_a_number")
    value = int(text)
    if field.minimum is not None and value < field.minimum:
        raise Refused("too_small", min=field.minimum)
    maximum = INTEGER_MAX if field.maximum is None else field.maximum
    if value > maximum:
        raise Refused("too_big", max=maximum)
    if value < -INTEGER_MAX:
        raise Refused("too_small", min=-INTEGER_MAX)
    return value


def _parse_date(field, text, lookups):
    try:
        value = dates.read_day(text, field.date_limit, lookups.today)
    except dates.NoSuchDay as refused:
        raise Refused("no_such_day", day=str(refused)) from None
    except ValueError:
        raise Refused("not_a_date") from None
    if not DATE_MIN <= value <= DATE_MAX:
        raise Refused("not_a_date")
    if field.date_limit == "past" and value > lookups.today:
        raise Refused("date_in_the_future")
    if field.date_limit == "future" and value < lookups.today:
        raise Refused("date_in_the_past")
    return value.isoformat()


def _parse_boolean(_field, text, _lookups):
    if text.lower() in TRUE_VALUES:
        return True
    if text.lower() in FALSE_VALUES:
        return False
    raise Refused("not_an_option")


def _parse_selection(field, text, _lookups):
    if text not in field.values:
        raise Refused("not_an_option")
    return text


def _parse_multi(field, raw, _lookups):
    chosen = set(several(raw.get(field.key)))
    if chosen - set(field.values):
        raise Refused("not_an_option")
    return [value for value in field.values if value in chosen] or None


def _parse_grid(field, raw, _lookups):
    """Days ticked, row by row."""
    grid = {}
    for row in field.values:
        ticked = set(several(raw.get(f"{field.key}.{row}")))
        if ticked - {str(day) for day in field.days}:
            raise Refused("not_an_option")
        days = [day for day in sorted(set(field.days)) if str(day) in ticked]
        if days:
            grid[row] = days
    return grid or None


# ------------------------------------------------------------
# Places and records
# ------------------------------------------------------------


def _parse_commune(_field, text, lookups):
    commune = lookups.commune(_check_length(text, CHAR_MAX))
    if not commune:
        raise Refused("not_a_commune", typed=text)
    return {"insee": commune["insee"], "label": commune["label"]}


def _parse_address(field, raw, lookups):
    """A commune that is not ours is kept as typed, unless the address must be of the territory:
    people also come from elsewhere."""
    parts = _get_parts(field, raw)
    if not any(parts.values()):
        return None
    for _part, problem in _check_address(field, parts, lookups):
        raise problem
    commune = lookups.commune(parts["commune"])
    return {
        "street": parts["street"],
        "street2": parts["street2"],
        "zip": parts["zip"] or (commune or {}).get("zip", ""),
        "insee": commune["insee"] if commune else "",
        "commune": commune["label"] if commune else parts["commune"],
    }


def _get_parts(field, raw):
    given = raw.get(field.key)
    if not isinstance(given, dict):
        given = {part: raw.get(f"{field.key}.{part}") for part in ADDRESS_PARTS}
    return {part: clean(single(given.get(part))) for part in ADDRESS_PARTS}


def _check_address(field, parts, lookups):
    """(part, what is wrong with it), the first that is told first."""
    for part, text in parts.items():
        if len(text) > CHAR_MAX:
            yield part, Refused("too_long", length=len(text), max=CHAR_MAX)
    for part in ("street", "commune"):
        if not parts[part]:
            yield part, Refused("incomplete_address")
    if parts["zip"] and not ZIP_PATTERN.fullmatch(parts["zip"]):
        yield "zip", Refused("not_a_postcode")
    if field.local and parts["commune"] and not lookups.commune(parts["commune"]):
        yield "commune", Refused("not_a_commune", typed=parts["commune"])


def find_wrong_part(field, raw, *, find_commune=None):
    """The part of an address beside which its problem is said: the first one to correct."""
    lookups = Lookups(date.today(), find_commune)
    for part, _problem in _check_address(field, _get_parts(field, raw), lookups):
        return part
    return "street"


def _parse_record(field, text, lookups):
    record = lookups.record(field, _check_length(text, 20))
    if not record:
        raise Refused("not_an_option")
    return record


def _parse_records(field, raw, lookups):
    """Each one once, in the same order whatever the order of the ticks."""
    records = {}
    for text in several(raw.get(field.key))[:100]:
        record = _parse_record(field, text, lookups)
        records[record["id"]] = record
    return [records[record_id] for record_id in sorted(records)] or None


def _parse_consent(field, text, lookups):
    if text.lower() not in TRUE_VALUES:
        return None
    text_hash = hashlib.sha256((field.label + "\n" + field.text).encode()).hexdigest()
    return {"given": True, "on": lookups.today.isoformat(), "text_hash": text_hash}


INPUT_PARSERS = {
    "address": _parse_address,
    "multi_selection": _parse_multi,
    "persons": _parse_records,
    "children": _parse_records,
    "weekly_grid": _parse_grid,
}
PARSERS = {
    "char": _parse_text,
    "text": _parse_text,
    "integer": _parse_integer,
    "date": _parse_date,
    "boolean": _parse_boolean,
    "selection": _parse_selection,
    "email": lambda _field, text, _lookups: parse_email(text),
    "phone": lambda _field, text, _lookups: parse_phone(text),
    "iban": _parse_iban,
    "siret": _parse_siret,
    "rna": _parse_rna,
    "commune": _parse_commune,
    "dwelling": _parse_record,
    "school": _parse_record,
    "consent": _parse_consent,
}
