from odoo import models


class TerritorySearchMiss(models.Model):
    _inherit = "territory.search.miss"

    def action_write_question(self):
        """The answer is ours: it is written where the search finds it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "search.question",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_name": f"{self.words.capitalize()}\N{NO-BREAK SPACE}?",
                "default_words": self.words,
            },
        }
