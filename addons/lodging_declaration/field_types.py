from odoo.tools import LazyTranslate

from odoo.addons.procedure_form.engine.definition import Refused
from odoo.addons.procedure_form.engine.parsing import compact
from odoo.addons.procedure_form.field_types.base import FieldType

from .numbers import find_problem

_lt = LazyTranslate(__name__)


class LodgingNumberType(FieldType):
    """The number that the national teleservice gives to a furnished tourist lodging."""

    code = "lodging_number"
    label = _lt("Registration number of a lodging")
    explanation = _lt("13 characters, given by the national site, checked")
    sequence = 8
    size = 3
    icon = "fa-bed"
    is_text = is_typed = tells_where = True
    # One of a household or of a company: it names a home.
    in_block = False

    def parse_text(self, field, text, lookups):
        number = compact(text).upper()
        problem = find_problem(number)
        if problem:
            raise Refused(problem, count=len(number))
        return number

    def get_hint(self, env):
        return env._("13 characters, for example 55010 123456 AB.")

    def get_missing_sentence(self, env):
        return env._("Enter the registration number.")

    def get_error_sentence(self, env, problem):
        sentences = {
            "lodging_length": env._(
                "This number has 13 characters. %(count)s were typed.", **dict(problem.params)
            )
            if problem.code == "lodging_length"
            else "",
            "lodging_commune": env._(
                "It begins with the 5 characters of the commune, for example 55010."
            ),
            "lodging_digits": env._("After the commune come 6 digits. Check them."),
            "lodging_key": env._("It ends with 2 letters or digits. Check them."),
        }
        return sentences.get(problem.code) or super().get_error_sentence(env, problem)

    def format(self, question, value):
        return "\xa0".join((value[:5], value[5:11], value[11:]))

    def get_cell_reader(self, question):
        return lambda value: value


LODGING_NUMBER = LodgingNumberType()
