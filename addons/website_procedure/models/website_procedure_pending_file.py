from odoo import fields, models


class WebsiteProcedurePendingFile(models.Model):
    _name = "website.procedure.pending.file"
    _description = "File of a form not sent yet"
    _order = "id"
    _keeps_files_as_given = True

    pending_id = fields.Many2one(
        "website.procedure.pending", required=True, index=True, ondelete="cascade"
    )
    field_key = fields.Char(required=True)
    name = fields.Char(required=True)
    mimetype = fields.Char(required=True)
    size = fields.Integer()
    pages = fields.Integer(help="Said in the acknowledgment.")
    sha256 = fields.Char()
    content = fields.Binary(attachment=True, required=True)
    # In its row: small, and gone with it.
    thumbnail = fields.Binary(attachment=False, help="Of a picture, to be recognised in a list")
