from odoo import http
from odoo.http import request

from odoo.addons.website_household.controllers.household import Household
from odoo.addons.website_household.controllers.household_form import BOTH, HouseholdForm
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
        values = self._read(("code", "proof"))
        errors, notice = {}, ""
        if self._is_sent() and not values["code"]:
            errors["code"] = request.env._("Type the code: twelve letters and figures.")
        elif self._is_sent():
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
            [
                self._item(
                    "code",
                    request.env._("Code"),
                    errors,
                    values,
                    required=True,
                    width="et-w3",
                    autocomplete="off",
                    help=request.env._("Example: ABCD-EFGH-JKMN"),
                ),
                self._item(
                    "proof",
                    request.env._("For an organisation: its SIRET or RNA number"),
                    errors,
                    values,
                    width="et-w3",
                    autocomplete="off",
                    help=request.env._(
                        "Example: W551000123. It has none? Its phone number. Leave it empty if the "
                        "code is your own."
                    ),
                ),
            ],
            errors,
            notice,
            back=("/my", request.env._("My space")),
        )

    def _use(self, values, opened):
        opened.append(request.env["person.claim"]._use(values["code"], values["proof"]))

    def _get_way(self, opened):
        if opened.sudo()._is_organisation():
            return f"/my/organisme/{opened.id}"
        return "/my/foyer?fait=dossier"


class ClaimedHousehold(Household):
    def _get_notices(self):
        opened = request.env._("It is done: what you told us is in your space.")
        return {**super()._get_notices(), "dossier": opened}
