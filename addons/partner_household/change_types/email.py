from odoo.exceptions import AccessError, UserError

from .base import FieldType


class EmailType(FieldType):
    """Where she who says it is written to: an address. Her account is opened again by it: she who
    reads the former one changes it by herself, with a code to each (`website_household`)."""

    code = "email"
    argument = "email"
    # Whoever has the address has the account: never on a word alone.
    needs_evidence = True

    def get_record(self, line):
        return line.person_id

    def prepare(self, proposal, raw):
        person_sudo = proposal.requester.sudo()
        if person_sudo._is_organisation() or person_sudo.is_minor:
            raise AccessError(proposal.env._("This cannot be changed here."))
        contact, found = proposal.check._check_contact({"email": raw})
        email = contact.get("email")
        sentence = found.get("email") or person_sudo._get_taken_email_sentence(email)
        if sentence:
            proposal.errors.append(sentence)
            return []
        return [
            {**line, "person_id": person_sudo.id}
            for line in self.make_line(person_sudo, "email", email)
        ]

    def apply(self, line):
        """As the manager writes it on the person: the former address is told, and a link that was
        sent there opens nothing any more."""
        sentence = line.person_id._get_taken_email_sentence(line.new_value)
        if sentence:
            raise UserError(sentence)
        return super().apply(line)
