from odoo import models
from odoo.exceptions import AccessError


class ResPartner(models.Model):
    """Nobody decides about herself, whatever her groups: the one definition of "herself"."""

    _inherit = "res.partner"

    def _get_owners(self):
        """Whose these sheets are: of a person, herself; of a household, who lives there today; of
        an organisation, who acts for it today. In superuser mode."""
        sheets_sudo = self.sudo()
        households_sudo = sheets_sudo.filtered(lambda sheet: sheet.kind == "household")
        organisations_sudo = sheets_sudo.filtered(lambda sheet: sheet._is_organisation())
        owners_sudo = sheets_sudo - households_sudo - organisations_sudo
        if households_sudo:
            owners_sudo |= households_sudo._get_current_members()
        if organisations_sudo:
            owners_sudo |= organisations_sudo._get_current_delegates()
        return owners_sudo

    def _has_person(self, person):
        """Whether one of these sheets is, for sure, that of this person: it may be another one of
        hers, with the same birth identity."""
        keys = set(self.sudo().mapped("identity_key")) - {False, ""}
        return person in self or person.sudo().identity_key in keys

    def _is_own(self):
        """Whether the user would decide about herself."""
        return self._get_owners()._has_person(self.env.user.partner_id)

    def _check_not_own(self, sentence):
        """What is done in superuser mode was decided by somebody else before.

        :raise AccessError: with this sentence
        """
        if not self.env.su and self._is_own():
            raise AccessError(sentence)
