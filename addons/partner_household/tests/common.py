from datetime import date

from freezegun import freeze_time

from odoo.addons.territory_base.tests.common import TerritoryCase

TODAY = date(2026, 11, 25)


class HouseholdCase(TerritoryCase):
    """Two separated parents of one child, a stranger, a service that reads the family file.

    The agent of `service` (waste) reads dwellings, the agent of `other_service` (childhood) the
    family file. `child` was declared by Camille.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        clock = freeze_time(TODAY)
        clock.start()
        cls.addClassCleanup(clock.stop)
        cls.service.reads_dwelling = True
        cls.other_service.reads_family_file = True
        cls.family_agent = cls.other_agent
        cls.camille, cls.sacha, cls.stranger = cls._new_persons(
            ("camille.test", "Camille", "Duchêne", "1988-04-12"),
            ("sacha.test", "Sacha", "Bertin", "1986-09-30"),
            ("inconnu.test", "Alex", "Voisin", "1990-01-01"),
        )
        cls.household = cls.camille.partner_id._create_household()
        cls.sacha_household = cls.sacha.partner_id._create_household()
        Dwelling = cls.env["territory.dwelling"]
        cls.dwelling = Dwelling._find_or_create("8 rue du Lavoir", False, cls.commune)
        cls.household._occupy(cls.dwelling)
        cls.sacha_dwelling = Dwelling._find_or_create("3 route de Bar", False, cls.other_commune)
        cls.sacha_household._occupy(cls.sacha_dwelling)
        cls.child = cls._declare_as(cls.camille, "Lou", "Bertin", "2017-03-02")
        cls.authority = cls.child.authority_ids

    @classmethod
    def _new_person(cls, login, firstname, lastname, birthdate):
        return cls._new_persons((login, firstname, lastname, birthdate))[0]

    @classmethod
    def _new_persons(cls, *people):
        return cls._new_residents(
            *(
                (
                    login,
                    f"{firstname} {lastname}",
                    {"firstname": firstname, "lastname": lastname, "birthdate": birthdate},
                )
                for login, firstname, lastname, birthdate in people
            )
        )

    @classmethod
    def _declare_as(cls, user, firstname, lastname, birthdate, **vals):
        child = user.partner_id.with_user(user)._declare_child(
            {"firstname": firstname, "lastname": lastname, "birthdate": birthdate, **vals}
        )
        return child.with_env(cls.env)

    def _open_file_to(self, service):
        """As a request of this household would: the service reads it and the child."""
        (self.household | self.child | self.camille.partner_id).reader_service_ids += service

    def _second_holder(self, **values):
        """Sacha declares an authority on Camille's sheet of the child."""
        authority = self.env["parental.authority"]._declare(self.child, self.sacha.partner_id)
        authority.write(values)
        return authority

    def assertReads(self, user, record):
        self.assertTrue(record.with_user(user).has_access("read"), user.login)
        self.assertEqual(record.with_user(user).search([("id", "=", record.id)]).ids, record.ids)

    def assertReadsNot(self, user, record):
        self.assertFalse(record.with_user(user).has_access("read"), user.login)
        self.assertFalse(record.with_user(user).search([("id", "=", record.id)]))
