from odoo.tools import LazyTranslate

from ..engine.definition import Problem, Refused
from .base import CHOICE, FieldType

_lt = LazyTranslate(__name__)


class SelectionType(FieldType):
    """One answer in a list."""

    code = "selection"
    label = _lt("One choice")
    explanation = _lt("One answer in a list")
    sequence = 1
    widget = "options"
    group = "choice"
    icon = "fa-dot-circle-o"
    settings = ("choices",)
    operators = CHOICE
    has_options = True
    problem_words = {
        "no_options": _lt("“%(label)s”: there is nothing to choose from."),
    }

    def parse_text(self, field, text, lookups):
        if text not in field.values:
            raise Refused("not_an_option")
        return text

    def can_hold(self, field, wanted, excluded):
        return bool(set(field.values).intersection(*wanted) - excluded)

    def is_reachable(self, field, named):
        return named <= set(field.values)

    def check_settings(self, field):
        if not field.options:
            yield Problem("no_options")

    def get_missing_sentence(self, env):
        return env._("Choose an answer.")

    def get_value_words(self, question, value):
        return get_labels(question).get(value, value)

    def format(self, question, value):
        return self.get_cell_reader(question)(value)

    def get_cell_reader(self, question):
        labels = get_labels(question)
        return lambda value: labels.get(value) or value


def get_labels(question):
    return {option.value: option.label for option in question.option_ids}
