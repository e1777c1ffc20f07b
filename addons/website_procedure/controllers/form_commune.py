"""A procedure of some communes only: the commune is asked before the first question."""

from odoo.http import request

from odoo.addons.website_parts.tools.item import make_item
from odoo.addons.website_parts.tools.web import is_signed_in, text

from ..pages.form_reading import IDENTITY_ADDRESS

# Not one of ours.
ELSEWHERE = "autre"


def get_place_field(procedure_sudo):
    """The first question that says where: it decides, rather than where the person lives."""
    places = procedure_sudo.version_id.field_ids.filtered(
        lambda field: field._get_type().is_place and not field.block_key
    )
    return places[:1]


def prepare_communes(procedure_sudo, commune=None, errors=None):
    """What the page of this procedure says and asks of the commune; nothing where all may ask.

    :param commune: as it was chosen: an INSEE code, or `ELSEWHERE`
    """
    if procedure_sudo._concerns_everybody() or procedure_sudo.kind == "external":
        return None
    concerned_sudo = procedure_sudo._get_concerned_communes()
    place = get_place_field(procedure_sudo)
    chosen_sudo = request.env["territory.commune"].sudo()
    if commune and commune != ELSEWHERE:
        chosen_sudo = chosen_sudo._find_by_insee(commune)
    elif not commune and is_signed_in() and not place:
        partner_sudo = request.env.user.partner_id.sudo()
        chosen_sudo = partner_sudo._current_dwelling().commune_id or partner_sudo.commune_id
    is_known = bool(chosen_sudo) or commune == ELSEWHERE
    label = request.env._("Your commune")
    if place:
        label = request.env._("The commune that your request is about")
    return {
        "names": ", ".join(concerned_sudo.mapped("name")),
        "chosen": chosen_sudo,
        "is_concerned": is_known and chosen_sudo in concerned_sudo,
        "is_elsewhere": is_known and chosen_sudo not in concerned_sudo,
        "sentence": procedure_sudo._tell_elsewhere(chosen_sudo),
        "item": make_item(
            "commune",
            errors or {},
            label=label,
            required=True,
            value=chosen_sudo.insee_code or commune,
            choices=[
                *request.env["territory.commune"]._get_form_choices(),
                (ELSEWHERE, request.env._("Another one, outside the territory")),
            ],
        ),
    }


def begin_in(page, commune):
    """What was chosen before the form is not asked again."""
    if not commune:
        return
    commune_sudo = page.env["territory.commune"].sudo()._find_by_insee(text(commune, 10))
    if not commune_sudo or page.pending or page.procedure._concerns_everybody():
        return
    place = get_place_field(page.procedure)
    if place:
        name = f"{place.key}.commune" if place._get_type().parts else place.key
        page.raw.setdefault(name, commune_sudo.name)
    elif not page.partner:
        page.identity.setdefault(f"{IDENTITY_ADDRESS}.commune", commune_sudo.name)
