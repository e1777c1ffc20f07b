from odoo import api, models

from odoo.addons.territory_base import clock


class PrivacyProcessingReport(models.AbstractModel):
    """Entries of the register on paper: one sheet each."""

    _name = "report.privacy_register_export.register"
    _description = "Printed register"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Any account may ask for a report by its address: the rights are checked here."""
        entries = self.env["privacy.processing"].browse(docids)
        entries.check_access("read")
        today = clock.today().strftime("%d/%m/%Y")
        return {
            "docs": entries,
            "items": {entry.id: self._get_items(entry) for entry in entries},
            "printed": self.env._("Printed on %(date)s.", date=today),
        }

    def _get_items(self, entry):
        return [(label, self._show(value)) for label, value in entry._get_register_items() if value]

    def _show(self, value):
        if isinstance(value, str):
            return value
        return clock.local_day(value).strftime("%d/%m/%Y")
