"""The text that is written in its page: a bounded set of blocks, whatever was posted."""

import re

from lxml import html
from lxml_html_clean import Cleaner

from odoo.addons.content_approval.models.content_revision_text import OWN_FILE

TEXT = {"p", "h3", "h4", "ul", "ol", "li", "blockquote", "hr", "br", "a"}
WORDS = {"strong", "b", "em", "i", "u", "s", "sub", "sup"}
PLACES = {"figure", "figcaption", "img", "div"}
ATTRIBUTES = {"href", "src", "alt", "class", "loading"}
# Under the title of the block, which is of the second level.
RENAMED = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}
HEADING = re.compile(r"(</?)h([1256])\b")
# Columns stand side by side where there is room.
CLASSES = {
    name: name for name in ("container", "o_text_columns", "row", "col-md-6", "et-fig", "img-fluid")
} | {"col-6": "col-md-6"}
# A text is part of a page: these tags of a whole one are taken out, else it has two bodies.
DOCUMENT = re.compile(r"</?(?:html|head|body|frameset)\b[^>]*>?|<!doctype[^>]*>?", re.I)
# What no text holds, and no parser takes.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
# A tag that is taken out leaves what it held where no parser puts it, a paragraph in a paragraph:
# the text is read again, until it is what whoever opens it will read.
MOST_TURNS = 5
CLEANER = Cleaner(
    allow_tags=TEXT | WORDS | PLACES,
    remove_unknown_tags=False,
    safe_attrs_only=True,
    safe_attrs=ATTRIBUTES,
    style=True,
    comments=True,
    forms=True,
)


def rename_headings(body):
    """The same text with the headings that `bound` keeps: nothing else of it changes."""
    return HEADING.sub(lambda match: match[1] + RENAMED[f"h{match[2]}"], body)


def bound(body):
    """The same text with nothing but what the editor of the page offers."""
    written = _bound_once(body)
    for _turn in range(MOST_TURNS):
        again = _bound_once(written)
        if again == written:
            break
        written = again
    return written


def _bound_once(body):
    # Signs without width, with which the editor keeps a place for the caret.
    body = (body or "").replace("\ufeff", "").replace("\u200b", "")
    body = DOCUMENT.sub("", CONTROL.sub("", body))
    if not body.strip():
        return ""
    root = html.fragment_fromstring(body, create_parent="div")
    for element in root.iter(*RENAMED):
        element.tag = RENAMED[element.tag]
    for element in root.iter("div"):
        if "o-paragraph" in element.get("class", "").split():
            element.tag = "p"
    root = CLEANER.clean_html(root)
    for element in list(root.iter()):
        classes = [CLASSES[name] for name in element.get("class", "").split() if name in CLASSES]
        element.attrib.pop("class", None)
        if classes:
            element.set("class", " ".join(classes))
        # A picture that was pasted: it is put in with its description, or not at all.
        if element.tag == "img" and not OWN_FILE.fullmatch(element.get("src", "")):
            element.drop_tree()
    for element in list(root.iter("figcaption")):
        # Words alone: the caret goes in there by mistake.
        words = " ".join(element.text_content().split())
        for child in list(element):
            element.remove(child)
        element.text = words
    for element in list(root.iter("div")):
        if element is not root and not element.get("class"):
            element.drop_tag()
    for element in reversed(list(root)):
        if not _is_empty(element):
            break
        element.drop_tree()
    written = html.tostring(root, encoding="unicode")
    return written[len("<div>") : -len("</div>")].strip()


def _is_empty(element):
    """A line on which the caret waits after a picture."""
    has_text = element.text_content().strip() or (element.tail or "").strip()
    return element.tag == "p" and not has_text and all(child.tag == "br" for child in element)
