"""French as it is printed (Lexique des règles typographiques de l'Imprimerie nationale): a space
that no line breaks before ":", ";", "?", "!" and inside the quotes, one sign at a time.

    typography.py addons/*/i18n/fr.po     sets what somebody wrote by hand
"""

import re
import sys

import polib

NO_BREAK = "\u00a0"
TAG = "\u2060"
# What is no text: tags with their attributes, entities, addresses, placeholders.
NO_TEXT = re.compile(r"<[^>]*>|&#?\w+;|https?://\S*|%\(\w+\)[sd]")
BREAKABLE = r"(?<=\S) (?=[:;?!»](?:\W|$))|(?<=«) "
FAULTS = {
    "no space before the sign": re.compile(rf"[\w)%{TAG}][:;?!](?=\s|$)"),
    "a space where a line may break": re.compile(BREAKABLE),
    "two spaces": re.compile(rf"(?<=\S)[ {NO_BREAK}]{{2,}}(?=\S)"),
    "two signs": re.compile(r"(?<!\.)\.\.(?!\.)|,,|[.?!] ?:(?=\s)"),
    "a space too much": re.compile(r"(?<=\w) [.,)](?=\s|$)"),
}


def typeset(text):
    """The same text, its spaces as they are printed."""
    return re.sub(
        f"{NO_TEXT.pattern}|{BREAKABLE}",
        lambda found: NO_BREAK if found.group() == " " else found.group(),
        text,
    )


def get_faults(text):
    """A line for each fault, with the words around it."""
    bare = NO_TEXT.sub(lambda found: TAG if found.group().startswith("<") else "x", text)
    return [
        f"{fault}: {bare[max(0, found.start() - 30) : found.end() + 10]!r}"
        for fault, pattern in FAULTS.items()
        for found in pattern.finditer(bare)
    ]


def main(*catalogues):
    """Set the French of these catalogues."""
    for path in catalogues:
        catalogue = polib.pofile(path)
        for term in catalogue:
            term.msgstr = typeset(term.msgstr)
        catalogue.save(path)


if __name__ == "__main__":
    main(*sys.argv[1:])
