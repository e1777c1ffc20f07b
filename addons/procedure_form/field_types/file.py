from odoo.tools import LazyTranslate

from .base import FieldType

_lt = LazyTranslate(__name__)


class FileType(FieldType):
    """A document: its files are no answer, only their number counts."""

    code = "file"
    label = _lt("Document or photo")
    explanation = _lt("A document or a photo to add")
    sequence = 1
    widget = "file"
    group = "document"
    icon = "fa-paperclip"
    settings = ("file",)
    holds = "files"
    in_block = False

    def get_missing_sentence(self, env):
        return env._("Add the document.")
