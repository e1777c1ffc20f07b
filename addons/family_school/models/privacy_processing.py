from odoo import models


class PrivacyProcessing(models.Model):
    _inherit = "privacy.processing"

    def _get_kept(self):
        """The pupils, in the entry of the schools."""
        kept = super()._get_kept()
        if self.code == "family_school":
            rule_sudo = self.env.ref("family_school.retention_pupil").sudo()
            delay = rule_sudo._get_delay_text(rule_sudo.months)
            sentence = self.env._(
                "The registrations in a school: %(delay)s after the last day of the child there.",
                delay=delay,
            )
            kept.append((rule_sudo.name, rule_sudo.months, sentence))
        return kept
