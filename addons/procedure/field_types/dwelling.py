from odoo.tools import LazyTranslate

from odoo.addons.procedure_form.field_types import RecordType

_lt = LazyTranslate(__name__)


class DwellingType(RecordType):
    """A home of the household."""

    code = "dwelling"
    label = _lt("My dwelling")
    explanation = _lt("One of the applicant's homes")
    sequence = 5
    is_of_household = True
    paper_lines = 2
    icon = "fa-home"
    model = "territory.dwelling"
    needs_account = tells_where = True

    def get_examples(self, env):
        return [env._("My address")]

    def get_missing_sentence(self, env):
        return env._("Choose a dwelling.")

    def find_choices(self, question, partner, answers):
        if not partner:
            return {}
        household = partner._current_household()
        return question._name_records(household._get_current_occupancies().dwelling_id, partner)
