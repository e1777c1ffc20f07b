from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure_commune.models.procedure_commune import ONLINE
from odoo.addons.website_procedure.controllers.form_commune import get_place_field
from odoo.addons.website_procedure.pages.form_reading import IDENTITY_ADDRESS


class CommunePage:
    """Part of the page of a form that the town hall of each commune answers."""

    @property
    def asked_commune(self):
        """Where what is typed would go; empty as long as nobody can tell. The rest of the address
        may still lack."""
        typed_sudo = self._find_typed_commune()
        if typed_sudo and get_place_field(self.procedure):
            return typed_sudo
        Request_sudo = self.env["procedure.request"].sudo()
        identity = {} if self.partner else Request_sudo._prepare_identity(self.identity, "web")[0]
        acting_for, _children = self.get_acting()
        place = Request_sudo._find_place(
            {
                "procedure_id": self.procedure.id,
                "applicant_id": self.partner and self.partner.id,
                "acting_for_id": acting_for and acting_for.id,
                "contact_commune_id": typed_sudo.id or identity.get("contact_commune_id"),
                "answers": self._get_typed()[0],
            }
        )
        return self.env["territory.commune"].sudo().browse(place["commune_id"])

    def _find_typed_commune(self):
        communes_sudo = self.env["territory.commune"].sudo()
        place = get_place_field(self.procedure)
        if place:
            name = f"{place.key}.commune" if place._get_type().parts else place.key
            typed = self.raw.get(name)
        else:
            typed = None if self.partner else self.identity.get(f"{IDENTITY_ADDRESS}.commune")
        if not isinstance(typed, str) or not typed.strip():
            return communes_sudo
        found = self.get_lookups()["find_commune"](typed)
        return communes_sudo._find_by_insee(found["insee"]) if found else communes_sudo

    @property
    def commune_row(self):
        """What that commune says before the first question, and before it is sent."""
        if self.is_preview or not self.procedure.commune_row_ids:
            return None
        row_sudo = self.procedure._get_commune_row(self.asked_commune)
        return row_sudo if row_sudo and row_sudo._has_own_words() else None

    def _tell_home_refusal(self):
        """Her own commune takes it otherwise: said too, once it is known."""
        sentence = super()._tell_home_refusal()
        is_known = self.partner and not self.is_preview and not self._asks_place()
        if sentence or not is_known or not self.procedure._is_said_by_communes():
            return sentence
        commune_sudo = self.asked_commune
        if not commune_sudo or self.procedure._get_way_in(commune_sudo) == ONLINE:
            return ""
        return self.procedure._tell_refusal(commune_sudo)

    def find_errors(self):
        """A commune that does not take it is told beside the question that names it, on the page
        where it is asked; without an account too."""
        errors = super().find_errors()
        is_said = self.procedure._is_said_by_communes()
        commune_sudo = is_said and self.asked_commune
        if not commune_sudo or self.procedure._get_way_in(commune_sudo) == ONLINE:
            return errors
        refusal = self.procedure._tell_refusal(commune_sudo)
        place = get_place_field(self.procedure)
        if errors.get(AnswersInvalid.FORM) == refusal:
            del errors[AnswersInvalid.FORM]
        return {**errors, (place.key if place else AnswersInvalid.FORM): refusal}
