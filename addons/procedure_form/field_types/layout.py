from odoo.tools import LazyTranslate

from ..engine.definition import Problem
from .base import FieldType

_lt = LazyTranslate(__name__)


class LayoutType(FieldType):
    """What asks nothing."""

    group = "layout"
    operators = ()
    holds = "nothing"
    words_label = _lt("Title")


class PageType(LayoutType):
    code = "page"
    label = _lt("New page")
    explanation = _lt("Starts a new screen of the form")
    sequence = 1
    icon = "fa-file-o"
    starts = "page"
    in_block = False


class SectionType(LayoutType):
    code = "section"
    label = _lt("Section")
    explanation = _lt("A title above several questions")
    sequence = 2
    icon = "fa-header"
    starts = "section"
    in_block = False


class InformationType(LayoutType):
    code = "information"
    label = _lt("Information text")
    explanation = _lt("A text to read; there is nothing to answer")
    sequence = 3
    icon = "fa-info-circle"
    widget = "information"
    help_label = _lt("Text")


class LinkType(LayoutType):
    code = "link"
    label = _lt("Link")
    explanation = _lt("A link to a page or a document")
    sequence = 4
    icon = "fa-external-link"
    widget = "link"
    settings = ("url",)
    problem_words = {
        "bad_url": _lt("“%(label)s”: the address of the link starts with https:// or /."),
    }

    def check_settings(self, field):
        if not is_safe_url(field.url):
            yield Problem("bad_url")


class ExitType(LayoutType):
    """Ends the form when it is shown: nothing is filed, she is told why."""

    code = "exit"
    label = _lt("Exit page")
    explanation = _lt("Ends the form for those who do not need it, and tells them why")
    sequence = 6
    icon = "fa-sign-out"
    widget = "exit"
    settings = ("url",)
    in_block = False
    ends = True
    help_label = _lt("Text")
    problem_words = {
        **LinkType.problem_words,
        "exit_always": _lt(
            "“%(label)s”: say for which answers the form ends, else nobody could send it."
        ),
    }

    def check_settings(self, field):
        if field.url and not is_safe_url(field.url):
            yield Problem("bad_url")
        if not field.conditions:
            yield Problem("exit_always")


def is_safe_url(url):
    """An https address, or a page of this site."""
    is_local = url.startswith("/") and not url.startswith(("//", "/\\"))
    is_plain = url.isprintable() and not any(char in url for char in ' "<>\\')
    return is_plain and (is_local or url.startswith("https://") and len(url) > len("https://"))
