from odoo import Command, api, fields, models

from odoo.addons.procedure_slot.field_types import SLOT_TYPE
from odoo.addons.territory_base import clock

from .. import appointments, people
from .territory_demo_request import MODULE


class TerritoryDemoAppointment(models.AbstractModel):
    """A calendar of slots, a shared list, a price and a second signature, with what was asked."""

    _name = "territory.demo.appointment"
    _description = "Appointments and loans of the demo"

    @api.model
    def _build_appointments(self):
        manager = self._get("user_responsable")
        town_hall = self._get(f"service_mairie_{people.SECRETARY_COMMUNE}")
        french = self.with_context(lang="fr_FR")
        self._build_calendar(town_hall).with_user(manager).action_publish()
        french._submit("camille", f"{MODULE}.procedure_rdv_demo", self._choose_slot())
        loan = self._build_loan(town_hall).with_user(manager)
        loan.action_publish()
        loan.action_validate_regime()
        french._submit("dominique", f"{MODULE}.procedure_materiel_demo", self._choose_loan())

    @api.model
    def _build_calendar(self, town_hall):
        calendar = self.env["procedure.slot.calendar"].create(
            {
                **appointments.CALENDAR,
                "service_id": town_hall.id,
                "opening_ids": [
                    Command.create({"weekday": day, "hour_from": start, "hour_to": end})
                    for day, start, end in appointments.HOURS
                ],
            }
        )
        self._keep("slot_calendar", calendar)
        values = {
            "sequence": 600,
            "topic_id": self._topic("vie-locale").id,
            "commune_ids": [Command.set(town_hall.commune_ids.ids)],
        }
        procedure = self._build_report(
            appointments.APPOINTMENT, f"mairie_{people.SECRETARY_COMMUNE}", values
        )
        questions = procedure.version_ids.field_ids
        questions.filtered(lambda each: each.type == "slot").slot_calendar_id = calendar
        return procedure

    @api.model
    def _choose_slot(self):
        """The first one that is free in a week."""
        week = fields.Datetime.add(fields.Datetime.now(), days=7)
        offer = self._get("slot_calendar")._get_offer()
        slot = next(slot for slot in offer if slot.start > week)
        return {"reason": "identity", "people": "1", "slot": str(SLOT_TYPE.to_id(slot.start))}

    @api.model
    def _build_loan(self, town_hall):
        places = self._keep(
            "list_places",
            self.env["procedure.list"].create(
                {
                    **appointments.PLACES,
                    "row_ids": [
                        Command.create({"value": value, "label": label})
                        for value, label in appointments.PLACE_ROWS
                    ],
                }
            ),
        )
        procedure = self._build_procedure(dict(appointments.LOAN), 610)
        procedure.local_service_ids = town_hall
        procedure.commune_ids = town_hall.commune_ids
        version = procedure.version_ids
        version.field_ids.filtered(lambda each: each.type == "list").list_id = places
        version.write(
            {
                "tariff_who_ids": [
                    Command.create({"key": key, "name": name, "applicant": kind})
                    for key, name, kind in appointments.KINDS
                ],
                "tariff_ids": [
                    Command.create(
                        {"basis": basis, "key": key, "value": value, "amount": amount, "who": who}
                    )
                    for basis, key, value, amount, who in appointments.TARIFFS
                ],
            }
        )
        return procedure

    @api.model
    def _choose_loan(self):
        day = fields.Date.add(clock.today(), days=20)
        return {
            "marquee": "small",
            "tables": "6",
            "date_out": fields.Date.to_string(day),
            "place": appointments.PLACE_ROWS[0][0],
            "guarantor": "garante@exemple-cc.fr",
        }
