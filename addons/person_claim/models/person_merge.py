from odoo import api, models


class PersonMerge(models.Model):
    _inherit = "person.merge"

    @api.model
    def _get_filled_fields(self):
        """The service that opened a file goes on reading it once its owner claimed it."""
        return (
            *super()._get_filled_fields(),
            "entry_service_id",
            "entry_channel",
            "entry_date",
            "entry_evidence",
        )
