from odoo import models


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    def _prepare_portal_blocks(self, by=None):
        """What was reported, line by line, with what became of each."""
        blocks = super()._prepare_portal_blocks(by)
        lines = self.change_id.line_ids
        if not lines:
            return blocks
        words = {
            "proposed": self.env._("being checked"),
            "accepted": self.env._("done"),
            "refused": self.env._("not changed"),
            "stale": self.env._("not changed: it changed meanwhile"),
            "withdrawn": self.env._("taken back by you"),
        }
        return [
            *blocks,
            {
                "name": "changements",
                "title": self.env._("What you reported"),
                "template": "website_situation_change.portal_lines",
                "values": {
                    "lines": [
                        {
                            "what": f"{line.label}\xa0: {line.new_text or line.old_text or ''}",
                            "state": words[line.state],
                            "reason": line.reason,
                        }
                        for line in lines
                    ]
                },
                "acts": [],
            },
        ]
