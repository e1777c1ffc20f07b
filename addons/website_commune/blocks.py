"""What a page of a commune is made of."""

from typing import NamedTuple


class Block(NamedTuple):
    """One part of the page. What it shows is prepared by `_prepare_<code>_block()`."""

    title: str
    # Last part of its address: #mairie.
    anchor: str
    template: str
    # Where it stands as long as the commune has not arranged its page.
    rank: int
    # main, or side
    place: str = "main"
    # Written by the commune: not shown before its page is open.
    is_own: bool = False


class ShownBlock(NamedTuple):
    """A block of one page, with what it shows."""

    key: str
    block: Block
    values: dict
