from odoo import models


class PrivacyProcessing(models.Model):
    _inherit = "privacy.processing"

    def _get_kept(self):
        """The requests of its procedures, after the months of each."""
        kept = super()._get_kept()
        procedures_sudo = (
            self.env["procedure.procedure"]
            .sudo()
            .search([("processing_id", "in", self.ids), ("retention_months", ">", 0)])
        )
        for procedure in procedures_sudo:
            months = procedure.retention_months
            sentence = self.env._(
                "Your request: %(delay)s after it is finished, then anonymised.",
                delay=self.env["privacy.retention"]._get_delay_text(months),
            )
            if (procedure.name, months, sentence) not in kept:
                kept.append((procedure.name, months, sentence))
        return kept
