from odoo.tools import LazyTranslate

from ..engine.definition import CHAR_MAX, Refused
from ..engine.parsing import check_length
from .base import EXACT, FieldType

_lt = LazyTranslate(__name__)


class PlaceType(FieldType):
    """What says where."""

    group = "people"
    operators = EXACT
    model = "territory.commune"
    is_place = is_text = tells_where = True

    def comparable(self, field, value):
        return [value["insee"]] if value["insee"] else ["-"]

    def get_value_words(self, question, value):
        commune = question.env["territory.commune"]._find_by_insee(value)
        return commune.name or value


class CommuneType(PlaceType):
    """A commune of the territory."""

    code = "commune"
    label = _lt("Commune")
    explanation = _lt("A commune of the territory")
    sequence = 2
    widget = "commune"
    size = 3
    icon = "fa-map-o"
    settings = ("prefill",)
    prefills = ("commune",)
    is_typed = True

    def parse_text(self, field, text, lookups):
        commune = lookups.commune(check_length(text, CHAR_MAX))
        if not commune:
            raise Refused("not_a_commune", typed=text)
        return {"insee": commune["insee"], "label": commune["label"]}

    def to_raw(self, field, value):
        return {field.key: value["insee"]}

    def get_missing_sentence(self, env):
        return env._("Choose a commune.")

    def format(self, question, value):
        return value["label"]

    def index(self, question, value, communes):
        return [{"value_text": value["label"], "record": communes.get(value["insee"])}]
