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
        organisation_sudo = organisation.sudo()
        place_sudo = organisation_sudo._current_dwelling() or organisation_sudo
        ours = {
            "name": organisation_sudo.name,
            "phone": organisation_sudo.phone,
            "email": organisation_sudo.email,
            "address": place_sudo.street
            and f"{place_sudo.street} {place_sudo.commune_id.name or place_sudo.city}",
        }
        for fact in values["facts"]:
            said = _squeeze(ours.get(fact["key"]))
            fact["is_public"] = bool(said) and any(
                _squeeze(_get_told(entry)[fact["key"]]) == said for entry in entries_sudo
            )
        return {**values, "sheets": entries_sudo}


def _get_told(entry_sudo):
    """What everybody reads of a sheet."""
    return {
        "name": entry_sudo.name,
        "phone": entry_sudo.phone,
        "email": entry_sudo.email,
        "address": f"{entry_sudo.street or ''} {entry_sudo.commune_ids[:1].name or ''}",
    }


def _squeeze(text):
    """Two ways of writing one number, one address: no space, no sign, no country code."""
    return re.sub(r"^33(?=[1-9]\d{8}$)", "0", re.sub(r"\W", "", text or "").casefold())
