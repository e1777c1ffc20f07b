from odoo import fields, models


class WashHouseHours(models.Model):
    _name = "wash.house.hours"
    _description = "Hours of a wash house"
    _inherit = ["content.guard.mixin"]
    _guards_whole_rows = True

    house_id = fields.Many2one("wash.house", required=True, ondelete="cascade")
    day = fields.Char()
    hour_from = fields.Float()
    hour_to = fields.Float()
    picture = fields.Image(max_width=512)
