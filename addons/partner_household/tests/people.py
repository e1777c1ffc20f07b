"""People and places for the tests of the addons above."""

from odoo.tests import new_test_user

from odoo.addons.territory_base.tests.staff import UNINVITED, StaffCase


class PeopleCase(StaffCase):
    """Makes residents too, by a word each."""

    @classmethod
    def _resident(cls, login, firstname, lastname):
        partner = cls.env["res.partner"].create(
            {
                "firstname": firstname,
                "lastname": lastname,
                "kind": "person",
                "email": f"{login}@exemple.fr",
                "lang": "fr_FR",
            }
        )
        return new_test_user(
            cls.env,
            login,
            "base.group_portal",
            context=UNINVITED,
            name=f"{firstname} {lastname}",
            partner_id=partner.id,
            email=partner.email,
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
