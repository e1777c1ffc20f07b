from odoo.tools import LazyTranslate

from ..engine.definition import FALSE_VALUES, TRUE_VALUES, Refused
from .base import YES, FieldType

_lt = LazyTranslate(__name__)


class BooleanType(FieldType):
    """Yes or no: no is an answer."""

    code = "boolean"
    label = _lt("Yes or no")
    explanation = _lt("A question answered by yes or no")
    sequence = 3
    widget = "yes_no"
    group = "choice"
    icon = "fa-toggle-on"
    operators = YES
    is_said_in_mail = True

    def parse_text(self, field, text, lookups):
        if text.lower() in TRUE_VALUES:
            return True
        if text.lower() in FALSE_VALUES:
            return False
        raise Refused("not_an_option")

    def to_raw(self, field, value):
        return {field.key: "1" if value else "0"}

    def comparable(self, field, value):
        return ["1" if value else "0"]

    def expected(self, field, values):
        return {read_boolean(value) for value in values}

    def can_hold(self, field, wanted, excluded):
        return bool({"0", "1"}.intersection(*wanted) - excluded)

    def is_reachable(self, field, named):
        return named <= {"0", "1"}

    def get_missing_sentence(self, env):
        return env._("Answer yes or no.")

    def get_value_words(self, question, value):
        return self.format(question, value.lower() in TRUE_VALUES)

    def get_condition_choices(self, env):
        return {"1": env._("Yes"), "0": env._("No")}

    def get_condition_words(self, question, value):
        return get_boolean_words(question, value)

    def format(self, question, value):
        return question.env._("Yes") if value else question.env._("No")

    def index(self, question, value, communes):
        return [{"value_text": "1" if value else "0"}]


def read_boolean(value):
    """As a condition names it; what is neither yes nor no stays."""
    if value.lower() in TRUE_VALUES:
        return "1"
    return "0" if value.lower() in FALSE_VALUES else value


def get_boolean_words(question, value):
    """Of yes or no, as a condition names it."""
    yes, no = question.env._("Yes"), question.env._("No")
    return {"1": yes, "true": yes, "0": no, "false": no}.get(value.lower(), value)
