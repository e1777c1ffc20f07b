from odoo import api, models
from odoo.exceptions import UserError

# What its town hall has to do with the sheet, by where it is.
BANDS = {"draft": "sheet", "contact": "sheet_contact", "stale": "sheet_off"}


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    @api.depends("lodging_ids.state", "lodging_ids.sheet_id.state", "lodging_ids.removal_id.state")
    @api.depends_context("uid")
    def _compute_desk_bands(self):
        return super()._compute_desk_bands()

    def _get_desk_bands(self):
        bands = super()._get_desk_bands()
        if lodging := self._get_lodging_to_complete():
            bands[BANDS[lodging.sheet_step]] = 60
        return bands

    def _get_lodging_to_complete(self):
        """The lodging of which the reader has a sheet to complete, or to take off; none where she
        has nothing to do with it."""
        self.ensure_one()
        user = self.env.user
        lodgings_sudo = self.sudo().lodging_ids.filtered(
            lambda each: each.sheet_step in BANDS and each.sheet_id._is_contributor(user)
        )
        return lodgings_sudo[:1].sudo(self.env.su)

    def action_open_lodging_sheet(self):
        """Its page among the contributions."""
        self.ensure_one()
        self.check_access("read")
        lodging = self._get_lodging_to_complete()
        if not lodging:
            raise UserError(self.env._("This sheet was completed meanwhile."))
        return lodging.action_open_sheet()
