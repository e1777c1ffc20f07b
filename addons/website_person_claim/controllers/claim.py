from odoo import http
from odoo.http import request

from odoo.addons.website_household.controllers.household import Household
from odoo.addons.website_household.controllers.household_form import BOTH, HouseholdForm
from odoo.addons.website_parts.tools.day import to_iso
from odoo.addons.website_parts.tools.web import is_signed_in, not_cached

PATH = "/my/code"


class PersonClaim(HouseholdForm):
    """A code that the staff gave opens, in one's own space, what the staff entered."""

    @http.route("/code", type="http", auth="public", website=True, sitemap=False, methods=["GET"])
    def code(self, **kwargs):
        """The address of the letter: short, as it is copied from paper."""
        if is_signed_in():
            return request.redirect(PATH, code=303)
        return not_cached(request.render("website_person_claim.code", {"path": PATH}))

    @http.route(PATH, **BOTH)
    def claim(self, **kwargs):
        values = self._read(("code", "number", "birthdate"), "birthdate")
        errors, notice = {}, ""
        if self._is_sent():
            errors = self._check(values)
            if not errors:
                opened = []
                notice = self._try(self._use, values, opened)
                if opened and not notice:
                    return request.redirect(self._get_way(opened[0]), code=303)
        return self._render(
            PATH,
            request.env._("Type my code"),
            request.env._(
                "An agent gave you a code, on paper or by e-mail: what you told us by phone, by "
                "letter or at the counter comes into your space."
            ),
            self._prepare_items(values, errors),
            errors,
            notice,
            back=("/my", request.env._("My space")),
        )

    def _check(self, values):
        errors = {}
        if not values["code"]:
            errors["code"] = request.env._("Type the code: twelve letters and figures.")
        if not values["birthdate"] and not values["number"]:
            errors["birthdate"] = request.env._("Write your date of birth.")
        return errors

    def _use(self, values, opened):
        proof = values["number"] or to_iso(request.env, values["birthdate"])
        opened.append(request.env["person.claim"]._use(values["code"], proof))

    def _get_way(self, opened):
        if opened.sudo()._is_organisation():
            return f"/my/organisme/{opened.id}"
        return "/my/foyer?fait=dossier"

    def _prepare_items(self, values, errors):
        env = request.env
        return [
            self._item(
                "code",
                env._("Code"),
                errors,
                values,
                required=True,
                width="et-w3",
                autocomplete="off",
                autocapitalize="characters",
                help=env._("Example: ABCD-EFGH-JKMN"),
            ),
            self._item(
                "birthdate",
                env._("Your date of birth"),
                errors,
                values,
                day="past",
                help=env._("Example: 15/11/1962"),
            ),
            self._item(
                "number",
                env._("For an association or a company: its SIREN, SIRET or RNA number"),
                errors,
                values,
                width="et-w3",
                help=env._("Leave it empty if the code is for yourself or your family."),
            ),
        ]


class ClaimedHousehold(Household):
    def _get_notices(self):
        opened = request.env._("It is done: what you told us is in your space.")
        return {**super()._get_notices(), "dossier": opened}
