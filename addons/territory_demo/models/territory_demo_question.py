from odoo import api, models

from ..questions import QUESTIONS


class TerritoryDemoQuestion(models.AbstractModel):
    _name = "territory.demo.question"
    _description = "Frequent questions of the demo"

    @api.model
    def _build_questions(self):
        for rank, (name, question, words, answer) in enumerate(QUESTIONS):
            row = self.env["search.question"].create(
                {"name": question, "words": words, "answer": answer, "sequence": 10 * rank}
            )
            self._keep(f"question_{name}", row)
