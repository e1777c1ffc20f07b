"""The address of a page, without anything that opens something."""

import re
from urllib.parse import quote, unquote, urlsplit

PAGE_MAX = 200
HIDDEN = "…"
# Words and numbers with hyphens, as we make addresses; the number of a request opens nothing.
PLAIN = re.compile(r"[^\W\d_]+|\d{1,10}")
NUMBER = re.compile(r"[A-Z]{2,12}-\d{4}-\d{3,8}")
# Technical names: a model, a file.
NAME = re.compile(r"(?=.{1,32}$)[a-z_]+(\.[a-z_]+){0,3}")
SHORT, LONGEST_WORD = 8, 24


def clean_page(typed):
    """The path alone: no host, no question mark, no fragment, no secret among its parts.

    Empty for what is no address of this site.
    """
    if not isinstance(typed, str):
        return ""
    try:
        path = unquote(urlsplit(typed.strip()).path)
    except ValueError:
        return ""
    # What was written twice over (%253F) is cut too.
    path = re.split(r"[?#;\\\s\x00]|%3f|%23", unquote(path), maxsplit=1, flags=re.I)[0]
    if not path.startswith("/") or path.startswith("//"):
        return ""
    parts = [part if _is_plain(part) else HIDDEN for part in path.split("/")]
    return "/".join(parts)[:PAGE_MAX]


def _is_plain(part):
    """A word, a number, the number of a request; a code or a signature is none."""
    if NUMBER.fullmatch(part):
        return True
    words = part.split("-")
    if not all(PLAIN.fullmatch(word) and len(word) <= LONGEST_WORD for word in words if word):
        return bool(NAME.fullmatch(part))
    # A long word in capitals is a code.
    return len(part) < SHORT or part == part.lower()


def link_page(path):
    """As the value of a parameter."""
    return quote(clean_page(path), safe="/")
