from odoo import api, fields, models

from odoo.addons.territory_search.document import SearchDocument, cut, read_text

from ..filters import QUESTIONS_PATH

SUMMARY_SIZE = 300


class SearchQuestion(models.Model):
    """A question that people ask, and its answer: the search finds it, one page has them all."""

    _name = "search.question"
    _description = "Frequent question"
    _inherit = ["territory.search.mixin"]
    _order = "sequence, name, id"

    name = fields.Char("Question", required=True, help="As people ask it: may I burn my leaves?")
    answer = fields.Html(required=True)
    words = fields.Char("What people type", help="Words that find it. They are not shown.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    @api.depends("active", "name", "answer", "words")
    def _get_search_document(self):
        self.ensure_one()
        if not self.active:
            return super()._get_search_document()
        answer = read_text(self.answer)
        return SearchDocument(
            kind="question",
            name=self.name,
            url=f"{QUESTIONS_PATH}#question-{self.id}",
            label=self.env._("Question and answer"),
            keywords=self.words,
            summary=cut(answer, SUMMARY_SIZE),
            text=answer,
        )
