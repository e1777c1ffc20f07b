from odoo.tools import LazyTranslate

from odoo.addons.territory_base.tools import format_phone

from ..engine.parsing import parse_phone
from .base import EXACT, FieldType

_lt = LazyTranslate(__name__)


class PhoneType(FieldType):
    code = "phone"
    label = _lt("Phone")
    explanation = _lt("A phone number, checked")
    sequence = 4
    size = 2
    attributes = {"type": "tel"}
    icon = "fa-phone"
    settings = ("prefill",)
    prefills = ("phone", "organisation_phone")
    operators = EXACT
    is_text = is_typed = tells_where = True

    def parse_text(self, field, text, lookups):
        return parse_phone(text)

    def get_missing_sentence(self, env):
        return env._("Enter a phone number.")

    def format(self, question, value):
        return format_phone(value)
