from odoo import api, models
from odoo.exceptions import AccessError, UserError


class PersonClaimLetter(models.AbstractModel):
    """The code on paper, for those without e-mail address: handed over, or put into an envelope."""

    _name = "report.person_claim.letter"
    _description = "Letter with a code"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Any account may ask for a report by its address: only who made the code prints it."""
        wizards = self.env["person.claim.wizard"].browse(docids)
        wizards.check_access("read")
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only the staff prints a code."))
        for wizard in wizards:
            if not wizard.code:
                raise UserError(self.env._("Make the code first."))
            wizard.subject_id._check_file_read_by_user()
            if wizard.claim_id.sudo().subject_id != wizard.subject_id:
                raise AccessError(self.env._("This code is that of another file."))
        return {
            "docs": wizards,
            "address": {wizard.id: self._get_lines(wizard) for wizard in wizards},
        }

    def _get_lines(self, wizard):
        """The envelope has a window: her name, then where she lives."""
        subject_sudo = wizard.subject_id.sudo()
        dwelling_sudo = subject_sudo._current_dwelling()
        place_sudo = dwelling_sudo or subject_sudo
        town = (place_sudo.zip, place_sudo.commune_id.name or subject_sudo.city)
        return [
            line
            for line in (
                subject_sudo.name,
                place_sudo.street,
                place_sudo.street2,
                " ".join(filter(None, town)),
            )
            if line
        ]
