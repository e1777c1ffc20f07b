from odoo import fields

from odoo.addons.territory_base import clock

from .base import Event, get_address_errors, get_person_errors, read_address, read_person

# A person of the household is designated by what was typed: of another adult the form shows
# nothing.
NAMES = {"firstname": "char", "lastname": "char", "birthdate": "date"}


class HouseholdEvent(Event):
    kinds = ("household_report",)


def ask_person(prefix, **more):
    return {f"{prefix}_{name}": asked for name, asked in {**NAMES, **more}.items()}


class Birth(HouseholdEvent):
    """A child is born or adopted: the parent who says it declares it."""

    code = "birth"
    keys = ask_person("child", birthplace="char")

    def get_errors(self, env, answers):
        return get_person_errors(env, answers, "child", minor=True)

    def get_changes(self, answers, applicant):
        return {"arrivals": [{**read_person(answers, "child"), "role": "child"}]}


class Arrival(HouseholdEvent):
    code = "arrival"
    keys = ask_person("adult", email="email")

    def get_errors(self, env, answers):
        return get_person_errors(env, answers, "adult")

    def get_changes(self, answers, applicant):
        return {"arrivals": [{**read_person(answers, "adult"), "role": "adult"}]}


class Move(HouseholdEvent):
    """The whole household moves, here or elsewhere."""

    code = "move"
    keys = {"new_address": "address", "date_event": "date"}

    def get_errors(self, env, answers):
        return get_address_errors(env, answers)

    def get_changes(self, answers, applicant):
        return {"address": read_address(answers)}


class Marriage(HouseholdEvent):
    """Her name, and who comes to live with her: never her marital status."""

    code = "marriage"
    keys = {"married_lastname": "char", "spouse_arrives": "boolean"}

    def get_errors(self, env, answers):
        name = {"lastname": answers.get("married_lastname")}
        _values, found = env["identity.check"]._check_person(name)
        errors = Arrival().get_errors(env, answers)
        if name["lastname"] and "lastname" in found:
            errors["married_lastname"] = found["lastname"]
        return errors

    def get_changes(self, answers, applicant):
        values = {}
        if answers.get("married_lastname"):
            values["persons"] = {applicant.id: {"lastname": answers["married_lastname"]}}
        if answers.get("spouse_arrives"):
            values |= Arrival().get_changes(answers, applicant)
        return values


class Separation(HouseholdEvent):
    """An adult no longer lives there: she who says it, who has a household of her own from then
    on, or another one, by name."""

    code = "separation"
    keys = {
        "who_leaves": "selection",
        "new_address": "address",
        "date_event": "date",
        "children_follow": "boolean",
        "custody_children": "children",
        "custody": "selection",
    }
    keys |= {f"leaver_{name}": NAMES[name] for name in ("firstname", "lastname")}

    def get_errors(self, env, answers):
        errors = get_person_errors(env, answers, "leaver") | get_address_errors(env, answers)
        if answers.get("children_follow") and answers.get("custody") == "elsewhere":
            errors["custody"] = env._("Say whether they live with you all the time, or in turn.")
        return errors

    def lacks_children(self, answers):
        follow = answers.get("who_leaves") == "me" and answers.get("children_follow")
        return bool(follow) and not answers.get("custody_children")

    def get_changes(self, answers, applicant):
        if answers.get("who_leaves") == "me":
            children = (
                (answers.get("custody_children") or ()) if answers.get("children_follow") else ()
            )
            home = {"children": [child["id"] for child in children]}
            home["shared"] = answers.get("custody") == "shared"
            return {"new_home": {**read_address(answers), **home}}
        leaves = {**read_person(answers, "leaver"), "date": answers.get("date_event")}
        return {"departures": [leaves]}


class Custody(HouseholdEvent):
    code = "custody"
    keys = {"custody_children": "children", "custody": "selection", "date_event": "date"}

    def lacks_children(self, answers):
        return not answers.get("custody_children")

    def get_changes(self, answers, applicant):
        said = {"custody": answers.get("custody"), "date": answers.get("date_event")}
        children = answers.get("custody_children") or ()
        return {"custody": [{**said, "person": child["id"]} for child in children]}


class Death(HouseholdEvent):
    code = "death"
    keys = {**ask_person("deceased"), "date_event": "date"}

    def get_errors(self, env, answers):
        found = get_person_errors(env, answers, "deceased")
        # At any age.
        found.pop("deceased_birthdate", None)
        day = answers.get("date_event")
        if day and day > fields.Date.to_string(clock.today()):
            found["date_event"] = env._("The day of the death is in the future.")
        return found

    def get_changes(self, answers, applicant):
        died = {**read_person(answers, "deceased"), "date": answers.get("date_event")}
        return {"deaths": [died]}


class Phone(HouseholdEvent):
    code = "phone"
    keys = {"new_phone": "phone"}

    def get_errors(self, env, answers):
        _values, found = env["identity.check"]._check_contact({"phone": answers.get("new_phone")})
        return {"new_phone": found["phone"]} if "phone" in found else {}

    def get_changes(self, answers, applicant):
        return {"persons": {applicant.id: {"phone": answers.get("new_phone") or ""}}}


class Email(HouseholdEvent):
    """Who lost her mailbox calls: she who reads it changes it by herself, with a code to each."""

    code = "email"
    keys = {"new_email": "email"}
    is_by_staff = True

    def get_errors(self, env, answers):
        _values, found = env["identity.check"]._check_contact({"email": answers.get("new_email")})
        return {"new_email": found["email"]} if "email" in found else {}

    def get_applicant_errors(self, applicant, answers):
        sentence = applicant._get_taken_email_sentence(answers.get("new_email"))
        return {"new_email": sentence} if sentence else {}

    def get_own_sentence(self, env):
        return env._(
            "You change your e-mail address by yourself, with a code: in “My space”, “How we reach "
            "you”. You no longer read the former address? Call us."
        )

    def get_changes(self, answers, applicant):
        return {"email": answers.get("new_email") or ""}


class Correction(HouseholdEvent):
    """In words: what was corrected on a page, or what no other event says."""

    code = "correction"
    kinds = ("household_report", "organisation_report")
    keys = {"correction": "text"}
    proposes = False

    def get_changes(self, answers, applicant):
        return {}


HOUSEHOLD_EVENTS = (
    Birth(),
    Arrival(),
    Move(),
    Marriage(),
    Separation(),
    Custody(),
    Death(),
    Phone(),
    Email(),
    Correction(),
)
