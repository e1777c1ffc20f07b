from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.day import to_iso
from odoo.addons.website_parts.tools.web import number, typed

from .household_form import BOTH, HouseholdForm
from .identity_fields import get_organisation_kinds, make_organisation_items, make_person_items

CHILDREN_A_DAY = 10
ORGANISATIONS_A_DAY = 10
DAY = 24 * 3600


class HouseholdClaim(HouseholdForm):
    """For whom one says that one may act: a child, an organisation."""

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
                notice = self._try(self._declare_child, sent)
                if not notice:
                    return self._done("enfant")
        person = make_person_items(errors, values)
        return self._render(
            "/my/foyer/enfant",
            request.env._("Declare my child"),
            request.env._(
                "You can then act for this child. The service may ask for a proof, "
                "such as the family record book."
            ),
            [
                *[person[name] for name in ("firstname", "lastname", "birthdate", "birthplace")],
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

    def _declare_child(self, sent):
        """More children in a day than a family has: somebody tries a list of names."""
        partner = request.env.user.partner_id
        guard = request.env["public.guard"]
        try:
            guard._hit("household.child", str(partner.id), CHILDREN_A_DAY, DAY)
        except TooManyRequests as refused:
            raise TooManyRequests(
                request.env._("You declared many children today. Call us: we do it with you.")
            ) from refused
        partner._declare_child(sent)

    @http.route("/my/foyer/organisation", **BOTH)
    def organisation(self, **kwargs):
        """The same answer whether or not the organisation is already known."""
        names = ("kind", "name", "company_registry", "rna", "role")
        values = self._read(names)
        errors, notice = {}, ""
        if self._is_sent():
            _organisation, errors = request.env["identity.check"]._check_organisation(values)
            if not errors:
                notice = self._try(self._ask_delegation, values)
                if not notice:
                    return self._done("organisation")
        return self._render(
            "/my/foyer/organisation",
            request.env._("Act for an organisation"),
            request.env._(
                "An agent, or somebody who already acts for it, checks it before you can act "
                "for it."
            ),
            [
                self._item(
                    "kind",
                    request.env._("What is it?"),
                    errors,
                    values,
                    widget="choice",
                    required=True,
                    values=[values["kind"]],
                    choices=get_organisation_kinds(),
                ),
                *make_organisation_items(errors, values).values(),
            ],
            errors,
            notice,
        )

    def _ask_delegation(self, values):
        """Each new one is a sheet, and a question to the service."""
        partner = request.env.user.partner_id
        guard = request.env["public.guard"]
        guard._hit("household.organisation", str(partner.id), ORGANISATIONS_A_DAY, DAY)
        partner._ask_delegation(values)

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
