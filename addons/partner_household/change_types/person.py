from odoo.exceptions import AccessError

from .base import FieldType

PERSON_FIELDS = ("firstname", "lastname", "birth_name", "birthdate", "birthplace")
ADULT_FIELDS = (*PERSON_FIELDS, "phone", "situation", "situation_date")


class PersonType(FieldType):
    """What is known of herself, or of a child she answers for: {person id: {field: value}}."""

    code = "person"
    argument = "persons"

    def get_record(self, line):
        return line.person_id

    def prepare(self, proposal, raw):
        lines = []
        for person_id, changes in raw.items():
            person_sudo = proposal.get_person(person_id).sudo()
            allowed = PERSON_FIELDS if person_sudo.is_minor else ADULT_FIELDS
            if set(changes) - set(allowed):
                raise AccessError(proposal.env._("This cannot be changed here."))
            known = {name: person_sudo[name] for name in PERSON_FIELDS} | changes
            values, found = proposal.check._check_person(known, minor=person_sudo.is_minor)
            contact, phone_error = proposal.check._check_contact(changes)
            context, context_errors = proposal.check._check_situation(changes)
            values |= contact | context
            found |= context_errors
            found |= {name: text for name, text in phone_error.items() if name == "phone"}
            # What she leaves as it is may lack: a person entered at the counter has no birth date.
            proposal.errors += (text for name, text in found.items() if name in changes)
            for name in changes:
                new = values.get(name, False)
                lines += [
                    {**line, "person_id": person_sudo.id}
                    for line in self.make_line(person_sudo, name, new)
                ]
        return lines
