from odoo import models


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_reference_fields_generic(
        self, referenced_model, src_records, dst_record, additional_update_records=None
    ):
        """The index of the answers follows; no foreign key says it to core."""
        more = [
            *(additional_update_records or []),
            {"model": "procedure.answer", "field_model": "res_model"},
        ]
        return super()._update_reference_fields_generic(
            referenced_model, src_records, dst_record, more
        )
