from odoo.addons.partner_household.tests.common import HouseholdCase


class FamilyCase(HouseholdCase):
    """Camille and Sacha, separated, both holders of authority over Lou."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Custody = cls.env["family.custody"]
        cls.Contact = cls.env["family.contact"]
        cls.Quotient = cls.env["family.quotient"]
        cls.other_authority = cls.env["parental.authority"]._declare(
            cls.child, cls.sacha.partner_id
        )
        cls.other_authority.state = "verified"
        (cls.authority | cls.other_authority).date_start = "2026-01-01"

    @classmethod
    def say_weeks(cls, user, child=None, **values):
        child = (child or cls.child).with_user(user)
        values = {"holidays": "same", **values}
        row = cls.Custody.with_user(user)._say(child, user.partner_id.with_user(user), values)
        return row.with_env(cls.env)

    @classmethod
    def name(cls, user, child=None, **values):
        values = {
            "name": "Mireille Duchêne",
            "link": "grand-mère",
            "phone": "06 39 98 00 11",
            "may_fetch": True,
            **values,
        }
        child = (child or cls.child).with_user(user)
        row = cls.Contact.with_user(user)._say(child, user.partner_id.with_user(user), values)
        return row.with_env(cls.env)

    @classmethod
    def tell(cls, user, **values):
        person = user.partner_id.with_user(user)
        return cls.Quotient.with_user(user)._say(person, values).with_env(cls.env)
