from odoo.tools import LazyTranslate

from odoo.addons.partner_household.change_types import ChangeType

_lt = LazyTranslate(__name__)


class OfficerType(ChangeType):
    """Who comes to act for an organisation, as an agent reads it in a report or on paper:
    [{name, email, role}]. Accepted, she is invited and answers for herself."""

    code = "officer"
    argument = "officers"
    label = _lt("Invited to act for it")

    def prepare(self, proposal, raw):
        lines = []
        for said in raw:
            values, errors = proposal.env["organisation.invitation"]._check_invited(said)
            proposal.errors += errors.values()
            if not errors:
                told = f"{values['name']}, {values['email']}"
                lines.append({"field_key": self.code, "new_text": told, "new_value": values})
        return lines

    def read_known(self, line):
        """Whether somebody of this name acts for it already."""
        names = line.change_id.subject_id._get_current_delegates().mapped("name")
        return line.new_value["name"] in names

    def apply(self, line):
        change, value = line.change_id, line.new_value
        requester = change.requester_id
        by = {
            "invited_by_id": requester.user_ids[:1].id or line.env.uid,
            "invited_by_name": requester.name,
        }
        line.env["organisation.invitation"]._invite_from(by, change.subject_id, value)


OFFICER_TYPE = OfficerType()
