from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import identity_key
from .base import ChangeType, _lt


class ArrivalType(ChangeType):
    """Who comes to live with us: [{firstname, lastname, birthdate, role, email}].

    A child is declared by the parent who says it. An adult is invited at her address and answers
    for herself; entered by the staff without any address, a sheet is made for her, when nobody has
    one of her names.
    """

    code = "arrival"
    argument = "arrivals"
    label = _lt("Arrival in the household")
    is_named = True

    def prepare(self, proposal, raw):
        lines = []
        for arrival in raw:
            role = arrival.get("role")
            values, found = proposal.check._check_person(arrival, minor=role == "child")
            if role not in ("adult", "child", "other"):
                found["role"] = proposal.env._("Say whether this person is an adult or a child.")
            email = (arrival.get("email") or "").strip()
            is_hers = proposal.env.user.partner_id == proposal.requester
            if role != "child" and not email and is_hers:
                found["email"] = proposal.env._(
                    "Write the e-mail address of this person: she is invited, and answers for "
                    "herself. She has none? Call us."
                )
            if email and role != "child":
                contact, contact_errors = proposal.check._check_contact({"email": email})
                values |= contact
                found |= contact_errors
            proposal.errors += found.values()
            if not found:
                values["birthdate"] = fields.Date.to_string(values["birthdate"])
                lines.append(
                    {
                        "field_key": self.code,
                        "new_text": self.name(values),
                        "new_value": {**values, "role": role},
                    }
                )
        return lines

    def read_known(self, line):
        """Whether somebody of these names and this birth date lives there, or is invited."""
        value, household = line.new_value, line.change_id.subject_id
        day = fields.Date.to_date(value["birthdate"])
        key = identity_key(value["lastname"], value["firstname"], day)
        Invitation = line.env["household.invitation"]
        waiting = Invitation._waiting_domain() & Domain("household_id", "=", household.id)
        waiting &= Domain("email", "=", value.get("email")) & Domain("name", "=", self.name(value))
        is_invited = bool(value.get("email")) and bool(Invitation.search_count(waiting, limit=1))
        return key in household._get_current_members().mapped("identity_key") or is_invited

    def name(self, value):
        return f"{value['firstname']} {value['lastname']}"

    def apply(self, line):
        change = line.change_id
        values = dict(line.new_value)
        role = values.pop("role")
        if role == "child":
            change.requester_id._declare_child(values)
            return
        household = change.subject_id
        email = values.pop("email", "")
        if email:
            line.env["household.invitation"]._invite(
                household, change.requester_id, self.name(values), email, values["birthdate"]
            )
            return
        Partner = line.env["res.partner"].with_context(active_test=False)
        day = fields.Date.to_date(values["birthdate"])
        key = identity_key(values["lastname"], values["firstname"], day)
        if Partner.search_count([("identity_key", "=", key)], limit=1):
            raise UserError(
                line.env._(
                    "Somebody has these names and this birth date already. Ask for her e-mail "
                    "address, so that she is invited and answers for herself."
                )
            )
        person = Partner.create(
            {**values, "kind": "person", "declarant_id": change.requester_id.id}
        )
        line.env["household.membership"].create(
            {"household_id": household.id, "person_id": person.id, "role": role}
        )
