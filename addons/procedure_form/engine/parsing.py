"""One question: what was typed in, its typed answer out, or what is wrong."""

import re
import unicodedata
from dataclasses import dataclass, replace
from dataclasses import field as dict_field
from datetime import date
from functools import lru_cache

import phonenumbers
import re2

from .definition import (
    ADDRESS_PARTS,
    CHAR_MAX,
    Refused,
)

EMAIL_PATTERN = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
ZIP_PATTERN = re.compile(r"[0-9]{5}")
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


def check_length(text, maximum):
    if len(text) > maximum:
        raise Refused("too_long", length=len(text), max=maximum)
    return text


# ------------------------------------------------------------
# Texts
# ------------------------------------------------------------


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
    text = check_length(text, 254)
    if not EMAIL_PATTERN.fullmatch(text):
        raise Refused("not_an_email")
    local, _at, domain = text.rpartition("@")
    return f"{local}@{domain.lower()}"


def parse_phone(text):
    check_length(text, 40)
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


# ------------------------------------------------------------
# Numbers of the administration and of banks
# ------------------------------------------------------------


def compact(text):
    """Without what people put between groups of digits."""
    text = check_length(text, 60)
    return re.sub(r"[\s.-]", "", text).upper()


# ------------------------------------------------------------
# Addresses
# ------------------------------------------------------------


def get_address_parts(field, raw):
    given = raw.get(field.key)
    if not isinstance(given, dict):
        given = {part: raw.get(f"{field.key}.{part}") for part in ADDRESS_PARTS}
    return {part: clean(single(given.get(part))) for part in ADDRESS_PARTS}


def check_address(field, parts, lookups):
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
    # An address asks for no day.
    lookups = Lookups(None, find_commune)
    for part, _problem in check_address(field, get_address_parts(field, raw), lookups):
        return part
    return "street"
