from odoo import fields
from odoo.fields import Domain

from .base import MemberType, _lt


class DepartureType(MemberType):
    """Who no longer lives with us."""

    code = "departure"
    argument = "departures"
    label = _lt("Departure from the household")

    def find_membership(self, line):
        """Of today: somebody whose departure is to come lives there still."""
        Membership = line.env["household.membership"]
        return Membership.search(
            Membership._current_domain()
            & Domain("household_id", "=", line.change_id.subject_id.id)
            & Domain("person_id", "=", self.find_person(line).id),
            limit=1,
        )

    def read_known(self, line):
        membership = self.find_membership(line)
        return [membership.id, fields.Date.to_string(membership.date_end)]

    def apply(self, line):
        day = fields.Date.to_date(line.new_value["date"])
        self.find_person_or_refuse(line)
        membership = self.find_membership(line)
        membership.date_end = max(membership.date_start or day, day)
