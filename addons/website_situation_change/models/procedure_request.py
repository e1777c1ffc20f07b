from odoo import models


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    def _get_title(self):
        """Two reports of one household are told apart."""
        lines = self.change_id.line_ids
        if not lines:
            return super()._get_title()
        procedure = self.procedure_id
        return self.env._(
            "%(procedure)s: %(event)s",
            procedure=procedure.short_name or procedure.name,
            event=self._describe_lines(lines, lines),
        )

    def _prepare_portal_blocks(self, by=None):
        """What was reported, line by line, with what became of each."""
        blocks = super()._prepare_portal_blocks(by)
        lines = self._get_told_lines()
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
                            "what": f"{line.label}\xa0: {line._get_told()}",
                            "state": words[line.state],
                            "reason": line.reason or line._get_next_sentence(),
                        }
                        for line in lines
                    ]
                },
                "acts": [],
            },
        ]
