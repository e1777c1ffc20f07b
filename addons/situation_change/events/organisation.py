from .base import Event, get_address_errors, read_address

NUMBERS = {"new_name": "name", "new_siret": "company_registry", "new_rna": "rna"}
CONTACT = {"new_phone": "phone", "new_email": "email"}


class OrganisationEvent(Event):
    kinds = ("organisation_report",)


def read_sheet(answers, names):
    """What is not filled in stays as it is."""
    return {"organisation": {name: answers[key] for key, name in names.items() if answers.get(key)}}


class Officers(OrganisationEvent):
    """A new board: who comes is invited, and answers for herself; who leaves acts no longer."""

    code = "officers"
    keys = {"officers_in": "block", "officers_out": "block"}

    def get_changes(self, answers, applicant):
        names = ("name", "email", "role")
        come = [
            {name: row.get(f"officer_{name}") for name in names}
            for row in answers.get("officers_in") or ()
        ]
        leave = [row.get("leaver_name") for row in answers.get("officers_out") or ()]
        return {"officers": come, "officers_leaving": leave}


class Structure(OrganisationEvent):
    code = "structure"
    keys = {"new_name": "char", "new_siret": "siret", "new_rna": "rna"}

    def get_changes(self, answers, applicant):
        return read_sheet(answers, NUMBERS)


class OrganisationMove(OrganisationEvent):
    code = "seat"
    keys = {"new_address": "address", "date_event": "date"}

    def get_errors(self, env, answers):
        return get_address_errors(env, answers)

    def get_changes(self, answers, applicant):
        return {"address": read_address(answers)}


class Contact(OrganisationEvent):
    code = "contact"
    keys = {"new_phone": "phone", "new_email": "email"}

    def get_changes(self, answers, applicant):
        return read_sheet(answers, CONTACT)


class Closing(OrganisationEvent):
    code = "closing"
    keys = {"date_event": "date"}

    def get_changes(self, answers, applicant):
        return {"closing": {"date": answers.get("date_event")}}


ORGANISATION_EVENTS = (Officers(), Structure(), OrganisationMove(), Contact(), Closing())
