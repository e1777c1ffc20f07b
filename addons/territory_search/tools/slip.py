"""Whether a word is another one mistyped: trigrams alone take « passé » for « passeport »."""

import re
from functools import lru_cache

# Of sounds, then of letters: from how many one slip is forgiven, then two. Of fewer, too many words
# are one letter away.
SOUND_SIZES, LETTER_SIZES = (4, 6), (5, 8)
# A word that nobody writes: comparing costs the square of its length.
LONGEST = 40
# What is followed by neither a vowel nor « n », « m » is heard through the nose.
NASAL = "(?![aeiouynmE])"
# French letters as they are heard, in this order. Accents are gone: « e » is each of its sounds.
SOUNDS = [
    (re.compile(letters), heard)
    for letters, heard in (
        # Nobody hears these.
        (r"(?<=[aeiou])s(?=n)|(?<=eu)x(?=[nm])|(?<=ba)p(?=t)|(?<=com)p(?=t)|(?<=scul)p(?=t)", ""),
        (r"ph", "f"),
        (r"s?ch|sh", "C"),
        (r"h", ""),
        (r"ck|qu?", "k"),
        (r"cc(?=[eiy])", "ks"),
        (r"c(?=[eiy])|ss|(?<=.)t(?=ion)|z", "s"),
        (r"c", "k"),
        (r"ge(?=[ao])|g(?=[eiy])", "j"),
        (r"gu(?=[eiy])", "g"),
        (r"x(?=.)", "ks"),
        (r"w", "v"),
        (r"e?aux?", "o"),
        (r"oeu|eu|ue(?=il)", "E"),
        (rf"[ae]i[nm]{NASAL}|[iuy][nm]{NASAL}|(?<=i)en{NASAL}", "1"),
        (rf"[ae][nm]{NASAL}", "2"),
        (rf"o[nm]{NASAL}", "3"),
        (r"(?<=[iCj])ers?$|(?:ez|et)$", "e"),
        (r"[ae][iy]", "e"),
        (r"y", "i"),
        (r"(.)\1+", r"\1"),
        (r"(?<=..)[tdxp]?e?s?$", ""),
        (r"E", "e"),
    )
]


@lru_cache(maxsize=20_000)
def sound(word):
    """How a word without accents is heard: « nouvo » is « nouveau », « kalite » « qualité »."""
    for letters, heard in SOUNDS:
        word = letters.sub(heard, word)
    return word


def is_slip(typed, meant):
    """One letter added, left out, changed or swapped with the next; two in a long word."""
    if max(len(typed), len(meant)) > LONGEST:
        return False
    return are_near(sound(typed), sound(meant), SOUND_SIZES) or are_near(typed, meant, LETTER_SIZES)


def are_near(one, other, sizes):
    if one == other:
        return True
    most = sum(min(len(one), len(other)) >= size for size in sizes)
    return abs(len(one) - len(other)) <= most and distance(one, other) <= most


@lru_cache(maxsize=20_000)
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
