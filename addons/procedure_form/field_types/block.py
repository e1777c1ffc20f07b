from odoo.tools import LazyTranslate

from ..engine.definition import ROWS_MAX, Problem
from .base import FieldType
from .char import COUNT_WORDS, check_count
from .integer import RANGE_WORDS
from .weekly_grid import join_lines

_lt = LazyTranslate(__name__)


class BlockType(FieldType):
    """Questions asked several times: the engine reads the rows, each by the types of its own."""

    code = "block"
    label = _lt("Repeated block")
    explanation = _lt("Questions asked several times: for each child, each vehicle")
    sequence = 5
    widget = "rows"
    group = "layout"
    icon = "fa-clone"
    settings = ("rows",)
    holds = "rows"
    in_block = False
    is_counted = True
    words_label = _lt("Name of the block")
    problem_words = {
        **COUNT_WORDS,
        **RANGE_WORDS,
        "too_many_rows_asked": _lt("“%(label)s”: a block has %(max)s lines at most."),
        "empty_block": _lt("“%(label)s”: this block holds no field."),
    }

    def to_raw(self, field, value):
        return {
            f"{field.key}.{number}.{name}": shown
            for number, row in enumerate(value)
            for child in field.rows
            if child.key in row
            for name, shown in child.kind.to_raw(child, row[child.key]).items()
        }

    def get_range(self, field):
        return field.minimum or 0, field.rows_limit

    def check_settings(self, field):
        if not field.rows:
            yield Problem("empty_block")
        if field.rows_limit > ROWS_MAX:
            yield Problem("too_many_rows_asked", (("max", ROWS_MAX),))
        yield from check_count(field.minimum, field.rows_limit)
        low, high = self.get_range(field)
        if low > high:
            yield Problem("impossible_range")

    def get_missing_sentence(self, env):
        return env._("Fill in at least one line.")

    def format(self, question, value):
        return join_lines(self.get_lines(question, value))

    def get_lines(self, question, value):
        children = question._get_rows()
        return [
            (f"{question.label} {number} – {child.label}", child._format_answer(row[child.key]))
            for number, row in enumerate(value, 1)
            for child in children
            if child.key in row
        ]

    def get_shown(self, question, value):
        return self.get_lines(question, value)

    def index(self, question, value, communes):
        return []

    def get_line_headers(self, question):
        return {child.key: child.label or child.key for child in question._get_rows()}

    def get_line_reader(self, question):
        readers = {child.key: child._get_cell_reader() for child in question._get_rows()}
        return lambda lines: [
            {key: readers[key](value) for key, value in line.items() if key in readers}
            for line in lines
        ]
