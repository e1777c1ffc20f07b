from odoo import models


class PrivacyProcessing(models.Model):
    _inherit = "privacy.processing"

    def _get_kept(self):
        """The accounts, in the entry that is shown at sign-up."""
        kept = super()._get_kept()
        if self == self.env.ref("privacy_register.processing_account", raise_if_not_found=False):
            rule_sudo = self.env.ref("household_retention.retention_account").sudo()
            delay = rule_sudo._get_delay_text(rule_sudo.months)
            sentence = self.env._("Your account: %(delay)s after your last log-in.", delay=delay)
            kept.append((rule_sudo.name, rule_sudo.months, sentence))
        return kept
