from odoo import models
from odoo.exceptions import UserError


class DirectoryEntry(models.Model):
    _inherit = "directory.entry"

    def _is_claimable(self):
        """Online, and kept by nobody who could keep it: no owner, or one that is gone, or for which
        nobody acts today."""
        self.ensure_one()
        if not self.is_online or not self.active:
            return False
        owner_sudo = self.sudo().owner_id
        return not (owner_sudo.active and owner_sudo._get_current_delegates())

    def _check_claimable(self):
        if not self._is_claimable():
            raise UserError(self.env._("Somebody keeps this sheet already."))
