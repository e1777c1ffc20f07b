from odoo import models

from odoo.addons.street_report.models.procedure_procedure import STREET


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    def _prepare_portal_blocks(self, by=None):
        """Nothing was done on the spot: one press opens it again."""
        blocks = super()._prepare_portal_blocks(by)
        if self.kind != STREET or not self._may_street_reopen():
            return blocks
        return [
            *blocks,
            {
                "name": "rue",
                "title": self.env._("The problem is still there?"),
                "template": "website_street_report.portal_street",
                "values": {},
                "acts": [("street_reopen", self.env._("Open my report again"))],
                "is_quiet": True,
            },
        ]

    def _get_event_titles(self):
        titles = super()._get_event_titles()
        return {**titles, "street_reopen": (self.env._("You opened it again"), "check")}

    def _get_decision_row(self, kind, moment):
        row = super()._get_decision_row(kind, moment)
        if self.kind != STREET:
            return row
        return {**row, "title": self._get_decision_title(kind)}

    def _get_tag(self):
        """In the words of a report: nothing is accepted."""
        tag = super()._get_tag()
        if self.kind != STREET or self.state in ("draft", "to_complete", "cancelled"):
            return tag
        return {**tag, "label": self._get_street_state()}
