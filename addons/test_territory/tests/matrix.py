"""Read a rights matrix of docs/rights.md: the page is the rule, the test obeys it.

A matrix is the Markdown tables under its heading (``## Matrix``, ``## Matrix of contents``…): one
row per persona, one column per object; a cell holds the operations allowed (``R`` read, ``W``
write, ``C`` create, ``D`` delete, ``T`` transition) or ``·`` for none.
"""

import re
from pathlib import Path

OPERATIONS = "RWCDT"
NOTHING = "·"
PAGE = Path(__file__).parents[3] / "docs" / "rights.md"


def parse(text, heading="Matrix"):
    """Return ``{persona: {object: set of letters}}``; raise ValueError on an unreadable cell."""
    section = text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    matrix = {}
    for table in re.findall(r"(?:^ *\|.*\n?)+", section, re.MULTILINE):
        for persona, cells in _parse_table(table):
            matrix.setdefault(persona, {}).update(cells)
    return matrix


def _parse_table(table):
    header, _rule, *body = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in table.strip().splitlines()
    ]
    for persona, *cells in body:
        if len(cells) != len(header) - 1:
            raise ValueError(f"{persona}: {len(cells)} cells for {len(header) - 1} objects")
        yield (
            persona.strip("`"),
            {
                name.strip("`"): _letters(persona, cell)
                for name, cell in zip(header[1:], cells, strict=True)
            },
        )


def _letters(persona, cell):
    if cell == NOTHING:
        return set()
    if not cell or set(cell) - set(OPERATIONS):
        raise ValueError(f"{persona}: unreadable cell {cell!r}")
    return set(cell)


def load(heading="Matrix"):
    """The matrix of this checkout."""
    return parse(PAGE.read_text(encoding="utf-8"), heading)
