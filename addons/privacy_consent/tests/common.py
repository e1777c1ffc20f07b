from odoo.addons.partner_household.tests.common import HouseholdCase


class ConsentCase(HouseholdCase):
    """The childhood service asks for photos and has its rules read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Consent = cls.env["privacy.consent"]
        cls.photos = cls._text("photos", "Photos sur le site", each_holder=True)
        cls.outings = cls._text("outings", "Sorties à pied")
        cls.rules = cls._text("rules", "Règlement de la cantine", kind="reading")
        cls.letter = cls._text("letter", "Lettre de la commune", about="adult")

    @classmethod
    def _text(cls, code, name, **values):
        return cls.env["privacy.consent.text"].create(
            {
                "name": name,
                "code": code,
                "body": f"{name} : de quoi il s’agit.",
                "service_id": cls.other_service.id,
                "is_asked": True,
                **values,
            }
        )

    def say(self, user, text, answer, person=None):
        Consent = self.Consent.with_user(user)
        person = (person or self.child).with_user(user)
        return Consent._answer(text.with_user(user), person, answer)

    def agreed(self, text, person=None):
        return self.Consent._is_agreed(text, person or self.child)
