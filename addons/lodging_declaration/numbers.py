"""The registration number of a furnished tourist lodging. No ORM.

13 characters: the INSEE code of the commune (5), 6 digits, 2 letters or digits (code du tourisme,
D324-1-1).
"""

import re

# Corsica has a letter in its codes; overseas ones are digits.
COMMUNE = re.compile(r"[0-9][0-9AB][0-9]{3}")


def find_problem(number):
    """The code of what is wrong with it, once spaces are gone; empty when nothing is."""
    if len(number) != 13:
        return "lodging_length"
    if not COMMUNE.fullmatch(number[:5]):
        return "lodging_commune"
    if not re.fullmatch(r"[0-9]{6}", number[5:11]):
        return "lodging_digits"
    if not re.fullmatch(r"[0-9A-Z]{2}", number[11:]):
        return "lodging_key"
    return ""
