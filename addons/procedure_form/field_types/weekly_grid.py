from odoo.tools import LazyTranslate

from ..engine.definition import Problem, Refused
from ..engine.parsing import several
from .base import FieldType

# Title of the lines of a grid, beside its days, which are numbers.
ROW = "row"

_lt = LazyTranslate(__name__)


class WeeklyGridType(FieldType):
    """Days to tick, line by line."""

    code = "weekly_grid"
    label = _lt("Weekly grid")
    explanation = _lt("Days to tick for each service: canteen, after-school care")
    sequence = 5
    widget = "grid"
    group = "choice"
    icon = "fa-th"
    settings = ("choices", "grid")
    is_counted = is_several = True
    is_said_in_mail = True
    problem_words = {
        "no_grid": _lt("“%(label)s”: give the lines and the days of the grid."),
    }

    def parse(self, field, raw, lookups):
        grid = {}
        for row in field.values:
            ticked = set(several(raw.get(f"{field.key}.{row}")))
            if ticked - {str(day) for day in field.days}:
                raise Refused("not_an_option")
            days = [day for day in sorted(set(field.days)) if str(day) in ticked]
            if days:
                grid[row] = days
        return grid or None

    def get_input_names(self, question, name):
        return [f"{name}.{option.value}" for option in question.option_ids]

    def to_raw(self, field, value):
        return {f"{field.key}.{row}": [str(day) for day in days] for row, days in value.items()}

    def count(self, value):
        return sum(len(days) for days in value.values())

    def check_settings(self, field):
        if not (field.options and field.days):
            yield Problem("no_grid")

    def get_missing_sentence(self, env):
        return env._("Tick at least one day.")

    def format(self, question, value):
        return join_lines(self.get_lines(question, value))

    def get_lines(self, question, value):
        names = question._get_day_names()
        return [
            (option.label, ", ".join(names.get(day, str(day)).lower() for day in days))
            for option in question.option_ids
            if (days := value.get(option.value))
        ]

    def get_shown(self, question, value):
        lines = self.get_lines(question, value)
        return [(f"{question.label} – {label}", shown) for label, shown in lines]

    def index(self, question, value, communes):
        return [{"value_text": self.format(question, value)}]

    def get_line_headers(self, question):
        names = question._get_day_names()
        days = {day: names[day] for day in question._prepare_engine_field().days}
        return {ROW: question.label, **days}

    def get_line_reader(self, question):
        """In the order of the form, which JSON does not keep. A 1 for each day: a planning is a
        sum."""
        labels = {option.value: option.label for option in question.option_ids}
        return lambda rows: [
            {ROW: label, **dict.fromkeys(rows[name], 1)}
            for name, label in labels.items()
            if name in rows
        ]


def join_lines(lines):
    return " ; ".join(f"{label}\xa0: {shown}" for label, shown in lines)
