from datetime import datetime

from odoo import Command

from odoo.addons.procedure.tests.common import ProcedureCommon

# A Monday: 9:00 of Tuesday the 24th is 8:00 in UTC.
NOW = "2026-03-23 08:00:00"
NINE = datetime(2026, 3, 24, 8, 0)
TWENTY_PAST = datetime(2026, 3, 24, 8, 20)


def calendar_vals(service, **vals):
    """On Tuesdays from 9 to 10, three slots of one place each."""
    return {
        "name": "Pièces d’identité",
        "service_id": service.id,
        "duration": 20,
        "notice": 2,
        "days_ahead": 10,
        "opening_ids": [Command.create({"weekday": "1", "hour_from": 9, "hour_to": 10})],
        **vals,
    }


class SlotCommon(ProcedureCommon):
    """A calendar of the waste service."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls._calendar()

    @classmethod
    def _calendar(cls, service=None, **vals):
        return cls.env["procedure.slot.calendar"].create(
            calendar_vals(service or cls.waste, **vals)
        )

    def _starts(self, holder=None, request=None):
        return [slot.start for slot in self.calendar._get_offer(holder, request)]
