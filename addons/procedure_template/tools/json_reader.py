"""JSON as people write it by hand: each mistake has a place, and nothing is guessed."""

import json

MAX_BYTES = 512 * 1024
MAX_DEPTH = 8


class JsonRefused(Exception):
    """What is wrong, in a code: the caller knows the words."""

    def __init__(self, code, **params):
        self.code = code
        self.params = params
        super().__init__(code)


def read_json(content):
    """The value that these bytes hold; raises JsonRefused."""
    if len(content) > MAX_BYTES:
        raise JsonRefused("too_big", max=MAX_BYTES // 1024)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise JsonRefused("not_utf8", line=line) from error
    try:
        value = json.loads(text, object_pairs_hook=_without_duplicates, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise JsonRefused("syntax", line=error.lineno, column=error.colno) from error
    except (RecursionError, ValueError) as error:
        # Thousands of brackets, or of digits.
        raise JsonRefused("unreadable") from error
    _check_values(value, MAX_DEPTH)
    return value


def _without_duplicates(pairs):
    found = {}
    for key, value in pairs:
        if key in found:
            raise JsonRefused("duplicate", key=key[:100])
        found[key] = value
    return found


def _no_constant(name):
    raise JsonRefused("unreadable")


def _check_values(value, depth):
    if isinstance(value, str):
        if not is_storable(value):
            text = "".join(char if is_storable(char) else "?" for char in value)
            raise JsonRefused("character", text=text[:60])
    elif isinstance(value, dict | list):
        if not depth:
            raise JsonRefused("unreadable")
        for child in value:
            _check_values(child, depth - 1)
        for child in value.values() if isinstance(value, dict) else ():
            _check_values(child, depth - 1)


def is_storable(text):
    """Whether a database keeps this text: no half character, nothing that is not printed."""
    return not any(
        (char < " " and char not in "\n\r\t") or "\ud800" <= char <= "\udfff" for char in text
    )
