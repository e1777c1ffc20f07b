from odoo.tools import LazyTranslate

from ..engine.parsing import several
from .base import RecordType

_lt = LazyTranslate(__name__)


class PersonsType(RecordType):
    """People of the household, herself and the children for whom she may act."""

    code = "persons"
    label = _lt("People of my household")
    explanation = _lt("People of the applicant's household, to tick")
    sequence = 3
    is_of_household = True
    paper_lines = 3
    icon = "fa-users"
    model = "res.partner"
    needs_account = names_persons = is_counted = is_several = True

    def parse(self, field, raw, lookups):
        """Each one once, in the same order whatever the order of the ticks."""
        records = {}
        for text in several(raw.get(field.key))[:100]:
            record = self.parse_text(field, text, lookups)
            records[record["id"]] = record
        return [records[record_id] for record_id in sorted(records)] or None

    def to_raw(self, field, value):
        return {field.key: [str(record["id"]) for record in value]}

    def get_examples(self, env):
        return [env._("Myself"), env._("Somebody of my household")]

    def get_missing_sentence(self, env):
        return env._("Choose at least one person.")

    def format(self, question, value):
        return ", ".join(record["label"] for record in value)

    def index(self, question, value, communes):
        return [
            {"value_text": record["label"], "record": (self.model, record["id"])}
            for record in value
        ]

    def find_choices(self, question, partner, answers):
        if not partner:
            return {}
        members_sudo = partner._current_household().sudo()._get_current_members()
        children_sudo = partner._children_i_may_act_for().sudo() & members_sudo
        return question._name_records(partner.sudo() | children_sudo, partner)
