from odoo.fields import Domain
from odoo.tools import LazyTranslate

from odoo.addons.partner_household.change_types import ChangeType, OfficerLeavingType
from odoo.addons.territory_base import clock

_lt = LazyTranslate(__name__)


class OfficerType(ChangeType):
    """Who comes to act for an organisation, as an agent reads it in a report or on paper:
    [{name, email, role}]. Accepted, she is invited and answers for herself."""

    code = "officer"
    argument = "officers"
    label = _lt("Invited to act for it")
    title = _lt("Invitation to act for an organisation")

    def prepare(self, proposal, raw):
        Delegate_sudo = proposal.env["partner.delegate"].sudo()
        lines = []
        for said in raw:
            if Delegate_sudo._find_acting(proposal.subject, said.get("name"), said.get("email")):
                # A change of role: `OfficerRoleType`.
                continue
            values, errors = proposal.env["organisation.invitation"]._check_invited(said)
            proposal.errors += errors.values()
            if not errors:
                said = (values["name"], values["role"], values["email"])
                told = ", ".join(filter(None, said))
                lines.append({"field_key": self.code, "new_text": told, "new_value": values})
        return lines

    def read_known(self, line):
        """Whether somebody of this name acts for it already."""
        names = line.change_id.subject_id._get_current_delegates().mapped("name")
        return line.new_value["name"] in names

    def apply(self, line):
        """The agent who decides invites, in the name of whoever reported it: who leaves by the same
        report takes back nothing."""
        change = line.change_id
        by = {"invited_by_id": line.env.uid, "invited_by_name": change.requester_id.name}
        invitations = line.env["organisation.invitation"]
        invitations._invite_from(by, change.subject_id, line.new_value)


class HandedOverType(OfficerLeavingType):
    """The last ones who act for it leave as soon as one of those invited accepts."""

    def leave_to_nobody(self, line, leaving):
        organisation = line.change_id.subject_id
        Invitation = line.env["organisation.invitation"]
        waiting = Invitation.search(
            Invitation._waiting_domain() & Domain("organisation_id", "=", organisation.id)
        )
        if not waiting:
            return super().leave_to_nobody(line, leaving)
        requester = line.change_id.requester_id
        Handover = line.env["organisation.handover"]
        handover = Handover._find_waiting(organisation)
        if not handover:
            Handover._cancel_stale(organisation)
            handover = Handover.create(
                {
                    "organisation_id": organisation.id,
                    "date_meeting": clock.today(),
                    "asked_by_id": requester.user_ids[:1].id,
                    "asked_by_name": requester.name,
                }
            )
        handover.leaving_ids |= leaving
        waiting.handover_id = handover
        return None


OFFICER_TYPES = (OfficerType(), HandedOverType())
