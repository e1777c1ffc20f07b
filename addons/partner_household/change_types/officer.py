from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.territory_base.tools import normalize

from .base import ChangeType, _lt


class OfficerLeavingType(ChangeType):
    """Who acts no longer for an organisation, by name: [name]. Who comes is invited, by the addon
    that knows how (`website_organisation_handover`)."""

    code = "officer_leaving"
    argument = "officers_leaving"
    label = _lt("Acts no longer for it")

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
