from odoo import models


class PrivacyProcessing(models.Model):
    _inherit = "privacy.processing"

    def _get_kept(self):
        kept = super()._get_kept()
        if self.code == "platform_problem":
            rule_sudo = self.env.ref("website_problem_report.retention_problem").sudo()
            delay = rule_sudo._get_delay_text(rule_sudo.months)
            sentence = self.env._("What you told us: %(delay)s after the answer.", delay=delay)
            kept.append((self.env._("Problems of the platform"), rule_sudo.months, sentence))
        return kept
