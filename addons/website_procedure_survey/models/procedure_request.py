from odoo import models

from odoo.addons.website_parts.tools.day import show_day


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    def _prepare_portal_values(self, base_url, by=None):
        values = super()._prepare_portal_values(base_url, by)
        return {**values, "survey": self._prepare_survey(by)}

    def _prepare_survey(self, by=None):
        """What the page of the request asks of her; None when it asks nothing. In superuser mode.

        :param by: as in `_prepare_portal_values`
        """
        last = self._get_survey_day(by)
        if not last:
            return None
        answer = self._get_survey_answer()
        given = ""
        if answer:
            given = self.env._(
                "You answered “%(answer)s”. You may change it until %(day)s.",
                answer=self.env._("Yes") if answer.is_satisfied else self.env._("No"),
                day=show_day(self.env, last),
            )
        return {"given": given, "link": self._get_survey_link(by)}
