"""The words of a mail, in the order of reading: what it says, what to do, the rest."""

import re
from typing import NamedTuple

from lxml import html
from markupsafe import Markup, escape

BLOCKS = {"blockquote", "div", "h1", "h2", "h3", "ol", "p", "section", "table", "ul"}
# On the page or the paper that says the same words: the mail has its own.
NOT_IN_MAIL = "o_not_in_mail"
# Core's words greet by themselves.
GREETED = re.compile(r"\s*(Bonjour|Hello|Cher|Dear)\b")


class Parts(NamedTuple):
    title: str
    lead: Markup
    button: tuple  # (label, address), empty when there is none
    rest: Markup


def take_apart(body, button=()):
    """A heading that comes first is the title. A link alone in its paragraph is the button, and
    what stands before it is the lead; without one the lead is the first sentence, and what it
    announces by a colon.

    :param body: HTML (Markup), or plain text
    :param button: known already: only the same link in the words tells its place
    """
    root = html.fragment_fromstring(str(escape(body or "")), create_parent="div")
    for element in root.xpath(f"//*[contains(@class, '{NOT_IN_MAIL}')]"):
        element.drop_tree()
    while len(root) == 1 and root[0].tag == "div" and not _text(root.text, root[0].tail):
        root = root[0]
    blocks = list(root)
    if _text(root.text) or any(each.tag not in BLOCKS or _text(each.tail) for each in blocks):
        return Parts("", _inside(root), button, Markup())
    blocks = [each for each in blocks if each.text_content().strip()]
    title = blocks.pop(0).text_content().strip() if blocks and blocks[0].tag == "h1" else ""
    for number, block in enumerate(blocks):
        link = _get_lone_link(block)
        if link and (not button or link[1] == button[1]):
            return Parts(title, _join(blocks[:number]), button or link, _join(blocks[number + 1 :]))
    ends = (number for number, each in enumerate(blocks, 1) if not _announces(each))
    count = next(ends, len(blocks))
    return Parts(title, _join(blocks[:count]), button, _join(blocks[count:]))


def is_greeted(body):
    """Whether these words, in HTML, begin with a greeting of their own."""
    return bool(GREETED.match(re.sub(r"<[^>]*>", " ", str(body or ""))))


def _text(*texts):
    return "".join(text or "" for text in texts).strip()


def _announces(block):
    return block.text_content().strip().endswith(":")


def _get_lone_link(block):
    links = block.xpath(".//a[@href]")
    if len(links) != 1 or links[0].text_content().strip() != block.text_content().strip():
        return ()
    return " ".join(links[0].text_content().split()), links[0].get("href")


def _inside(root):
    return escape(root.text or "") + _join(root)


def _join(elements):
    return Markup("").join(
        Markup(html.tostring(each, encoding="unicode"))  # noqa: S704 # already HTML
        for each in elements
    )
