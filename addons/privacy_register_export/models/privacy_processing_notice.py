from odoo import models


class PrivacyProcessingNoticeReport(models.AbstractModel):
    """The same entries, as the persons concerned read them (GDPR art. 13)."""

    _name = "report.privacy_register_export.notice"
    _description = "Printed notice"
    _inherit = "report.privacy_register_export.register"

    def _get_items(self, entry):
        return list(entry._get_notice().items())
