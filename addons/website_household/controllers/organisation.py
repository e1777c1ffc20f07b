"""The page of an organisation, for those who act for it today: its sheet, who else acts, what was
proposed. Anybody else finds no page."""

from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.http import request

from odoo.addons.partner_household.models.identity_check import OUTSIDE
from odoo.addons.website_parts.tools.day import show_day, show_moment, to_iso
from odoo.addons.website_parts.tools.web import not_cached, number, text, typed

from .household import FORM, describe_changes
from .household_form import BOTH, PRESSED, HouseholdForm
from .identity_fields import make_organisation_items, make_situation_items, make_whereabouts_items
from .organisations import find_organisations, list_facts, list_plates

SHEET = ("name", "company_registry", "rna", "phone", "email", "situation", "situation_date")
PLACE = ("street", "street2", "commune", "zip", "city")
ADDRESS = (*PLACE, "date")
ACTS = {"accept": "action_accept", "refuse": "action_refuse", "end": "action_end"}


class OrganisationPage(HouseholdForm):
    def _find_organisation(self, organisation_id):
        wanted = number(organisation_id)
        found = find_organisations(request.env.user.partner_id).filtered(
            lambda organisation: organisation.id == wanted
        )
        if not found:
            raise NotFound()
        return found

    def _get_organisation_url(self, organisation, done=""):
        return f"/my/organisme/{organisation.id}" + (f"?fait={done}" if done else "")

    def _get_organisation_notices(self):
        return {
            "propose": request.env._(
                "Well received. The service checks it; until then nothing changes."
            ),
            "accept": request.env._("This person may act for the organisation from now on."),
            "refuse": request.env._("This person may not act for the organisation."),
            "end": request.env._("This person no longer acts for the organisation."),
            "exact": request.env._("Noted: its sheet is still exact. Thank you."),
        }

    @http.route("/my/organisme/<string:organisation_id>", methods=["GET"], **FORM)
    def show_organisation(self, organisation_id, fait="", **kwargs):
        organisation = self._find_organisation(organisation_id)
        notice = self._get_organisation_notices().get(text(fait, 20), "")
        values = {**self._prepare_organisation_values(organisation), "notice": notice}
        return not_cached(request.render("website_household.organisation", values))

    def _prepare_organisation_values(self, organisation):
        """What the page of an organisation shows to somebody who acts for it.

        Hook: an addon that adds a part of the page extends this method and the template
        `website_household.organisation`.

        :return: dict of the template's values
        """
        partner = request.env.user.partner_id
        Delegate_sudo = request.env["partner.delegate"].sudo()
        delegations_sudo = Delegate_sudo.search(
            [("organisation_id", "=", organisation.id), ("state", "in", ("asked", "active"))]
        )
        active_sudo = delegations_sudo.filtered_domain(Delegate_sudo._active_domain())
        # The staff's groups may have no right on the model, and act for associations too.
        changes_sudo = (
            request.env["household.change"]
            .sudo()
            .search([("subject_id", "=", organisation.id)], limit=10)
        )
        return {
            "organisation": organisation.sudo(),
            "plates": list_plates(partner),
            "facts": list_facts(organisation.sudo()),
            "delegations": [
                {
                    "id": delegation_sudo.id,
                    "name": delegation_sudo.person_id.name,
                    "who": tell_who(delegation_sudo),
                    "until": delegation_sudo.date_end
                    and request.env._(
                        "Until %(day)s.", day=show_day(request.env, delegation_sudo.date_end)
                    ),
                    "is_me": delegation_sudo.person_id == partner,
                }
                for delegation_sudo in active_sudo
            ],
            "asking": [
                {
                    "id": delegation_sudo.id,
                    "name": delegation_sudo.person_id.name,
                    "told": request.env._(
                        "%(who)s, asked on %(date)s.",
                        who=tell_who(delegation_sudo),
                        date=show_moment(request.env, delegation_sudo.create_date),
                    ),
                }
                for delegation_sudo in delegations_sudo
                if delegation_sudo.state == "asked" and delegation_sudo.person_id != partner
            ],
            "changes": describe_changes(changes_sudo),
            "confirmed": organisation.sudo().date_confirmed
            and request.env._(
                "Read again on %(day)s.",
                day=show_day(request.env, organisation.sudo().date_confirmed),
            ),
            "space_label": request.env._("My space"),
        }

    @http.route("/my/organisme/<string:organisation_id>/exact", **PRESSED)
    def confirm_organisation(self, organisation_id, **kwargs):
        """In one press: what the sheet says is still so."""
        organisation = self._find_organisation(organisation_id)
        is_noted = not self._try(organisation._confirm_sheet)
        url = self._get_organisation_url(organisation, "exact" if is_noted else "")
        return request.redirect(url, code=303)

    @http.route("/my/organisme/<string:organisation_id>/corriger", **BOTH)
    def correct_organisation(self, organisation_id, **kwargs):
        """What differs is proposed; nothing changes before a service accepts it."""
        organisation_sudo = self._find_organisation(organisation_id).sudo()
        asked = self._list_sheet_names(organisation_sudo)
        known = self._get_known_sheet(organisation_sudo)
        values = dict(known)
        if self._is_sent():
            values = self._read((*asked, *ADDRESS), "date", "situation_date")
        errors, notice = {}, ""
        if self._is_sent():
            proposed, errors = self._read_sheet_proposal(organisation_sudo, asked, known, values)
            if not errors:
                partner = request.env.user.partner_id
                notice = self._try(
                    request.env["household.change"]._propose_once,
                    organisation_sudo.sudo(False),
                    partner,
                    proposed,
                )
                if not notice:
                    return request.redirect(
                        self._get_organisation_url(organisation_sudo, "propose"), code=303
                    )
        return self._render(
            f"{self._get_organisation_url(organisation_sudo)}/corriger",
            request.env._("Correct: %(name)s", name=organisation_sudo.name),
            request.env._("The service checks it; until then nothing changes."),
            self._make_sheet_items(organisation_sudo.kind, asked, errors, values),
            errors,
            notice,
            back=(self._get_organisation_url(organisation_sudo), organisation_sudo.name),
        )

    def _list_sheet_names(self, organisation_sudo):
        """A company has no RNA number, an association may have a SIRET too."""
        lacking = "rna" if organisation_sudo.kind == "company" else ""
        return [name for name in SHEET if name != lacking]

    def _get_known_sheet(self, organisation_sudo):
        dwelling_sudo = organisation_sudo._current_dwelling()
        place_sudo = dwelling_sudo or organisation_sudo
        commune_sudo = place_sudo.commune_id
        is_outside = not commune_sudo and place_sudo.city
        return {
            **{name: organisation_sudo[name] or "" for name in SHEET},
            "situation_date": fields.Date.to_string(organisation_sudo.situation_date) or "",
            "street": place_sudo.street or "",
            "street2": place_sudo.street2 or "",
            "commune": OUTSIDE if is_outside else commune_sudo.insee_code or "",
            # Of a commune of the territory both are known.
            "zip": is_outside and place_sudo.zip or "",
            "city": is_outside or "",
            "date": "",
        }

    def _read_sheet_proposal(self, organisation_sudo, asked, known, values):
        check = request.env["identity.check"]
        identity = {name: values[name] for name in asked}
        identity["situation_date"] = to_iso(identity["situation_date"])
        _values, errors = check._check_organisation(
            {**identity, "kind": organisation_sudo.kind}, both=True
        )
        _contact, contact_errors = check._check_contact(identity)
        if not identity["email"]:
            contact_errors.pop("email", None)
        errors |= contact_errors | check._check_situation(identity)[1]
        # What she leaves as it is is not asked of her, even where it lacks.
        errors = {name: each for name, each in errors.items() if values[name] != known[name]}
        proposed = {
            "organisation": {
                name: value for name, value in identity.items() if value != known[name]
            }
        }
        place = {name: values[name] for name in PLACE}
        # Its address need not be known: what is left empty, as it was, is not asked for.
        if any(values[name] != known[name] for name in PLACE):
            place["date"] = to_iso(values["date"])
            _address, found = check._check_address(place, anywhere=True)
            self._check_day(values, found)
            errors |= found
            proposed["address"] = place
        return proposed, errors

    def _make_sheet_items(self, kind, asked, errors, values):
        identity = make_organisation_items(errors, values)
        needed = {"company": "company_registry", "association": "rna"}.get(kind)
        for name in ("company_registry", "rna"):
            identity[name]["required"] = name == needed
        for item in identity.values():
            # What it is does not change here: nothing is shown or hidden by it.
            item.pop("conditions", None)
            item.pop("condition_sentences", None)
        contact = {
            "phone": self._item(
                "phone",
                request.env._("Phone"),
                errors,
                values,
                type="tel",
                width="et-w2",
                help=request.env._("Example: 06 39 98 00 00"),
            ),
            "email": self._item(
                "email",
                request.env._("E-mail of the organisation"),
                errors,
                values,
                type="email",
                help=request.env._("That of everybody there, not your own"),
            ),
        }
        items = identity | contact | make_situation_items(errors, values, is_organisation=True)
        places = make_whereabouts_items(errors, values)
        for item in places:
            item["required"] = False
        since = self._since_item(errors, values)
        since["label"] = request.env._("If the address changed, since when")
        return [*(items[name] for name in asked), *places, since]

    @http.route("/my/organisme/<string:organisation_id>/personnes/<string:delegation_id>", **BOTH)
    def answer_delegation(self, organisation_id, delegation_id, **kwargs):
        """Asked once more before somebody may act, or no longer."""
        organisation = self._find_organisation(organisation_id)
        delegation_sudo = (
            request.env["partner.delegate"]
            .sudo()
            .search(
                [
                    ("id", "=", number(delegation_id)),
                    ("organisation_id", "=", organisation.id),
                    ("state", "in", ("asked", "active")),
                ]
            )
        )
        if not delegation_sudo:
            # Already decided, by a colleague or by a second press.
            return request.redirect(self._get_organisation_url(organisation), code=303)
        url = self._get_organisation_url(organisation)
        is_me = delegation_sudo.person_id == request.env.user.partner_id
        notice = ""
        if self._is_sent():
            act = typed("_do", 10)
            allowed = ("accept", "refuse") if delegation_sudo.state == "asked" else ("end",)
            if act not in allowed:
                return request.redirect(self._get_organisation_url(organisation), code=303)
            notice = self._try(getattr(delegation_sudo.sudo(False), ACTS[act]))
            if not notice:
                where = self._get_organisation_url(organisation, act)
                where = "/my/foyer?fait=parti" if is_me else where
                return request.redirect(where, code=303)
        return not_cached(
            request.render(
                "website_household.delegation",
                {
                    "organisation": organisation.sudo(),
                    "heading": self._ask_about_delegation(delegation_sudo, is_me),
                    "role": delegation_sudo.role,
                    "is_asked": delegation_sudo.state == "asked",
                    "is_me": is_me,
                    "is_last": len(organisation._get_current_delegates()) == 1,
                    "action": f"{url}/personnes/{delegation_sudo.id}",
                    "back": url,
                    "notice": notice,
                    "space_label": request.env._("My space"),
                },
                status=422 if notice else 200,
            )
        )

    def _ask_about_delegation(self, delegation_sudo, is_me):
        env = request.env
        names = {
            "name": delegation_sudo.person_id.name,
            "organisation": delegation_sudo.organisation_id.name,
        }
        if delegation_sudo.state == "asked":
            return env._("May %(name)s act for %(organisation)s?", **names)
        if is_me:
            return env._("Do you no longer act for %(organisation)s?", **names)
        return env._("Does %(name)s no longer act for %(organisation)s?", **names)


def tell_who(delegation_sudo):
    return ", ".join(filter(None, (delegation_sudo.person_id.name, delegation_sudo.role)))
