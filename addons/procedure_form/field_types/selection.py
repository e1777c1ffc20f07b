from odoo.tools import LazyTranslate

from ..engine.definition import CHAR_MAX, Problem, Refused
from ..engine.parsing import check_length, clean, several, single
from .base import CHOICE, FieldType

_lt = LazyTranslate(__name__)


class SelectionType(FieldType):
    """One answer in a list. A free choice asks for words beside it."""

    code = "selection"
    label = _lt("One choice")
    explanation = _lt("One answer in a list")
    sequence = 1
    widget = "options"
    group = "choice"
    icon = "fa-dot-circle-o"
    settings = ("choices", "free", "prefill")
    # Where one of its choices has this value: `association`, `company`, `contributor`.
    prefills = ("organisation_kind",)
    operators = CHOICE
    has_options = True
    is_said_in_mail = True
    problem_words = {
        "no_options": _lt("“%(label)s”: there is nothing to choose from."),
    }

    def parse(self, field, raw, lookups):
        value = super().parse(field, raw, lookups)
        return value and read_choice(field, raw, value)

    def parse_text(self, field, text, lookups):
        if text not in field.values:
            raise Refused("not_an_option")
        return text

    def to_raw(self, field, value):
        return {field.key: get_value(value), **get_raw_words(field, [value])}

    def get_input_names(self, question, name):
        free = question.option_ids.filtered("is_free")
        return [name, *(f"{name}.{option.value}" for option in free)]

    def find_wordless(self, field, raw):
        """The free choice whose words are what is wrong; None when it is another thing."""
        for value in several(raw.get(field.key)):
            try:
                read_choice(field, raw, value)
            except Refused:
                return value
        return None

    def comparable(self, field, value):
        return [get_value(value)]

    def leave_words_out(self, value):
        return get_value(value)

    def can_hold(self, field, wanted, excluded):
        return bool(set(field.values).intersection(*wanted) - excluded)

    def is_reachable(self, field, named):
        return named <= set(field.values)

    def check_settings(self, field):
        if not field.options:
            yield Problem("no_options")

    def get_missing_sentence(self, env):
        return env._("Choose an answer.")

    def get_error_sentence(self, env, problem):
        if problem.code == "no_words":
            return env._("Write a few words.")
        return super().get_error_sentence(env, problem)

    def get_value_words(self, question, value):
        return get_labels(question).get(value, value)

    def format(self, question, value):
        return self.get_cell_reader(question)(value)

    def get_cell_reader(self, question):
        labels = get_labels(question)
        return lambda choice: say_choice(labels, choice)

    def index(self, question, value, communes):
        return index_choices([value], get_value(value))


def get_labels(question):
    return {option.value: option.label for option in question.option_ids}


# ------------------------------------------------------------
# A choice as it is kept: its value; a free one is a dict `value`, `words`
# ------------------------------------------------------------


def read_choice(field, raw, value):
    if value not in field.free:
        return value
    words = clean(single(raw.get(f"{field.key}.{value}")))
    if not words:
        raise Refused("no_words")
    return {"value": value, "words": check_length(words, CHAR_MAX)}


def get_value(choice):
    return choice["value"] if isinstance(choice, dict) else choice


def get_raw_words(field, choices):
    return {
        f"{field.key}.{choice['value']}": choice["words"]
        for choice in choices
        if isinstance(choice, dict)
    }


def say_choice(labels, choice):
    label = labels.get(get_value(choice)) or get_value(choice)
    if not isinstance(choice, dict):
        return label
    return f"{label.rstrip(' \xa0:…')}\xa0: {choice['words']}"


def index_choices(choices, values):
    """What was chosen, then what was written: both are searched."""
    words = [choice["words"] for choice in choices if isinstance(choice, dict)]
    return [{"value_text": text} for text in (values, *words)]
