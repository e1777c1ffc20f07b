from odoo import fields
from odoo.fields import Domain

from .base import ChangeType, _lt


class DepartureType(ChangeType):
    """Who no longer lives with us: {person id: day}."""

    code = "departure"
    argument = "departures"
    label = _lt("Departure from the household")

    def prepare(self, proposal, raw):
        lines = []
        for person_id, day in raw.items():
            person = proposal.get_person(person_id)
            lines.append(
                {
                    "field_key": self.code,
                    "person_id": person.id,
                    "old_text": person.sudo().name,
                    "new_value": {"date": fields.Date.to_string(proposal.read_day(day))},
                }
            )
        return lines

    def _get_membership(self, line):
        """Of today: somebody whose departure is to come lives there still."""
        Membership = line.env["household.membership"]
        return Membership.search(
            Membership._current_domain()
            & Domain("household_id", "=", line.change_id.subject_id.id)
            & Domain("person_id", "=", line.person_id.id),
            limit=1,
        )

    def read_known(self, line):
        membership = self._get_membership(line)
        return [membership.id, fields.Date.to_string(membership.date_end)]

    def apply(self, line):
        day = fields.Date.to_date(line.new_value["date"])
        membership = self._get_membership(line)
        membership.date_end = max(membership.date_start or day, day)
