import re

from stdnum.fr import siret

from odoo.tools import LazyTranslate

from ..engine.definition import Refused
from ..engine.parsing import compact
from .base import FieldType

_lt = LazyTranslate(__name__)


class SiretType(FieldType):
    code = "siret"
    label = _lt("SIRET number")
    explanation = _lt("The number of a company, 14 digits, checked")
    sequence = 7
    size = 3
    attributes = {"inputmode": "numeric"}
    group = "people"
    icon = "fa-industry"
    settings = ("prefill",)
    prefills = ("organisation_siret",)
    is_text = is_typed = True

    def parse_text(self, field, text, lookups):
        text = compact(text)
        if not re.fullmatch(r"[0-9]{14}", text):
            raise Refused("siret_digits", count=sum(char.isdigit() for char in text))
        if not siret.is_valid(text):
            raise Refused("not_a_siret")
        return text

    def get_hint(self, env):
        return env._("14 digits.")

    def get_missing_sentence(self, env):
        return env._("Enter a SIRET number.")

    def get_error_sentence(self, env, problem):
        if problem.code == "siret_digits":
            params = dict(problem.params)
            return env._("A SIRET has 14 digits. %(count)s were typed.", **params)
        if problem.code == "not_a_siret":
            return env._("This SIRET has a wrong digit. Check it.")
        return super().get_error_sentence(env, problem)

    def format(self, question, value):
        return "\xa0".join((value[:3], value[3:6], value[6:9], value[9:]))

    def get_cell_reader(self, question):
        return lambda value: value
