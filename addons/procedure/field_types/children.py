from odoo.tools import LazyTranslate

from .persons import PersonsType

_lt = LazyTranslate(__name__)


class ChildrenType(PersonsType):
    """Children for whom she may act."""

    code = "children"
    label = _lt("Children I act for")
    explanation = _lt("Children for whom the applicant may act, to tick")
    sequence = 4
    icon = "fa-child"
    # Those of both parents.
    tells_where = False
    asks_children = True

    def get_examples(self, env):
        return [env._("A first child"), env._("A second child")]

    def get_missing_sentence(self, env):
        return env._("Choose at least one child.")

    def find_choices(self, question, partner, answers):
        if not partner:
            return {}
        return question._name_records(partner._children_i_may_act_for().sudo(), partner)
