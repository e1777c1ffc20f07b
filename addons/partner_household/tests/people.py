"""People and places for the tests of the addons above."""

from odoo.addons.territory_base.tests.staff import UNINVITED, StaffCase
from odoo.addons.territory_base.tests.users import new_test_users


class PeopleCase(StaffCase):
    """Makes residents too, by a word each."""

    @classmethod
    def _resident(cls, login, firstname, lastname):
        return cls._residents((login, firstname, lastname))[0]

    @classmethod
    def _residents(cls, *people):
        """:param people: (login, first name, last name)"""
        partners = cls.env["res.partner"].create(
            [
                {
                    "firstname": firstname,
                    "lastname": lastname,
                    "kind": "person",
                    "email": f"{login}@exemple.fr",
                    "lang": "fr_FR",
                }
                for login, firstname, lastname in people
            ]
        )
        return new_test_users(
            cls.env,
            [
                (
                    login,
                    "base.group_portal",
                    {
                        "name": f"{firstname} {lastname}",
                        "partner_id": partner.id,
                        "email": partner.email,
                    },
                )
                for (login, firstname, lastname), partner in zip(people, partners, strict=True)
            ],
            context=UNINVITED,
        )

    @classmethod
    def _delegations(cls, *users, name="Amicale"):
        """These people act for a new association: one delegation each, in this order."""
        association = cls.env["res.partner"].create(
            {"name": name, "kind": "association", "company_type": "company"}
        )
        return cls.env["partner.delegate"].create(
            [
                {
                    "organisation_id": association.id,
                    "organisation_name": name,
                    "person_id": user.partner_id.id,
                    "state": "active",
                }
                for user in users
            ]
        )

    def _mails(self, request=None, email=None):
        """Mails that wait to be sent."""
        domain = []
        if request:
            domain += [("model", "=", request._name), ("res_id", "=", request.id)]
        if email:
            domain += [("email_to", "ilike", email)]
        return self.env["mail.mail"].sudo().search(domain)
