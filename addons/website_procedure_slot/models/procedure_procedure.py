from odoo import models

from odoo.addons.procedure_slot.field_types import SLOT_TYPE

from ..pages.slot_page import SlotPage


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    def _get_form_page_parts(self):
        """Whatever the version that is shown: one that is begun keeps its own."""
        parts = super()._get_form_page_parts()
        asks = SLOT_TYPE.code in self.version_ids.field_ids.mapped("type")
        return [SlotPage, *parts] if asks else parts
