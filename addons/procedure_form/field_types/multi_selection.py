from odoo.tools import LazyTranslate

from ..engine.definition import Refused
from ..engine.parsing import several
from .selection import SelectionType, get_labels

_lt = LazyTranslate(__name__)


class MultiSelectionType(SelectionType):
    """Several answers in a list."""

    code = "multi_selection"
    label = _lt("Several choices")
    explanation = _lt("Several answers in a list")
    sequence = 2
    icon = "fa-check-square-o"
    is_counted = is_several = True

    def parse(self, field, raw, lookups):
        chosen = set(several(raw.get(field.key)))
        if chosen - set(field.values):
            raise Refused("not_an_option")
        return [value for value in field.values if value in chosen] or None

    def to_raw(self, field, value):
        return {field.key: list(value)}

    def comparable(self, field, value):
        return value

    def can_hold(self, field, wanted, excluded):
        rest = set(field.values) - excluded
        return bool(rest) and all(values & rest for values in wanted)

    def get_missing_sentence(self, env):
        return env._("Choose at least one answer.")

    def index(self, question, value, communes):
        return [{"value_text": ",".join(value)}]

    def get_cell_reader(self, question):
        labels = get_labels(question)
        return lambda values: ", ".join(labels.get(each) or each for each in values)
