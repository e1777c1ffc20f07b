from odoo import models


class PrivacyProcessing(models.Model):
    _inherit = "privacy.processing"

    def _get_kept(self):
        kept = super()._get_kept()
        if self.code == "procedure_survey":
            rule_sudo = self.env.ref("procedure_survey.retention_survey_comment").sudo()
            delay = rule_sudo._get_delay_text(rule_sudo.months)
            sentence = self.env._("Your comment: %(delay)s.", delay=delay)
            kept.append((self.env._("Satisfaction surveys"), rule_sudo.months, sentence))
        return kept
