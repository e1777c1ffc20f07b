import hashlib
from datetime import date

from odoo.tools import LazyTranslate

from ..engine.definition import TRUE_VALUES
from .base import YES, FieldType
from .boolean import get_boolean_words, read_boolean

_lt = LazyTranslate(__name__)


class ConsentType(FieldType):
    """A box that is ticked: when, and to which words."""

    code = "consent"
    label = _lt("Consent")
    explanation = _lt("A box to tick: “I certify”, “I agree”")
    sequence = 4
    widget = "consent"
    group = "choice"
    icon = "fa-check"
    operators = YES
    is_said_in_mail = True
    is_recalled = False
    in_block = False
    words_label = _lt("What the person agrees to")

    def parse_text(self, field, text, lookups):
        if text.lower() not in TRUE_VALUES:
            return None
        text_hash = hashlib.sha256((field.label + "\n" + field.text).encode()).hexdigest()
        return {"given": True, "on": lookups.today.isoformat(), "text_hash": text_hash}

    def to_raw(self, field, value):
        return {field.key: "1" if value else "0"}

    def comparable(self, field, value):
        return ["1"]

    def expected(self, field, values):
        return {read_boolean(value) for value in values}

    def can_hold(self, field, wanted, excluded):
        return bool({"1"}.intersection(*wanted) - excluded)

    def is_reachable(self, field, named):
        return named <= {"1"}

    def get_missing_sentence(self, env):
        return env._("Tick this box to go on.")

    def get_value_words(self, question, value):
        is_given = value.lower() in TRUE_VALUES
        return question.env._("Yes") if is_given else question.env._("No")

    def get_condition_choices(self, env):
        return {"1": env._("Yes")}

    def get_condition_words(self, question, value):
        return get_boolean_words(question, value)

    def format(self, question, value):
        on = date.fromisoformat(value["on"]).strftime("%d/%m/%Y")
        return question.env._("Agreed on %(date)s", date=on)

    def index(self, question, value, communes):
        return []

    def get_cell_reader(self, question):
        return lambda value: date.fromisoformat(value["on"])
