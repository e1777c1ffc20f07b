from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged

from odoo.addons.territory_base.tests.users import new_test_users

OPERATIONS = ("read", "write", "create", "unlink")
# Persona -> rights on school holidays, on a closed day of the canteen, on one of all services.
RIGHTS = {
    "agent": ("r", "rwcu", "r"),
    "other_agent": ("r", "r", "r"),
    "secretary": ("r", "r", "r"),
    "manager": ("rwcu", "rwcu", "rwcu"),
    "communication": ("r", "r", "r"),
    "dpo": ("r", "r", "r"),
    "resident": ("r", "r", "r"),
    "visitor": ("r", "r", "r"),
}
STAFF = {"other_agent": "agent"}


@tagged("post_install", "-at_install")
class TestTerritoryCalendarRights(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = [
            (
                f"calendar_{persona}",
                "base.group_portal"
                if persona == "resident"
                else f"territory_base.territory_group_{STAFF.get(persona, persona)}",
            )
            for persona in RIGHTS
            if persona != "visitor"
        ]
        users = new_test_users(cls.env, people)
        cls.users = {user.login.removeprefix("calendar_"): user for user in users}
        cls.users["visitor"] = cls.env.ref("base.public_user")
        commune = cls.env["territory.commune"].create({"name": "Val", "insee_code": "99821"})
        cls.canteen, cls.other, cls.town_hall = cls.env["territory.service"].create(
            [
                {"name": "Cantine", "code": "calendar_canteen"},
                {"name": "Autre", "code": "calendar_other"},
                {
                    "name": "Mairie",
                    "code": "calendar_hall",
                    "kind": "town_hall",
                    "commune_ids": [Command.set(commune.ids)],
                },
            ]
        )
        for service, persona in (
            (cls.canteen, "agent"),
            (cls.other, "other_agent"),
            (cls.town_hall, "secretary"),
        ):
            service.user_ids = [Command.link(cls.users[persona].id)]
        cls.holiday = cls.env["territory.holiday"].create(
            {"name": "Neige", "date_start": "2090-01-05", "date_end": "2090-01-06"}
        )
        cls.Closed = cls.env["territory.closed.day"]
        cls.closed, cls.closed_all, cls.closed_hall = cls.Closed.create(
            [cls._day(service) for service in (cls.canteen, None, cls.town_hall)]
        )

    @classmethod
    def _day(cls, service):
        return {
            "name": "Travaux",
            "date_start": "2027-03-12",
            "date_end": "2027-03-12",
            "service_id": service.id if service else False,
        }

    def test_who_may_do_what(self):
        records = (self.holiday, self.closed, self.closed_all)
        for persona, expected in RIGHTS.items():
            for record, rights in zip(records, expected, strict=True):
                for operation in OPERATIONS:
                    with self.subTest(persona=persona, record=record, operation=operation):
                        self.assertEqual(
                            record.with_user(self.users[persona]).has_access(operation),
                            operation[0] in rights,
                        )

    def test_a_town_hall_writes_its_own_days(self):
        self.closed_hall.with_user(self.users["secretary"]).name = "Pont"
        self.assertEqual(self.closed_hall.name, "Pont")

    def test_who_closes_does_it_for_her_own_service(self):
        agent = self.users["agent"]
        values = self._day(self.canteen)
        own = self.Closed.with_user(agent).create(values)
        self.assertEqual(own.service_id, self.canteen)
        default = self.Closed.with_user(agent).create(
            {"name": "Pont", "date_start": "2027-05-07", "date_end": "2027-05-07"}
        )
        self.assertEqual(default.service_id, self.canteen)
        for service in (self.other, None):
            with self.subTest(service), self.assertRaises(AccessError):
                self.Closed.with_user(agent).create(self._day(service))
            with self.subTest(service), self.assertRaises(AccessError):
                own.service_id = service

    def test_who_loads_the_holidays(self):
        for persona, user in self.users.items():
            with self.subTest(persona):
                if persona == "manager":
                    self.env["territory.holiday"].with_user(user).action_load()
                else:
                    with self.assertRaises(AccessError):
                        self.env["territory.holiday"].with_user(user).action_load()
