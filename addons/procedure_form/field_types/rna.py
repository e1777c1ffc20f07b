import re

from odoo.tools import LazyTranslate

from ..engine.definition import Refused
from ..engine.parsing import compact
from .base import FieldType

RNA_PATTERN = re.compile(r"W[0-9]{9}")

_lt = LazyTranslate(__name__)


class RnaType(FieldType):
    code = "rna"
    label = _lt("RNA number")
    explanation = _lt("The number of an association: W and 9 digits")
    sequence = 8
    size = 2
    attributes = {"capitals": True}
    group = "people"
    icon = "fa-handshake-o"
    settings = ("prefill",)
    prefills = ("organisation_rna",)
    is_text = is_typed = True

    def parse_text(self, field, text, lookups):
        text = compact(text)
        if not RNA_PATTERN.fullmatch(text):
            raise Refused("not_a_rna")
        return text

    def get_hint(self, env):
        return env._("W and 9 digits.")

    def get_missing_sentence(self, env):
        return env._("Enter an RNA number.")

    def get_error_sentence(self, env, problem):
        if problem.code == "not_a_rna":
            return env._("Enter W and 9 digits, such as W551000000.")
        return super().get_error_sentence(env, problem)

    def get_cell_reader(self, question):
        return lambda value: value
