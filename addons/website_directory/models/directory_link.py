from odoo import fields, models


class DirectoryLink(models.Model):
    _name = "directory.link"
    _inherit = ["content.guard.mixin"]
    _guards_whole_rows = True
    _description = "Link of a sheet of the directory"
    _order = "sequence, id"

    entry_id = fields.Many2one("directory.entry", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char("Words of the link", required=True)
    url = fields.Char("Address", required=True)

    _url_valid = models.Constraint(
        "CHECK(url ~* '^https?://[^[:space:]\\\\]+$')",
        "A link begins with https:// and has no space.",
    )
