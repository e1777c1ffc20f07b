from odoo.tools import LazyTranslate

from odoo.addons.procedure_form.field_types import RecordsType

_lt = LazyTranslate(__name__)


class PersonsType(RecordsType):
    """People of the household, herself and the children for whom she may act."""

    code = "persons"
    label = _lt("People of my household")
    explanation = _lt("People of the applicant's household, to tick")
    sequence = 3
    is_of_household = True
    paper_lines = 3
    icon = "fa-users"
    model = "res.partner"
    needs_account = names_persons = tells_where = True

    def get_examples(self, env):
        return [env._("Myself"), env._("Somebody of my household")]

    def get_missing_sentence(self, env):
        return env._("Choose at least one person.")

    def find_choices(self, question, partner, answers):
        if not partner:
            return {}
        members_sudo = partner._current_household().sudo()._get_current_members()
        children_sudo = partner._children_i_may_act_for().sudo() & members_sudo
        return question._name_records(partner.sudo() | children_sudo, partner)
