import re
from datetime import time

from odoo.tools import LazyTranslate

from ..engine.definition import Refused
from .decimal import LimitedType

MARKED = re.compile(r"([0-9]{1,2}) ?(?:h|heures?|[:.,]) ?(?:([0-9]{2})(?::00)?)?", re.IGNORECASE)
# As the figures of a phone write it: 930 or 0930; 9 is nine o'clock.
FIGURES = re.compile(r"([0-9]{1,2}?)([0-9]{2})?")

_lt = LazyTranslate(__name__)


class TimeType(LimitedType):
    """A time of the day, kept as "09:30"."""

    code = "time"
    label = _lt("Time")
    explanation = _lt("A time of the day, such as 9h30")
    sequence = 2
    size = 2
    icon = "fa-clock-o"
    condition_input = "time"
    is_hint_printed = False
    # A time is compared; it is no number of a formula.
    is_number = False

    def keep(self, field, text):
        return f"{read_minutes(text) // 60:02}:{read_minutes(text) % 60:02}"

    def to_value(self, kept):
        hours, _colon, minutes = kept.partition(":")
        return int(hours) * 60 + int(minutes)

    def get_bounds(self):
        return 0, 24 * 60 - 1

    def expected(self, field, values):
        found = set()
        for value in values:
            try:
                found.add(read_minutes(value))
            except Refused:
                continue
        return found

    def is_reachable(self, field, named):
        low, high = self.get_range(field)
        return all(low <= value <= high for value in named)

    def get_attributes(self, question):
        return {"inputmode": "numeric", "number": "time"}

    def get_hint(self, env):
        return env._("Example: 9h30, or 930")

    def get_missing_sentence(self, env):
        return env._("Enter a time.")

    def get_error_sentence(self, env, problem):
        if problem.code == "not_a_time":
            return env._("Enter a time between 0h00 and 23h59, such as 9h30.")
        params = dict(problem.params)
        if problem.code == "too_small":
            return env._("Enter a time from %(min)s on.", min=self.show(env, params["min"]))
        if problem.code == "too_big":
            return env._("Enter a time until %(max)s.", max=self.show(env, params["max"]))
        return super().get_error_sentence(env, problem)

    def show(self, env, kept):
        hours, _colon, minutes = kept.partition(":")
        return f"{int(hours)}\xa0h" + (f"\xa0{minutes}" if minutes != "00" else "")

    def get_value_words(self, question, value):
        """As a condition names it, however it is written there."""
        try:
            return self.show(question.env, self.keep(None, value))
        except Refused:
            return value

    def get_condition_words(self, question, value):
        return self.get_value_words(question, value)

    def index(self, question, value, communes):
        return [{"value_text": value}]

    def get_cell_reader(self, question):
        return time.fromisoformat


def read_minutes(text):
    """Minutes since midnight."""
    text = " ".join(text.split())
    found = MARKED.fullmatch(text) or FIGURES.fullmatch(text)
    if not found:
        raise Refused("not_a_time")
    hours, minutes = (int(each or 0) for each in found.groups())
    if hours > 23 or minutes > 59:
        raise Refused("not_a_time")
    return hours * 60 + minutes
