from odoo.tools import LazyTranslate

from ..engine.definition import ADDRESS_PARTS
from ..engine.parsing import check_address, get_address_parts
from .commune import PlaceType

_lt = LazyTranslate(__name__)


class AddressType(PlaceType):
    """Street, postcode and commune. A commune that is not ours is kept as typed, unless the
    address must be of the territory: people also come from elsewhere."""

    code = "address"
    label = _lt("Address")
    explanation = _lt("Street, postcode and commune")
    sequence = 1
    widget = "address"
    paper_lines = 2
    icon = "fa-map-marker"
    settings = ("local", "prefill")
    prefills = ("address",)
    parts = ADDRESS_PARTS
    length_sent = 1000

    def parse(self, field, raw, lookups):
        parts = get_address_parts(field, raw)
        if not any(parts.values()):
            return None
        for _part, problem in check_address(field, parts, lookups):
            raise problem
        commune = lookups.commune(parts["commune"])
        return {
            "street": parts["street"],
            "street2": parts["street2"],
            "zip": parts["zip"] or (commune or {}).get("zip", ""),
            "insee": commune["insee"] if commune else "",
            "commune": commune["label"] if commune else parts["commune"],
        }

    def to_raw(self, field, value):
        return {
            f"{field.key}.street": value["street"],
            f"{field.key}.street2": value["street2"],
            f"{field.key}.zip": value["zip"],
            f"{field.key}.commune": value["insee"] or value["commune"],
        }

    def get_missing_sentence(self, env):
        return env._("Enter the address.")

    def format(self, question, value):
        city = " ".join(filter(None, (value["zip"], value["commune"])))
        return ", ".join(filter(None, (value["street"], value["street2"], city)))

    def index(self, question, value, communes):
        return [{"value_text": value["street"], "record": communes.get(value["insee"])}]
