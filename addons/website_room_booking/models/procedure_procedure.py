from odoo import models

from odoo.addons.room_booking.models.procedure_procedure import KIND

from ..pages.room_page import RoomPage


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    def _tell_elsewhere(self, commune):
        """Which room is for whom."""
        if self.kind != KIND:
            return super()._tell_elsewhere(commune)
        return super()._tell_elsewhere(commune) or " ".join(self.room_ids._get_open_sentences())

    def _get_form_page_parts(self):
        parts = super()._get_form_page_parts()
        return [RoomPage, *parts] if self.kind == KIND else parts
