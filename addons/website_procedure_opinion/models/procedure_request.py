from odoo import models


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    def _get_past_rows(self):
        """Who is consulted and what was answered prepare the decision: not said."""
        rows = super()._get_past_rows()
        opinions = self.opinion_ids.filtered(lambda opinion: opinion.state != "withdrawn")
        if opinions:
            rows.append(
                {
                    "kind": "opinion",
                    "moment": min(opinions.mapped("create_date")),
                    "title": self.env._("We ask for an opinion"),
                }
            )
        return rows
