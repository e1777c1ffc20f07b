from odoo import fields, models


class CommuneMember(models.Model):
    _name = "commune.member"
    _description = "Elected member of a commune"
    _inherit = ["content.guard.mixin"]
    _guards_whole_rows = True
    _order = "commune_id, sequence, id"

    commune_id = fields.Many2one("territory.commune", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    function = fields.Char(help="Mayor; first deputy: roads, water.")
    permanence = fields.Char("Hours of presence", help="Thursday from 11 to 13.")
