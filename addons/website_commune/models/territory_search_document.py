from odoo import fields, models


class TerritorySearchDocument(models.Model):
    _inherit = "territory.search.document"

    kind = fields.Selection(
        selection_add=[("practical", "Practical information"), ("event",)],
        ondelete={"practical": "cascade"},
    )
