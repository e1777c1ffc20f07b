from odoo import fields, models


class FamilyMenu(models.Model):
    """A meal that a canteen serves: standard, without pork, brought by the family. A family chooses
    one and never says why: what is medical is not here, and belief is asked nowhere."""

    _name = "family.menu"
    _inherit = "territory.owner.mixin"
    _description = "Menu of a canteen"
    _order = "site_id, sequence, id"
    _owner_fields = ("site_id",)

    name = fields.Char(
        required=True, size=40, help="What is on the plate, never why: standard, without pork…"
    )
    site_id = fields.Many2one("family.site", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_uniq = models.Constraint("UNIQUE(site_id, name)", "This canteen has this menu already.")
