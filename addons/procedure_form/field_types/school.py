from odoo.tools import LazyTranslate

from .base import RecordType

_lt = LazyTranslate(__name__)


class SchoolType(RecordType):
    """A school of the territory, for everybody; those of the sector first."""

    code = "school"
    label = _lt("School")
    explanation = _lt("A school of the territory")
    sequence = 6
    icon = "fa-graduation-cap"
    model = "territory.service"

    def get_missing_sentence(self, env):
        return env._("Choose a school.")

    def find_choices(self, question, partner, answers):
        schools_sudo = question.env["territory.service"].sudo()
        schools_sudo = schools_sudo.search([("kind", "=", "school")])
        insee = question._get_insee_answered(answers)
        schools_sudo = schools_sudo.sorted(
            lambda school: insee not in school.commune_ids.mapped("insee_code")
        )
        return {school.id: school.name for school in schools_sudo}

    def get_choices_key(self, question, answers):
        return self.code, question._get_insee_answered(answers)
