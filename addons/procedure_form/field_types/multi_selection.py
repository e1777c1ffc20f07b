from odoo.tools import LazyTranslate

from ..engine.definition import Refused
from ..engine.parsing import several
from .selection import (
    SelectionType,
    get_labels,
    get_raw_words,
    get_value,
    index_choices,
    read_choice,
    say_choice,
)

_lt = LazyTranslate(__name__)


class MultiSelectionType(SelectionType):
    """Several answers in a list."""

    code = "multi_selection"
    label = _lt("Several choices")
    explanation = _lt("Several answers in a list")
    sequence = 2
    settings = ("choices", "free")
    prefills = ()
    icon = "fa-check-square-o"
    is_counted = is_several = True

    def parse(self, field, raw, lookups):
        chosen = set(several(raw.get(field.key)))
        if chosen - set(field.values):
            raise Refused("not_an_option")
        return [read_choice(field, raw, value) for value in field.values if value in chosen] or None

    def to_raw(self, field, value):
        return {field.key: [get_value(each) for each in value], **get_raw_words(field, value)}

    def comparable(self, field, value):
        return [get_value(each) for each in value]

    def leave_words_out(self, value):
        return [get_value(each) for each in value]

    def can_hold(self, field, wanted, excluded):
        rest = set(field.values) - excluded
        return bool(rest) and all(values & rest for values in wanted)

    def get_missing_sentence(self, env):
        return env._("Choose at least one answer.")

    def index(self, question, value, communes):
        return index_choices(value, ",".join(get_value(each) for each in value))

    def get_cell_reader(self, question):
        labels = get_labels(question)
        return lambda choices: ", ".join(say_choice(labels, each) for each in choices)
