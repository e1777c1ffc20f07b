from odoo import models


class PrivacyProcessing(models.Model):
    _inherit = "privacy.processing"

    def _get_kept(self):
        kept = super()._get_kept()
        if self.code == "content_report":
            rule_sudo = self.env.ref("website_content_report.retention_report").sudo()
            delay = rule_sudo._get_delay_text(rule_sudo.months)
            sentence = self.env._("Your message: %(delay)s after the answer.", delay=delay)
            kept.append((self.env._("Errors reported on pages"), rule_sudo.months, sentence))
        return kept
