from odoo import api, fields, models

from ..document import SearchDocument


class TerritorySearchPage(models.Model):
    """A page of the site that is no record of its own: the list of the rooms, a calendar. The addon
    that has its route brings its row, whose words the staff correct."""

    _name = "territory.search.page"
    _description = "Page that the search finds"
    _inherit = ["territory.search.mixin"]
    _order = "name, id"

    name = fields.Char("Title", required=True)
    url = fields.Char("Address", required=True, readonly=True, help="On this site: /salles.")
    summary = fields.Char(required=True, help="One sentence: what is done there.")
    words = fields.Char("What people type", help="Words that find it. They are not shown.")
    active = fields.Boolean(default=True)

    _url_ours = models.Constraint(
        "CHECK(url ~ '^/[a-z]')", "The address of a page of this site begins with a slash."
    )

    @api.depends("active", "name", "url", "summary", "words")
    def _get_search_document(self):
        self.ensure_one()
        if not self.active:
            return super()._get_search_document()
        return SearchDocument(
            kind="online",
            name=self.name,
            url=self.url,
            label=self.env._("Online service"),
            keywords=self.words,
            summary=self.summary,
        )
