from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.tools import normalize

from .base import ChangeType, _lt


class OfficerRoleType(ChangeType):
    """What somebody who acts already for an organisation does there from now on, as a report of its
    officers says it: [{name, email, role, date (of the meeting, may lack)}]. Who does not act yet
    is invited, by the addon that knows how (`website_organisation_handover`)."""

    code = "officer_role"
    argument = "officers"
    label = _lt("New role")
    has_one_value = True

    def prepare(self, proposal, raw):
        Delegate_sudo = proposal.env["partner.delegate"].sudo()
        lines = []
        for said in raw:
            acting_sudo = Delegate_sudo._find_acting(
                proposal.subject, said.get("name"), said.get("email")
            )
            role = read_role(said)
            if not acting_sudo or not role or role == acting_sudo.role:
                continue
            value = {"role": role}
            if said.get("date"):
                day = proposal.read_day(said["date"])
                if day > clock.today():
                    proposal.errors.append(
                        proposal.env._("The day of the meeting is to come: report it once held.")
                    )
                value["date"] = fields.Date.to_string(day)
            person_sudo = acting_sudo.person_id
            lines.append(
                {
                    "field_key": self.code,
                    "person_id": person_sudo.id,
                    "old_text": tell_officer(person_sudo, acting_sudo.role),
                    "new_text": tell_officer(person_sudo, role),
                    "new_value": value,
                }
            )
        return lines

    def find_delegation(self, line):
        """Of today. In superuser mode."""
        Delegate = line.env["partner.delegate"]
        mine = Domain("person_id", "=", line.person_id.id)
        mine &= Domain("organisation_id", "=", line.change_id.subject_id.id)
        return Delegate.search(Delegate._active_domain() & mine)

    def read_known(self, line):
        return [[each.id, each.role or False] for each in self.find_delegation(line)]

    def apply(self, line):
        acting = self.find_delegation(line)
        if not acting:
            # By a line that was accepted just before.
            raise UserError(line.env._("This person acts no longer for it: refuse this line."))
        acting._change_role(line.new_value["role"], line.change_id.requester_id)


def read_role(said):
    """As it was typed, without what is too much."""
    return " ".join(str(said.get("role") or "").split())[:100]


def tell_officer(person, role):
    return ", ".join(filter(None, (person.name, role)))


class OfficerLeavingType(ChangeType):
    """Who acts no longer for an organisation, by name: [name]. Who comes is invited, by the addon
    that knows how (`website_organisation_handover`)."""

    code = "officer_leaving"
    argument = "officers_leaving"
    label = _lt("Acts no longer for it")
    title = _lt("End of a role")

    def prepare(self, proposal, raw):
        names = [" ".join(str(name or "").split())[:100] for name in raw]
        return [
            {"field_key": self.code, "old_text": name, "new_value": {"name": name}}
            for name in names
            if name
        ]

    def find_delegations(self, line):
        """Of today, by the name as it was typed. In superuser mode."""
        Delegate = line.env["partner.delegate"]
        acting = Delegate.search(
            Delegate._active_domain() & Domain("organisation_id", "=", line.change_id.subject_id.id)
        )
        name = normalize(line.new_value["name"])
        return acting.filtered(lambda each: normalize(each.person_id.name) == name)

    def read_known(self, line):
        return self.find_delegations(line).ids

    def apply(self, line):
        """Nobody of this name acts for it: accepted, there is nothing to end."""
        leaving = self.find_delegations(line)
        if leaving and leaving.person_id == line.change_id.subject_id._get_current_delegates():
            self.leave_to_nobody(line, leaving)
        else:
            leaving.action_end()

    def leave_to_nobody(self, line, leaving):
        """An organisation is never left to nobody by a report."""
        raise UserError(
            line.env._("Nobody would act for it any more: accept first who comes, or invite.")
        )
