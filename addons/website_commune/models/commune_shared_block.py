from odoo import api, fields, models

from odoo.addons.territory_search.document import SearchDocument, cut, read_text

SHARED_PATH = "/infos-pratiques"
SUMMARY_SIZE = 200


class CommuneSharedBlock(models.Model):
    """What the intercommunality tells the people of its communes: each page of them shows it."""

    _name = "commune.shared.block"
    _description = "Block of the intercommunality"
    _inherit = ["territory.search.mixin"]
    _order = "sequence, name, id"

    name = fields.Char("Title", required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    place = fields.Selection(
        [("main", "In the page"), ("side", "Beside it")], required=True, default="side"
    )
    body = fields.Html("Text", required=True)
    keywords = fields.Char(
        "What people type", help="Words that find it: rubbish, days, calendar. They are not shown."
    )
    commune_ids = fields.Many2many(
        "territory.commune", string="Communes concerned", help="Empty: all of them."
    )

    def _get_content_url(self):
        """One page has them all: a commune may hide a block on its own."""
        self.ensure_one()
        return f"{SHARED_PATH}#bloc-{self.id}"

    @api.depends("active", "name", "body", "keywords", "commune_ids.name")
    def _get_search_document(self):
        self.ensure_one()
        if not self.active:
            return super()._get_search_document()
        words = read_text(self.body)
        communes = self.commune_ids.mapped("name")
        return SearchDocument(
            kind="practical",
            name=self.name,
            url=self._get_content_url(),
            label=self.env._("Practical information"),
            keywords=self.keywords,
            summary=cut(words, SUMMARY_SIZE),
            text=" ".join([words, *communes]),
            commune_ids=self.commune_ids.ids,
        )
