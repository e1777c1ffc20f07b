"""What an organisation sees of itself, on the pages of those who act for it today."""

from odoo.fields import Domain
from odoo.http import request

from odoo.addons.territory_base.tools import format_phone
from odoo.addons.website_parts.tools.day import show_moment


def prepare_organisations(partner):
    """Each organisation for which this person acts, or asked to act.

    Its sheet and who else acts for it are told while she is an active delegate (docs/rights.md);
    before, the name that she wrote.
    """
    env = request.env
    Delegate_sudo = env["partner.delegate"].sudo()
    mine = Domain("person_id", "=", partner.id)
    active_sudo = Delegate_sudo.search(Delegate_sudo._active_domain() & mine)
    waiting_sudo = Delegate_sudo.search(mine & Domain("state", "in", ("asked", "refused")))
    rows = [
        _describe(delegation_sudo, partner)
        for delegation_sudo in active_sudo
        if delegation_sudo.organisation_id.active
    ]
    for delegation_sudo in waiting_sudo:
        state = env._("Refused")
        if delegation_sudo.state == "asked":
            state = env._(
                "Asked on %(date)s. An agent of the service, or somebody who already acts for "
                "it, checks it. Nothing after a week? Call us.",
                date=show_moment(request.env, delegation_sudo.create_date),
            )
        rows.append({"id": None, "name": delegation_sudo.organisation_name, "state": state})
    return rows


def _describe(delegation_sudo, partner):
    env = request.env
    organisation_sudo = delegation_sudo.organisation_id
    others_sudo = organisation_sudo._get_current_delegates() - partner
    facts = [
        *((fact["label"], fact["value"]) for fact in list_facts(organisation_sudo)[1:]),
        (env._("Your role there"), delegation_sudo.role),
        (env._("Who else acts for it"), ", ".join(others_sudo.mapped("name"))),
    ]
    return {
        "id": organisation_sudo.id,
        "name": organisation_sudo.name,
        "url": f"/my/organisme/{organisation_sudo.id}",
        "state": env._("You act for it"),
        "facts": [fact for fact in facts if fact[1]],
    }


def find_organisations(partner):
    """Those for which this person acts today."""
    return partner._acting_for_choices().filtered(lambda each: each.sudo()._is_organisation())


def list_facts(organisation_sudo):
    """What we know of it, its name first; an empty value is told as unknown."""
    env = request.env
    dwelling_sudo = organisation_sudo._current_dwelling()
    place = dwelling_sudo.display_name or ", ".join(
        filter(
            None,
            (
                organisation_sudo.street,
                organisation_sudo.commune_id.name or organisation_sudo.city,
            ),
        )
    )
    is_association = organisation_sudo.kind == "association"
    facts = [
        ("name", env._("Name"), organisation_sudo.name),
        ("rna", env._("RNA number"), organisation_sudo.rna),
        ("company_registry", env._("SIREN or SIRET number"), organisation_sudo.company_registry),
        ("address", env._("Address"), place),
        ("phone", env._("Phone"), format_phone(organisation_sudo.phone or "")),
        ("email", env._("E-mail"), organisation_sudo.email),
        ("situation", env._("Its situation"), organisation_sudo._tell_situation()),
    ]
    # A number that its kind needs is told even where it lacks.
    lacking = {"company_registry"} if is_association else {"rna"}
    # So is not where it stands: most have always been here.
    lacking.add("situation")
    return [
        {"key": key, "label": label, "value": value or "", "is_public": False}
        for key, label, value in facts
        if value or key not in lacking
    ]


def list_plates(partner):
    """For whom she may act: (address, name), herself first."""
    organisations_sudo = find_organisations(partner).sudo()
    return [
        ("/my", request.env._("Myself")),
        *((f"/my/organisme/{each.id}", each.name) for each in organisations_sudo),
    ]
