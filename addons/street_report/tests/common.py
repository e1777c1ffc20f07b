from odoo.addons.partner_household.tests.common import HouseholdCase
from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure.tests.common import upload
from odoo.addons.procedure_template.tests.common import publish_template

ANSWERS = {
    "street_problem": "light",
    "street_light": "L-12",
    "street_danger": "0",
    "street_text": "Éteint depuis la tempête, dit Mme Secret.",
    "street_commune": "99001",
    "street_place": "Devant chez Mme Secret, 4 rue du Four",
}


class StreetCase(HouseholdCase):
    """Valmont has a town hall; a lamp is reported there by nobody in particular."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.dpo_contact = "Déléguée d’essai, dpo@exemple.test"
        cls.secretary.function = cls.agent.function = "Agent de voirie"
        cls.street = publish_template(cls.env, "signalement_rue", cls.service)
        cls.visitor = cls.env.ref("base.public_user")

    @classmethod
    def _report(cls, identity=None, files=(), user=None, **typed):
        """By a visitor, unless a user is given."""
        filing = Filing(
            procedure=cls.street,
            answers={**ANSWERS, **typed},
            identity=identity or {},
            files={"street_photo": list(files)} if files else {},
            **{"applicant": user.partner_id} if user else {},
        )
        requests = cls.env["procedure.request"].with_user(user or cls.visitor)
        return requests._submit(filing).with_env(cls.env)

    @classmethod
    def _photo(cls, name="photo.png"):
        return upload(name)
