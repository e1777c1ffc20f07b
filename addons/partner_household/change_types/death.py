from odoo import fields

from odoo.addons.territory_base import clock

from .base import MemberType, _lt, to_json


class DeathType(MemberType):
    """Somebody of the household died."""

    code = "death"
    argument = "deaths"
    label = _lt("Death")
    # It closes an account and an authority: never on a word alone.
    needs_evidence = True

    def prepare(self, proposal, raw):
        lines = super().prepare(proposal, raw)
        today = fields.Date.to_string(clock.today())
        if any(line["new_value"]["date"] > today for line in lines):
            proposal.errors.append(proposal.env._("The day of the death is in the future."))
        return lines

    def read_known(self, line):
        return [self.find_person(line).id, to_json(self.find_person(line).date_death)]

    def apply(self, line):
        day = fields.Date.to_date(line.new_value["date"])
        self.find_person_or_refuse(line)._record_death(day)
