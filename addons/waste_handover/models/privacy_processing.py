from odoo import models


class PrivacyProcessing(models.Model):
    _inherit = "privacy.processing"

    def _get_kept(self):
        kept = super()._get_kept()
        if self.code == "waste_handover":
            rule_sudo = self.env.ref("waste_handover.retention_handover").sudo()
            delay = rule_sudo._get_delay_text(rule_sudo.months)
            sentence = self.env._("The signature at the door: %(delay)s after it.", delay=delay)
            kept.append((self.env._("Signatures at the door"), rule_sudo.months, sentence))
        return kept
