from odoo import models

from odoo.addons.procedure_slot.field_types import SLOT_TYPE


class WebsiteProcedurePending(models.Model):
    _inherit = "website.procedure.pending"

    def unlink(self):
        """What is deleted or given up keeps no place; what is sent has taken its own."""
        holders = [holder for pending in self for holder in pending._get_slot_holders()]
        if holders:
            self.env["procedure.slot.booking"]._release_holders(holders)
        return super().unlink()

    def _get_slot_holder(self):
        """Under which secret this form holds its places: nobody else can say it, for it is said by
        our server only."""
        self.ensure_one()
        return f"{self._name} {self.id}"

    def _get_slot_holders(self):
        """The same, for each of its questions."""
        self.ensure_one()
        fields = self.version_id.field_ids.with_context(slot_holder=self._get_slot_holder())
        slots = fields.filtered(lambda each: each._get_type() == SLOT_TYPE)
        return [question._get_slot_holder() for question in slots]
