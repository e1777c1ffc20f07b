import re

from odoo.fields import Domain
from odoo.http import request

from odoo.addons.website_household.controllers.organisation import OrganisationPage


class OrganisationSheets(OrganisationPage):
    def _prepare_organisation_values(self, organisation):
        """What everybody reads of it, and where: its sheets are copies that it chose."""
        values = super()._prepare_organisation_values(organisation)
        Entry_sudo = request.env["directory.entry"].sudo()
        entries_sudo = Entry_sudo.search(
            Domain(Entry_sudo._get_public_domain()) & Domain("owner_id", "=", organisation.id)
        )
        told = {
            (key, _squeeze(value))
            for entry in entries_sudo
            for key, value in _list_told(entry)
            if value
        }
        for fact in values["facts"]:
            fact["is_public"] = (fact["key"], _squeeze(fact["value"])) in told
        return {**values, "sheets": entries_sudo}


def _list_told(entry_sudo):
    yield "name", entry_sudo.name
    yield "phone", entry_sudo.phone
    yield "email", entry_sudo.email
    yield "address", f"{entry_sudo.street or ''}{entry_sudo.commune_ids[:1].name or ''}"


def _squeeze(text):
    """Two ways of writing one number, one address: no space, no sign, no postcode."""
    return re.sub(r"\W|\b\d{5}\b", "", text).casefold()
