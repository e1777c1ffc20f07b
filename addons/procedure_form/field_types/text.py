from odoo.tools import LazyTranslate

from ..engine.definition import TEXT_MAX
from .base import ANSWERED
from .char import CharType

_lt = LazyTranslate(__name__)


class TextType(CharType):
    """A longer answer, on several lines."""

    code = "text"
    label = _lt("Long text")
    explanation = _lt("A longer answer, on several lines")
    sequence = 2
    widget = "text"
    icon = "fa-align-left"
    settings = ("length", "pattern")
    prefills = ()
    operators = ANSWERED
    length_max = TEXT_MAX
    multiline = True

    def index(self, question, value, communes):
        return []
