from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.territory_base.tests.common import KeepingCase


@freeze_time("2026-11-25")
class RoundCommon(KeepingCase):
    """A waste service with its agent, two communes with their town halls, and some rounds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commune, cls.other_commune = cls.env["territory.commune"].create(
            [
                {"name": "Val-du-Test", "insee_code": "55991", "zip": "55250"},
                {"name": "Mont-du-Test", "insee_code": "55992", "zip": "55250"},
            ]
        )
        cls.waste, cls.school, cls.town_hall, cls.other_hall = cls.env["territory.service"].create(
            [
                {"name": "Déchets", "code": "test_waste", "reads_dwelling": True},
                {"name": "Écoles", "code": "test_school"},
                cls._hall("Mairie du Val", cls.commune),
                cls._hall("Mairie du Mont", cls.other_commune),
            ]
        )
        cls.agent = cls._new_user("agent", "round_agent", cls.waste)
        cls.school_agent = cls._new_user("agent", "round_school_agent", cls.school)
        cls.secretary = cls._new_user("secretary", "round_secretary", cls.town_hall)
        cls.other_secretary = cls._new_user("secretary", "round_other_secretary", cls.other_hall)
        cls.manager = cls._new_user("manager", "round_manager")
        cls.Round = cls.env["waste.round"]
        cls.Street = cls.env["waste.round.street"]
        cls.Shift = cls.env["waste.round.shift"]
        cls.bins = cls._round("Bacs du lundi", [{}])
        cls.sorting = cls._round(
            "Tri du jeudi", [{}], waste_kind="recyclable", weekday="3", frequency="odd"
        )

    @classmethod
    def _hall(cls, name, commune):
        return {
            "name": name,
            "code": f"mairie-{commune.insee_code}",
            "kind": "town_hall",
            "commune_ids": [Command.set(commune.ids)],
        }

    @classmethod
    def _new_user(cls, persona, login, service=None):
        user = new_test_user(
            cls.env,
            login=login,
            groups=f"territory_base.territory_group_{persona}",
            function="Agent",
        )
        if service:
            service.user_ids = [Command.link(user.id)]
        return user

    @classmethod
    def _round(cls, name, streets, **values):
        return cls.Round.create(
            {
                "name": name,
                "service_id": cls.waste.id,
                "date_start": "2026-01-01",
                "street_ids": [
                    Command.create({"commune_id": cls.commune.id, **street}) for street in streets
                ],
                **values,
            }
        )

    @classmethod
    def _shift(cls, date, date_moved=False, **values):
        return cls.Shift.create(
            {
                "name": "Férié",
                "service_id": cls.waste.id,
                "date": date,
                "operation": "move" if date_moved else "none",
                "date_moved": date_moved,
                **values,
            }
        )
