from datetime import date, datetime

from odoo import Command

from odoo.addons.partner_household.tests.common import HouseholdCase
from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure.tests.common import upload
from odoo.addons.procedure_template.tests.common import publish_template

# The clock of `HouseholdCase` says 25 November 2026. A Saturday; 9:00 there is 8:00 in UTC.
SATURDAY = date(2026, 12, 12)
NINE = datetime(2026, 12, 12, 8)
SIX = datetime(2026, 12, 12, 17)
ANSWERS = {
    "room_day": "2026-12-12",
    "room_period": "day",
    "room_purpose": "Anniversaire",
    "room_persons": "80",
}


def room_vals(service, commune, **vals):
    """An hour before and after; the day is from 9 to 18."""
    return {
        "name": "Salle du lavoir",
        "service_id": service.id,
        "commune_id": commune.id,
        "capacity": 120,
        **vals,
    }


class RoomCase(HouseholdCase):
    """The town hall of Valmont lets a room; Camille lives there, Sacha at Clairval."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.dpo_contact = "Déléguée d’essai, dpo@exemple.test"
        cls.secretary.function = "Secrétaire de mairie"
        cls.procedure = cls._make_procedure()
        Room = cls.env["room.room"]
        vals = room_vals(cls.town_hall, cls.commune, procedure_id=cls.procedure.id)
        cls.room = Room.create({**vals, "deposit": "300 €"})
        cls.bookings = cls.env["room.booking"]

    @classmethod
    def _make_procedure(cls, **vals):
        """As the manager does: from its template, then published."""
        return publish_template(cls.env, "location_salle", cls.town_hall, **vals)

    @classmethod
    def _ask(cls, user=None, room=None, whole=True, acting_for=None, holder=None, **answers):
        """What this resident asks; Camille, the day of Saturday by default.

        :param whole: with the insurance
        :param holder: of the form that holds the room
        """
        user = user or cls.camille
        filing = Filing(
            procedure=cls.procedure,
            answers={**ANSWERS, "room": str((room or cls.room).id), **answers},
            files={"room_insurance": [upload()]} if whole else {},
            applicant=user.partner_id,
            acting_for=acting_for,
        )
        requests = cls.env["procedure.request"].with_user(user).with_context(room_holder=holder)
        return requests._submit(filing).with_env(cls.env)

    @classmethod
    def _association(cls, name="Les amis du lavoir", user=None, commune=None):
        """In whose name this resident acts."""
        association = cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "kind": "association",
                "commune_id": (commune or cls.commune).id,
            }
        )
        cls.env["partner.delegate"].create(
            {
                "organisation_id": association.id,
                "organisation_name": name,
                "person_id": (user or cls.camille).partner_id.id,
                "role": "president",
                "state": "active",
            }
        )
        return association

    def _let_at_a_price(self):
        """An association has one day of the year for nothing, then pays 50 €."""
        self.room.write({"free_per_year": 1, "options_max": 0})
        draft = self.procedure.action_new_version()
        prices = {"association": 5000, "resident": 8000, "outside": 12000}
        draft.tariff_ids = [
            Command.create(
                {
                    "basis": "choice",
                    "key": "room_period",
                    "value": value,
                    "who": who,
                    "cents": cents,
                }
            )
            for value in ("day", "evening", "weekend", "hours")
            for who, cents in prices.items()
        ]
        self.procedure.action_publish()
        return self._association()
