"""The number of a school in the national register (UAI, once RNE). No ORM."""

import re

# A letter for each remainder: I, O and Q look like figures.
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
UAI = re.compile(r"(\d{7})([A-Z])")


def clean(text):
    """As it is stored: “055 0001 a” -> “0550001A”."""
    return re.sub(r"[\s.-]", "", text or "").upper()


def is_valid(number):
    """Seven figures, and the letter that their division by 23 leaves."""
    found = UAI.fullmatch(number or "")
    return bool(found) and LETTERS[int(found[1]) % len(LETTERS)] == found[2]
