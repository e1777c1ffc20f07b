from odoo import fields, models


class CommuneRoom(models.Model):
    _name = "commune.room"
    _description = "Room of a commune"
    _inherit = ["content.guard.mixin"]
    _guards_whole_rows = True
    _order = "commune_id, sequence, id"

    commune_id = fields.Many2one("territory.commune", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    capacity = fields.Integer(help="How many persons; empty: not told.")
    equipment = fields.Char(help="Kitchen, car park, projector.")
    tariffs = fields.Text(help="For the residents, for the others; one line each.")
    photo = fields.Image(max_width=1600, max_height=1600)
    photo_alt = fields.Char("Words instead of the photo", help="For those who do not see it.")
    photo_credit = fields.Char("Credit of the photo")

    _capacity_valid = models.Constraint(
        "CHECK(COALESCE(capacity, 0) >= 0)", "A room holds no less than nobody."
    )

    def _get_summary(self):
        self.ensure_one()
        people = self.capacity and self.env._("%(number)s persons", number=self.capacity)
        return ", ".join(filter(None, [people, self.equipment]))
