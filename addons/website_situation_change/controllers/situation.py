from odoo.http import request

from odoo.addons.website_household.controllers.household import Household
from odoo.addons.website_household.controllers.organisation import OrganisationPage


def get_report_url(subject):
    """The form by which a change of this household or organisation is reported; none is open."""
    procedure_sudo = request.env["procedure.procedure"]._find_report(subject)
    if not procedure_sudo:
        return ""
    url = f"/demarches/{procedure_sudo.slug}/formulaire"
    return f"{url}?pour={subject.id}" if subject.sudo()._is_organisation() else url


class HouseholdReport(Household):
    def _prepare_household_values(self, partner):
        values = super()._prepare_household_values(partner)
        household = values["household"]
        return {**values, "report_url": household and get_report_url(household)}


class OrganisationReport(OrganisationPage):
    def _prepare_organisation_values(self, organisation):
        values = super()._prepare_organisation_values(organisation)
        return {**values, "report_url": get_report_url(organisation)}
