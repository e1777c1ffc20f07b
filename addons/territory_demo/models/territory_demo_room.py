from datetime import timedelta

from odoo import Command, api, fields, models

from odoo.addons.room_booking import moments
from odoo.addons.territory_base import clock

from .. import people, rooms
from .territory_demo_request import MODULE


class TerritoryDemoRoom(models.AbstractModel):
    """Rooms that are let, with their prices, their bookings and what the town halls do there."""

    _name = "territory.demo.room"
    _description = "Rooms of the demo"

    @api.model
    def _build_rooms(self):
        french = self.with_context(lang="fr_FR", tz="Europe/Paris")
        procedure = french._build_room_procedure()
        for key, code, values in rooms.ROOMS:
            french._build_room(procedure, key, self._commune(code), values)
        french._build_room_tariffs(procedure.version_ids)
        procedure = procedure.with_user(self._get("user_responsable"))
        procedure.action_publish()
        # Before the first request: what the acknowledgment of an association says.
        procedure.action_validate_regime()
        for booking in rooms.BOOKINGS:
            french._build_room_booking(*booking)
        for own_use in rooms.OWN_USES:
            french._build_own_use(*own_use)

    @api.model
    def _build_room_procedure(self):
        communes = self._commune(people.SECRETARY_COMMUNE) | self._commune(people.OTHER_COMMUNE)
        values = {
            "sequence": 620,
            "topic_id": self._topic("vie-locale").id,
            "is_communal": True,
            "commune_ids": [Command.set(communes.ids)],
        }
        return self._build_report(rooms.TEMPLATE, "", values)

    @api.model
    def _build_room(self, procedure, key, commune, values):
        # What its commune says of it, where it says something.
        on_page = self.env["commune.room"].search(
            [("commune_id", "=", commune.id), ("name", "=", values["name"])], limit=1
        )
        room = self.env["room.room"].create(
            {
                **values,
                "service_id": commune.town_hall_id.id,
                "commune_id": commune.id,
                "procedure_id": procedure.id,
                "page_room_id": on_page.id,
            }
        )
        return self._keep(f"room_{key}", room)

    @api.model
    def _build_room_tariffs(self, version):
        """The choices of the question are the rooms, by their numbers."""
        version.tariff_ids = [
            Command.create(
                {
                    "basis": "choice",
                    "key": "room",
                    "value": str(self._get(f"room_{key}").id),
                    "who": who,
                    "amount": amount,
                }
            )
            for key, who, amount in rooms.TARIFFS
        ] + [
            Command.create(
                {
                    "basis": "choice",
                    "key": "room_period",
                    "value": "weekend",
                    "label": "Deuxième jour",
                    "amount": rooms.WEEKEND,
                }
            )
        ]

    @api.model
    def _build_room_booking(self, who, key, weeks, answers, is_insured, act):
        room = self._get(f"room_{key}")
        secretary = self._get_secretary(room.commune_id)
        answers = {
            "room": str(room.id),
            "room_day": fields.Date.to_string(self._get_saturday(weeks)),
            **answers,
        }
        files = {"room_insurance": [self._draw_page("Attestation d’assurance")]}
        files = files if is_insured else {}
        if isinstance(who, str):
            organisation = self.env.ref(f"{MODULE}.organisation_{who}_demo", False)
            request = self._submit(
                who, f"{MODULE}.procedure_louer_demo", answers, files=files, acting_for=organisation
            )
        else:
            request = self._book_by_phone(secretary, room, who, answers, files)
        request = request.with_user(secretary)
        if act:
            request.room_booking_ids.insurance_covers = True
            request.action_accept("La salle est à vous\xa0: la convention est jointe.")
        if act == "withdraw":
            request.action_withdraw_room(rooms.WITHDRAWN)

    @api.model
    def _book_by_phone(self, secretary, room, who, answers, files):
        firstname, lastname, phone = who
        street = "3 rue de l’Exemple"
        last = fields.Date.add(clock.today(), days=room.option_days)
        return self._submit_as(
            secretary,
            f"{MODULE}.procedure_louer_demo",
            street,
            room.commune_id,
            answers,
            files=files,
            identity={
                "contact_firstname": firstname,
                "contact_lastname": lastname,
                "contact_phone": phone,
                "contact_address.street": street,
                "contact_address.commune": room.commune_id.insee_code,
            },
            channel="phone",
            **({} if files else {"incomplete_until": last}),
        )

    @api.model
    def _build_own_use(self, key, days, start, stop, title):
        room = self._get(f"room_{key}")
        day = fields.Date.add(clock.today(), days=days)
        if day.weekday() == moments.SATURDAY:
            # Those are for the bookings above.
            day += timedelta(days=2)
        self.env["room.booking"].with_user(self._get_secretary(room.commune_id)).create(
            {
                "room_id": room.id,
                "start": moments.to_moment(day, start * 60),
                "stop": moments.to_moment(day, stop * 60),
                "title": title,
            }
        )

    @api.model
    def _get_secretary(self, commune):
        login = "secretaire" if commune.insee_code == people.SECRETARY_COMMUNE else "secretaire2"
        return self._get(f"user_{login}")

    @api.model
    def _get_saturday(self, weeks):
        """After so many whole weeks."""
        today = clock.today()
        return today + timedelta(days=(moments.SATURDAY - today.weekday()) % 7, weeks=weeks)
