from odoo import fields

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
        return line.env["household.membership"].search(
            [
                ("household_id", "=", line.change_id.subject_id.id),
                ("person_id", "=", line.person_id.id),
                ("date_end", "=", False),
            ],
            limit=1,
        )

    def read_known(self, line):
        return self._get_membership(line).id

    def apply(self, line):
        day = fields.Date.to_date(line.new_value["date"])
        membership = self._get_membership(line)
        membership.date_end = max(membership.date_start or day, day)
