from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.http import request

from odoo.addons.website_parts.tools.day import to_iso
from odoo.addons.website_parts.tools.web import number

from .household import prepare_household
from .household_form import BOTH, HouseholdForm
from .identity_fields import make_person_items, make_situation_items, make_whereabouts_items

SITUATION = ("situation", "situation_date")
DAYS = {"birthdate", "situation_date"}
PERSON = ("firstname", "lastname", "birth_name", "birthdate", "birthplace")


class HouseholdChange(HouseholdForm):
    """What an adult says has changed: a service that reads the file checks it first."""

    @http.route("/my/foyer/adresse", **BOTH)
    def address(self, **kwargs):
        names = ("street", "street2", "commune", "zip", "city", "date")
        values = self._read(names, "date")
        partner = request.env.user.partner_id
        is_known = bool(partner._current_household())
        errors, notice = {}, ""
        if self._is_sent():
            sent = dict(values, date=to_iso(values["date"]))
            _address, errors = request.env["identity.check"]._check_address(sent, anywhere=True)
            self._check_day(values, errors)
            if not errors and is_known:
                notice = self._propose({"address": sent})
            elif not errors:
                notice = self._try(partner._declare_home, sent)
            if not errors and not notice:
                return self._done("propose" if is_known else "foyer")
        title = request.env._("Change our address")
        lead = request.env._("The service checks it; until then nothing changes.")
        if not is_known:
            title = request.env._("Say where I live")
            lead = request.env._("Your household begins with you; you can add who lives with you.")
        return self._render(
            "/my/foyer/adresse",
            title,
            lead,
            [*make_whereabouts_items(errors, values), self._since_item(errors, values)],
            errors,
            notice,
        )

    @http.route("/my/foyer/personne/<string:person_id>", **BOTH)
    def person(self, person_id, **kwargs):
        """Correct what is known of oneself or of a child one answers for."""
        partner = request.env.user.partner_id
        person = (partner | partner._children_i_may_act_for()).filtered(
            lambda person: person.id == number(person_id)
        )
        if not person:
            raise NotFound()
        person_sudo = person.sudo()
        is_oneself = person == partner
        names = (*PERSON, *(SITUATION if is_oneself else ()))
        known = {name: person_sudo[name] or "" for name in names}
        for name in DAYS & known.keys():
            known[name] = fields.Date.to_string(person_sudo[name]) or ""
        values = dict(known)
        errors, notice = {}, ""
        if self._is_sent():
            values = self._read(names, *(DAYS & known.keys()))
            days = {name: to_iso(values[name]) for name in DAYS & known.keys()}
            sent = {**values, **days}
            check = request.env["identity.check"]
            _person, errors = check._check_person(sent, minor=person_sudo.is_minor)
            if is_oneself:
                errors |= check._check_situation(sent)[1]
            changed = {name: value for name, value in sent.items() if value != known[name]}
            if not errors:
                notice = self._propose({"persons": {person.id: changed}})
                if not notice:
                    return self._done("propose")
        items = make_person_items(errors, values, is_oneself=is_oneself)
        if is_oneself:
            items |= make_situation_items(errors, values)
        return self._render(
            f"/my/foyer/personne/{person.id}",
            request.env._("Correct: %(name)s", name=person_sudo.name),
            request.env._("The service checks it; until then nothing changes."),
            list(items.values()),
            errors,
            notice,
        )

    @http.route("/my/foyer/arrivee", **BOTH)
    def arrival(self, **kwargs):
        """An adult: a child is declared, by a parent (`/my/foyer/enfant`)."""
        values = self._read(("firstname", "lastname", "birthdate", "email"), "birthdate")
        errors, notice = {}, ""
        if self._is_sent():
            sent = dict(values, birthdate=to_iso(values["birthdate"]), role="adult")
            check = request.env["identity.check"]
            _person, errors = check._check_person(sent)
            _contact, found = check._check_contact(sent)
            errors |= {name: sentence for name, sentence in found.items() if name == "email"}
            if not errors:
                notice = self._propose({"arrivals": [sent]})
                if not notice:
                    return self._done("propose")
        person = make_person_items(errors, values)
        return self._render(
            "/my/foyer/arrivee",
            request.env._("An adult comes to live with us"),
            request.env._("The service checks it; until then nothing changes."),
            [
                *(person[name] for name in ("firstname", "lastname", "birthdate")),
                self._item(
                    "email",
                    request.env._("Her or his own e-mail address"),
                    errors,
                    values,
                    required=True,
                    type="email",
                    help=request.env._(
                        "An invitation goes there once the service has checked: this person "
                        "answers. No address? Call us."
                    ),
                ),
            ],
            errors,
            notice,
        )

    @http.route("/my/foyer/depart", **BOTH)
    def departure(self, **kwargs):
        partner = request.env.user.partner_id
        values = self._read(("person", "date"), "date")
        people = prepare_household(partner)
        choices = [(str(partner.id), request.env._("Myself"))]
        choices += [(str(member["id"]), member["name"]) for member in people["members"]]
        errors, notice = {}, ""
        if self._is_sent():
            if values["person"] not in dict(choices):
                errors["person"] = request.env._("Choose who leaves.")
            self._check_day(values, errors)
            if not errors:
                leaves = {"person": number(values["person"])}
                leaves["date"] = to_iso(values["date"])
                notice = self._propose({"departures": [leaves]})
                if not notice:
                    return self._done("propose")
        return self._render(
            "/my/foyer/depart",
            request.env._("Somebody no longer lives with us"),
            request.env._("The service checks it; until then nothing changes."),
            [
                self._item(
                    "person",
                    request.env._("Who leaves?"),
                    errors,
                    values,
                    widget="choice",
                    required=True,
                    choices=choices,
                    values=[values["person"]],
                ),
                self._since_item(errors, values),
            ],
            errors,
            notice,
        )
