from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from .common import is_csrf_valid, not_cached, number, text, typed
from .form_fields import make_item
from .form_reading import show_date, tidy_date, to_iso
from .request_page import show_moment

FORM = {"type": "http", "auth": "user", "website": True, "sitemap": False}
BOTH = {**FORM, "methods": ["GET", "POST"], "csrf": False, "territory_form": True}
PERSON = ("firstname", "lastname", "birth_name", "birthdate", "birthplace")


def prepare_household(partner):
    """Who lives with this person, as far as she may know it: the rules choose the rows.

    Living together gives nothing by itself: other adults are counted, not named.
    """
    household = partner._current_household()
    members, others = [], 0
    if household:
        Membership = request.env["household.membership"]
        domain = [("household_id", "=", household.id), ("is_current", "=", True)]
        readable = Membership.search(domain)
        others = Membership.sudo().search_count(domain) - len(readable)
        members = [
            describe_person(membership.person_id)
            for membership in readable
            if membership.person_id != partner
        ]
    dwelling_sudo = partner._current_dwelling().sudo()
    return {
        "me": partner.sudo(),
        "household": household,
        "members": members,
        "other_count": others,
        "address": dwelling_sudo.display_name or "",
    }


def describe_person(person):
    age = ""
    if person.birthdate:
        age = request.env._("%(age)s years old", age=person.age) if person.age > 1 else ""
        age = age or request.env._(
            "Born on %(date)s", date=show_date(fields.Date.to_string(person.birthdate))
        )
    return {"id": person.id, "name": person.name, "age": age, "is_child": person.is_minor}


class Household(http.Controller):
    @http.route("/my/foyer", methods=["GET"], **FORM)
    def household(self, fait="", **kwargs):
        partner = request.env.user.partner_id
        notices = {
            "propose": request.env._(
                "Well received. The service checks it; until then nothing changes."
            ),
            "enfant": request.env._("Well received. You can act for this child."),
            "organisation": request.env._(
                "Well received. Somebody checks it before you can act for this organisation."
            ),
            "autorite": request.env._("Well received, thank you."),
        }
        response = request.render(
            "website_procedure.my_household",
            {
                **prepare_household(partner),
                **self._prepare_authorities(partner),
                "organisations": self._prepare_organisations(partner),
                "changes": self._prepare_changes(partner),
                "notice": notices.get(text(fait, 20), ""),
                "space_label": request.env._("My space"),
            },
        )
        return not_cached(response)

    def _prepare_authorities(self, partner):
        """Children I act for, what I declared that is closed, what another declared on them."""
        children = partner._children_i_may_act_for()
        # Her own: the staff's groups have no right on the model, and are parents too.
        Authority_sudo = request.env["parental.authority"].sudo()
        mine_sudo = Authority_sudo.search([("holder_id", "=", partner.id)])
        open_by_child = {
            authority.child_id.id: authority
            for authority in mine_sudo
            if authority.child_id in children and authority.state != "ended"
        }
        words = {
            "declared": request.env._("Declared by you"),
            "verified": request.env._("Checked by the service"),
            "contested": request.env._("Contested: closed until the service decides"),
            "ended": request.env._("Ended"),
        }
        closed = [
            {
                "state": request.env._("Withdrawn")
                if authority.kind == "withdrawn"
                else words[authority.state],
                "date": show_moment(authority.create_date),
            }
            for authority in mine_sudo
            if authority.child_id not in children and authority.state != "ended"
        ]
        asked_sudo = Authority_sudo.search(
            [
                ("child_id", "in", children.ids),
                ("holder_id", "!=", partner.id),
                ("state", "=", "declared"),
            ]
        )
        return {
            "children": [
                {
                    **describe_person(child),
                    "state": words[open_by_child[child.id].state],
                    "authority_id": open_by_child[child.id].id,
                }
                for child in children
                if child.id in open_by_child
            ],
            "closed": closed,
            "asked": [
                {
                    "id": authority.id,
                    "holder": authority.holder_id.name,
                    "child": authority.child_id.name,
                }
                for authority in asked_sudo
                if authority.sudo(False)._is_other_holder()
            ],
        }

    def _prepare_organisations(self, partner):
        words = {
            "asked": request.env._("Asked, being checked"),
            "active": request.env._("You act for it"),
            "refused": request.env._("Refused"),
            "ended": request.env._("Ended"),
        }
        delegations_sudo = partner.sudo().delegation_ids.filtered(
            lambda delegation: delegation.state in ("asked", "active", "refused")
        )
        # The name as the person wrote it: that of the sheet is known once accepted.
        return [
            {"name": delegation.organisation_name, "state": words[delegation.state]}
            for delegation in delegations_sudo
        ]

    def _prepare_changes(self, partner):
        states = {
            "proposed": request.env._("being checked"),
            "accepted": request.env._("done"),
            "refused": request.env._("refused"),
        }
        changes_sudo = (
            request.env["household.change"]
            .sudo()
            .search([("requester_id", "=", partner.id)], limit=10)
        )
        return [
            {
                "date": show_moment(line.create_date),
                "text": f"{line.label}\xa0: {line.new_text or line.old_text or ''}",
                "state": states[line.state],
                "reason": line.reason,
            }
            for line in changes_sudo.line_ids
        ]

    # Forms of the household

    @http.route("/my/foyer/adresse", **BOTH)
    def address(self, **kwargs):
        names = ("street", "street2", "commune", "date")
        values = self._read(names, "date")
        errors, notice = {}, ""
        if self._is_sent():
            sent = dict(values, date=to_iso(values["date"]))
            _address, errors = request.env["identity.check"]._check_address(sent)
            if not errors:
                notice = self._propose({"address": sent})
                if not notice:
                    return self._done("propose")
        return self._render(
            "/my/foyer/adresse",
            request.env._("Change our address"),
            request.env._("The service checks it; until then nothing changes."),
            [
                self._item(
                    "street",
                    request.env._("Number and street"),
                    errors,
                    values,
                    required=True,
                    autocomplete="address-line1",
                ),
                self._item("street2", request.env._("More"), errors, values),
                self._item(
                    "commune",
                    request.env._("Commune"),
                    errors,
                    values,
                    widget="select",
                    required=True,
                    choices=self._get_communes(),
                ),
                self._item(
                    "date",
                    request.env._("Since when"),
                    errors,
                    values,
                    width="et-w2",
                    help=request.env._("Example: 15/11/2026"),
                ),
            ],
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
        known = {name: person_sudo[name] or "" for name in PERSON}
        known["birthdate"] = fields.Date.to_string(person_sudo.birthdate) or ""
        values = self._read(PERSON, "birthdate") if self._is_sent() else dict(known)
        errors, notice = {}, ""
        if self._is_sent():
            sent = dict(values, birthdate=to_iso(values["birthdate"]))
            _person, errors = request.env["identity.check"]._check_person(
                sent, minor=person_sudo.is_minor
            )
            changed = {name: value for name, value in sent.items() if value != known[name]}
            if not errors:
                notice = self._propose({"persons": {person.id: changed}})
                if not notice:
                    return self._done("propose")
        return self._render(
            f"/my/foyer/personne/{person.id}",
            request.env._("Correct: %(name)s", name=person_sudo.name),
            request.env._("The service checks it; until then nothing changes."),
            self._person_items(errors, values),
            errors,
            notice,
        )

    @http.route("/my/foyer/arrivee", **BOTH)
    def arrival(self, **kwargs):
        names = ("firstname", "lastname", "birthdate", "role")
        values = self._read(names, "birthdate")
        errors, notice = {}, ""
        if self._is_sent():
            sent = dict(values, birthdate=to_iso(values["birthdate"]))
            _person, errors = request.env["identity.check"]._check_person(
                sent, minor=values["role"] == "child"
            )
            if values["role"] not in ("adult", "child", "other"):
                errors["role"] = request.env._("Choose one of them.")
            if not errors:
                notice = self._propose({"arrivals": [sent]})
                if not notice:
                    return self._done("propose")
        return self._render(
            "/my/foyer/arrivee",
            request.env._("Somebody comes to live with us"),
            request.env._("The service checks it; until then nothing changes."),
            [
                *self._person_items(errors, values)[:2],
                self._birthdate_item(errors, values),
                self._item(
                    "role",
                    request.env._("This person is"),
                    errors,
                    values,
                    widget="choice",
                    required=True,
                    values=[values["role"]],
                    choices=[
                        ("adult", request.env._("An adult")),
                        ("child", request.env._("My child")),
                    ],
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
            else:
                departures = {number(values["person"]): to_iso(values["date"])}
                notice = self._propose({"departures": departures})
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
                self._item(
                    "date",
                    request.env._("Since when"),
                    errors,
                    values,
                    width="et-w2",
                    help=request.env._("Example: 15/11/2026"),
                ),
            ],
            errors,
            notice,
        )

    @http.route("/my/foyer/enfant", **BOTH)
    def child(self, **kwargs):
        """The same screen and the same words whether or not the child is already known."""
        values = self._read(("firstname", "lastname", "birthdate", "birthplace"), "birthdate")
        errors, notice = {}, ""
        if self._is_sent():
            sent = dict(values, birthdate=to_iso(values["birthdate"]))
            sent["shared_custody"] = bool(typed("shared_custody"))
            _child, errors = request.env["identity.check"]._check_person(sent, minor=True)
            if not errors:
                notice = self._try(request.env.user.partner_id._declare_child, sent)
                if not notice:
                    return self._done("enfant")
        items = self._person_items(errors, values)
        return self._render(
            "/my/foyer/enfant",
            request.env._("Declare my child"),
            request.env._(
                "You can then act for this child. The service may ask for a proof, "
                "such as the family record book."
            ),
            [
                items[0],
                items[1],
                items[3],
                items[4],
                self._item(
                    "shared_custody",
                    request.env._("This child also lives elsewhere (shared custody)"),
                    errors,
                    {"shared_custody": typed("shared_custody")},
                    widget="consent",
                ),
            ],
            errors,
            notice,
        )

    @http.route("/my/foyer/organisation", **BOTH)
    def organisation(self, **kwargs):
        """The same answer whether or not the organisation is already known."""
        names = ("kind", "name", "company_registry", "rna", "role")
        values = self._read(names)
        errors, notice = {}, ""
        if self._is_sent():
            _organisation, errors = request.env["identity.check"]._check_organisation(values)
            if not errors:
                notice = self._try(request.env.user.partner_id._ask_delegation, values)
                if not notice:
                    return self._done("organisation")
        company = {
            "conditions": [["kind", "=", ["company"]]],
            "condition_sentences": [request.env._("For a company:")],
        }
        association = {
            "conditions": [["kind", "=", ["association"]]],
            "condition_sentences": [request.env._("For an association:")],
        }
        return self._render(
            "/my/foyer/organisation",
            request.env._("Act for an organisation"),
            request.env._("Somebody checks it before you can act for it."),
            [
                self._item(
                    "kind",
                    request.env._("What is it?"),
                    errors,
                    values,
                    widget="choice",
                    required=True,
                    values=[values["kind"]],
                    choices=[
                        ("company", request.env._("A company")),
                        ("association", request.env._("An association")),
                        ("contributor", request.env._("Another organisation")),
                    ],
                ),
                self._item("name", request.env._("Its name"), errors, values, required=True),
                self._item(
                    "company_registry",
                    request.env._("SIREN or SIRET number"),
                    errors,
                    values,
                    required=True,
                    width="et-w3",
                    inputmode="numeric",
                    **company,
                ),
                self._item(
                    "rna",
                    request.env._("RNA number"),
                    errors,
                    values,
                    required=True,
                    width="et-w3",
                    **association,
                ),
                self._item("role", request.env._("Your role there"), errors, values),
            ],
            errors,
            notice,
        )

    @http.route("/my/foyer/autorite/<string:authority_id>", **BOTH)
    def authority(self, authority_id, **kwargs):
        """Accept or contest what another declared; end what I declared."""
        partner = request.env.user.partner_id
        authority_sudo = (
            request.env["parental.authority"].sudo().browse(number(authority_id)).exists()
        )
        authority = authority_sudo.sudo(False)
        is_mine = authority_sudo.holder_id == partner
        # Once the question is answered, the address says nothing of the other holder.
        is_open = authority_sudo.state in (("declared", "verified") if is_mine else ("declared",))
        if not authority or not is_open or not (is_mine or authority._is_other_holder()):
            raise NotFound()
        if is_mine and not authority_sudo.child_id._is_child_accessible_by(partner):
            raise NotFound()
        values = self._read(("choice", "reason"))
        errors, notice = {}, ""
        choices = [("end", request.env._("I no longer act for this child"))]
        if not is_mine:
            choices = [
                ("accept", request.env._("Yes, this person is a parent too")),
                ("contest", request.env._("No, I contest it")),
            ]
        if self._is_sent():
            acts = {
                "accept": (authority.action_accept_by_holder,),
                "contest": (authority.action_contest, values["reason"]),
                "end": (authority.action_end,),
            }
            if values["choice"] not in dict(choices):
                errors["choice"] = request.env._("Choose an answer.")
            elif values["choice"] == "contest" and not values["reason"]:
                errors["reason"] = request.env._("Say why in a few words.")
            else:
                notice = self._try(*acts[values["choice"]])
                if not notice:
                    return self._done("autorite")
        child, holder = authority_sudo.child_id.name, authority_sudo.holder_id.name
        lead = request.env._("Child: %(child)s", child=child)
        if not is_mine:
            lead = request.env._(
                "%(holder)s declares to be a parent of %(child)s.", holder=holder, child=child
            )
        items = [
            self._item(
                "choice",
                request.env._("Your answer"),
                errors,
                values,
                widget="choice",
                required=True,
                choices=choices,
                values=[values["choice"]],
            )
        ]
        if not is_mine:
            items.append(
                self._item(
                    "reason",
                    request.env._("Why"),
                    errors,
                    values,
                    widget="text",
                    help=request.env._("To be filled in if you contest"),
                )
            )
        return self._render(
            f"/my/foyer/autorite/{authority_sudo.id}",
            request.env._("Parental authority"),
            lead,
            items,
            errors,
            notice,
        )

    # Shared by these forms

    def _is_sent(self):
        return request.httprequest.method == "POST"

    def _read(self, names, *dates):
        values = {name: typed(name, 500) for name in names}
        for name in dates:
            values[name] = tidy_date(values[name])
        return values

    def _try(self, method, *args):
        """Call; the sentence of a refusal is shown on the form, which keeps what was typed."""
        if not is_csrf_valid():
            return request.env._("This page stayed open for too long. Send it again.")
        try:
            with request.env.cr.savepoint():
                method(*args)
        except AccessError as error:
            raise NotFound() from error
        except UserError as refused:
            return str(refused)
        return ""

    def _propose(self, values):
        partner = request.env.user.partner_id
        household = partner._current_household()
        if not household:
            return request.env._("We do not know your household yet: call us.")
        return self._try(request.env["household.change"]._propose, household, partner, values)

    def _done(self, what):
        return request.redirect(f"/my/foyer?fait={what}", code=303)

    def _item(self, name, label, errors, sent, /, **more):
        more.setdefault("value", sent.get(name))
        return make_item(name, errors, label=label, **more)

    def _person_items(self, errors, values):
        return [
            self._item("firstname", request.env._("First name"), errors, values, required=True),
            self._item("lastname", request.env._("Last name"), errors, values, required=True),
            self._item("birth_name", request.env._("Birth name"), errors, values),
            self._birthdate_item(errors, values),
            self._item("birthplace", request.env._("Place of birth"), errors, values),
        ]

    def _birthdate_item(self, errors, values):
        return self._item(
            "birthdate",
            request.env._("Birth date"),
            errors,
            {"birthdate": show_date(values["birthdate"])},
            required=True,
            width="et-w2",
            inputmode="numeric",
            help=request.env._("Example: 15/11/1962"),
        )

    def _get_communes(self):
        communes_sudo = request.env["territory.commune"].sudo().search([])
        return [(commune.insee_code, commune.name) for commune in communes_sudo]

    def _render(self, action, title, lead, items, errors, notice):
        listed = [
            (item["id"], f"{item['label'].rstrip(' ?')}\xa0: {item['error']}")
            for item in items
            if item["error"]
        ]
        response = request.render(
            "website_procedure.household_form",
            {
                "action": action,
                "heading": title,
                "lead": lead,
                "items": items,
                "errors": listed,
                "notice": notice,
                "page_title": request.env._("Error: %(name)s", name=title) if listed else title,
                "crumbs": [
                    ("/my", request.env._("My space")),
                    ("/my/foyer", request.env._("My household")),
                ],
            },
            status=422 if listed else 200,
        )
        return not_cached(response)
