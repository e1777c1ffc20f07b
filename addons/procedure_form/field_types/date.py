from datetime import date

from odoo.tools import LazyTranslate

from odoo.addons.territory_base import dates

from ..engine.definition import DATE_MAX, DATE_MIN, Refused, read_day
from .base import ORDERED, FieldType

_lt = LazyTranslate(__name__)


class DateType(FieldType):
    code = "date"
    label = _lt("Date")
    explanation = _lt("A day")
    sequence = 2
    widget = "day"
    group = "number"
    icon = "fa-calendar"
    settings = ("date_limit", "prefill")
    prefills = ("birthdate", "child_birthdate")
    operators = ORDERED
    is_ordered = is_day = is_typed = True
    condition_input = "date"
    is_hint_printed = False

    def parse_text(self, field, text, lookups):
        try:
            value = dates.read_day(text, field.date_limit, lookups.today)
        except dates.NoSuchDay as refused:
            raise Refused("no_such_day", day=str(refused)) from None
        except ValueError:
            raise Refused("not_a_date") from None
        if not DATE_MIN <= value <= DATE_MAX:
            raise Refused("not_a_date")
        if field.date_limit == "past" and value > lookups.today:
            raise Refused("date_in_the_future")
        if field.date_limit == "future" and value < lookups.today:
            raise Refused("date_in_the_past")
        return value.isoformat()

    def comparable(self, field, value):
        return [read_day(value)]

    def expected(self, field, values):
        return {read_day(value) for value in values} - {None}

    def get_range(self, field):
        return DATE_MIN.toordinal(), DATE_MAX.toordinal()

    def to_number(self, value):
        return value.toordinal()

    def is_reachable(self, field, named):
        return True

    def get_hint(self, env):
        return env._("Example: 15/11/2026")

    def get_missing_sentence(self, env):
        return env._("Enter a date.")

    def get_value_words(self, question, value):
        day = read_day(value)
        return day.strftime("%d/%m/%Y") if day else value

    def format(self, question, value):
        return date.fromisoformat(value).strftime("%d/%m/%Y")

    def index(self, question, value, communes):
        return [{"value_date": value}]

    def get_cell_reader(self, question):
        return date.fromisoformat
