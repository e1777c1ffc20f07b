from odoo.http import request

from odoo.addons.website_household.controllers.my_space import MySpace
from odoo.addons.website_household.controllers.organisation import OrganisationPage
from odoo.addons.website_parts.tools.day import show_day


class SignerSpace(MySpace):
    def _prepare_my_space_values(self):
        """What she is asked to sign, whatever became of the mail."""
        return {**super()._prepare_my_space_values(), "to_sign": list_awaited()}


class SignerOrganisation(OrganisationPage):
    def _prepare_organisation_values(self, organisation):
        """Of the requests of this organisation, what this person is asked to sign."""
        values = super()._prepare_organisation_values(organisation)
        return {**values, "to_sign": list_awaited(organisation)}


def list_awaited(organisation=None):
    """What the reader is asked to sign; `organisation`: on its requests only."""
    env = request.env
    awaited_sudo = env["procedure.signature"]._find_awaited_of(env.user.partner_id)
    return [
        {
            "name": signature_sudo.request_id.procedure_id.name,
            "until": show_day(env, signature_sudo.date_due),
            "url": signature_sudo._get_link(),
        }
        for signature_sudo in awaited_sudo
        if not organisation or signature_sudo.request_id.acting_for_id == organisation
    ]
