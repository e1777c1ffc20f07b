from odoo import api, fields, models

from ..tools.links import check_url


class CommuneLink(models.Model):
    _name = "commune.link"
    _description = "Useful link of a commune"
    _inherit = ["content.guard.mixin"]
    _guards_whole_rows = True
    _order = "commune_id, sequence, id"

    commune_id = fields.Many2one("territory.commune", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char("Words of the link", required=True)
    url = fields.Char("Address", required=True, help="https://…")

    @api.constrains("url")
    def _check_url(self):
        for link in self:
            check_url(self.env, link.url)
