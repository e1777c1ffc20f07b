from odoo import fields, models


class DirectoryPhoto(models.Model):
    """A further photo; the first one is on the sheet itself."""

    _name = "directory.photo"
    _inherit = ["content.guard.mixin"]
    _guards_whole_rows = True
    _description = "Photo of a sheet of the directory"
    _order = "sequence, id"
    _rec_name = "alt"

    entry_id = fields.Many2one("directory.entry", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    image = fields.Image(required=True, max_width=1200, max_height=1200)
    alt = fields.Char(
        "What it shows", required=True, help="Read to those who do not see the photo."
    )
    credit = fields.Char("Taken by")
