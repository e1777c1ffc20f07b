from odoo.exceptions import AccessError

from .base import FieldType

NUMBERS = ("company_registry", "rna")
ORGANISATION_FIELDS = ("name", *NUMBERS, "phone", "email", "situation", "situation_date")


class OrganisationType(FieldType):
    """What is known of a company or an association: {field: value}. Its address is `address`."""

    code = "organisation"
    argument = "organisation"

    def get_record(self, line):
        return line.change_id.subject_id

    def prepare(self, proposal, raw):
        organisation_sudo = proposal.subject.sudo()
        if set(raw) - set(ORGANISATION_FIELDS) or not organisation_sudo._is_organisation():
            raise AccessError(proposal.env._("This cannot be changed here."))
        known = {name: organisation_sudo[name] or "" for name in ("kind", "name", *NUMBERS)}
        values, found = proposal.check._check_organisation(known | raw, both=True)
        contact, contact_errors = proposal.check._check_contact(raw)
        context, context_errors = proposal.check._check_situation(raw)
        values |= contact | context
        found |= context_errors
        # An organisation need not have an e-mail of its own: who acts for it has one.
        if not (raw.get("email") or "").strip():
            contact_errors.pop("email", None)
        # What she leaves as it is may lack: an association whose number nobody knows has a phone.
        found = {name: sentence for name, sentence in found.items() if name in raw}
        proposal.errors += (found | contact_errors).values()
        return [
            line
            for name in raw
            for line in self.make_line(organisation_sudo, name, values.get(name, False))
        ]
