from odoo import models


class PrivacyProcessing(models.Model):
    _inherit = "privacy.processing"

    def _get_kept(self):
        """The requests of its procedures, after the months of each."""
        kept = super()._get_kept()
        procedures_sudo = (
            self.env["procedure.procedure"].sudo().search([("processing_id", "in", self.ids)])
        )
        for procedure in procedures_sudo.filtered("retention_months"):
            months = procedure.retention_months
            sentence = self.env._(
                "Your request: %(delay)s after it is finished, then anonymised.",
                delay=self.env["privacy.retention"]._get_delay_text(months),
            )
            if (procedure.name, months, sentence) not in kept:
                kept.append((procedure.name, months, sentence))
        return kept + self._get_kept_documents(procedures_sudo)

    def _get_kept_documents(self, procedures_sudo):
        """Those that only serve the check, by the name that their question gives them."""
        rule_sudo = self.env.ref("procedure_retention.retention_document").sudo()
        delay = rule_sudo._get_delay_text(rule_sudo.months)
        kept = []
        for procedure in procedures_sudo:
            version = procedure.version_id or procedure.version_ids[:1]
            documents = version.field_ids.filtered(lambda field: field._get_type().holds == "files")
            checked = documents.filtered(lambda field: not field.keeps_file)
            if not checked:
                continue
            names = ", ".join(checked.mapped("label"))
            if checked == documents:
                names = self.env._("The documents")
            sentence = self.env._(
                "%(documents)s: until they are checked, %(delay)s after the answer at most.",
                documents=names,
                delay=delay,
            )
            kept.append((f"{procedure.name}, {names}", rule_sudo.months, sentence))
        return kept
