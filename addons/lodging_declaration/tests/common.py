from odoo.addons.partner_household.tests.common import HouseholdCase
from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure_template.tests.common import publish_template

COMMON = {
    "lodging_address.street": "4 rue du Four",
    "lodging_address.commune": "99001",
    "lodging_persons": "4",
}
FURNISHED = {
    **COMMON,
    "lodging_main_home": "no",
    "lodging_rooms": "3",
    "lodging_beds": "2",
    "lodging_periods": "Toute l’année",
    "lodging_ranking": "none",
}
ROOMS = {
    **COMMON,
    "same_house": "yes",
    "lodging_rooms": "2",
    "lodging_periods": "D’avril à septembre",
}
NUMBER = {**COMMON, "lodging_number": "99001 123456 AB"}
OTHER = {**COMMON, "lodging_other": "group"}


IDENTITY = {
    "contact_firstname": "Ana",
    "contact_lastname": "Morel",
    "contact_email": "ana@exemple.test",
    "contact_address.street": "1 place Haute",
    "contact_address.zip": "54000",
    "contact_address.commune": "Nancy",
}
TEMPLATES = {
    "furnished": "meuble_tourisme",
    "rooms": "chambre_hotes",
    "national": "meuble_numero",
    "other": "hebergement_autre",
}


class LodgingCase(HouseholdCase):
    """The town hall of Valmont answers for its lodgings; Camille and Sacha let one."""

    # Names of `TEMPLATES` that the class needs.
    procedures = ("furnished",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.dpo_contact = "Déléguée d’essai, dpo@exemple.test"
        cls.secretary.function = "Secrétaire de mairie"
        cls.manager.function = "Directrice"
        for name in cls.procedures:
            setattr(cls, name, publish_template(cls.env, TEMPLATES[name], cls.service))
        cls.declarations = cls.env["lodging.declaration"]

    @classmethod
    def _set_mode(cls, mode, day="2026-01-01"):
        return cls.env["lodging.mode"].create(
            {"date_from": day, "mode": mode, "url": "https://national.exemple.test"}
        )

    @classmethod
    def _declare(cls, procedure=None, user=None, by=None, answers=None, until=None, **typed):
        """What this resident declares; a furnished lodging of Camille by default.

        :param until: the day by which what lacks is asked
        :param by: the secretary who enters it for somebody without account
        """
        user = user or cls.camille
        requests = cls.env["procedure.request"].with_user(by or user)
        filing = Filing(
            procedure=procedure or cls.furnished,
            answers={**(answers or FURNISHED), **typed},
            incomplete_until=until,
            **{"identity": IDENTITY, "channel": "phone"} if by else {"applicant": user.partner_id},
        )
        return requests._submit(filing).with_env(cls.env)
