"""Whether a word is another one mistyped: trigrams alone take « passé » for « passeport »."""

import re
from functools import lru_cache

# From this number of sounds, two slips are forgiven.
LONG = 6
# A word that nobody writes: comparing costs the square of its length.
LONGEST = 40
SOUNDS = (
    ("eau", "o"),
    ("au", "o"),
    ("ain", "in"),
    ("ein", "in"),
    ("ai", "e"),
    ("ei", "e"),
    ("ph", "f"),
    ("th", "t"),
    ("qu", "k"),
    ("y", "i"),
)


@lru_cache(maxsize=20_000)
def sound(word):
    """How a word without accents is heard: « nouvo » is « nouveau », « kalite » « qualité »."""
    for letters, heard in SOUNDS:
        word = word.replace(letters, heard)
    word = re.sub(r"c(?![eih])", "k", word)
    word = re.sub(r"(.)\1+", r"\1", word)
    return re.sub(r"(?<=..)[estxz]+$", "", word)


def is_slip(typed, meant):
    """One letter added, left out, changed or swapped with the next; two in a long word."""
    if max(len(typed), len(meant)) > LONGEST:
        return False
    typed, meant = sound(typed), sound(meant)
    most = 1 if min(len(typed), len(meant)) < LONG else 2
    return abs(len(typed) - len(meant)) <= most and distance(typed, meant) <= most


def distance(one, other):
    """Letters to add, leave out, change or swap with the next to make a word of another."""
    before, row = [], list(range(len(other) + 1))
    for rank, letter in enumerate(one, 1):
        former, before, row = before, row, [rank]
        for place, expected in enumerate(other, 1):
            cost = min(
                before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != expected)
            )
            if rank > 1 and place > 1 and (letter, one[rank - 2]) == (other[place - 2], expected):
                cost = min(cost, former[place - 2] + 1)
            row.append(cost)
    return row[-1]
