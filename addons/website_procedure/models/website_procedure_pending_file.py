from odoo import api, fields, models


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
    content = fields.Binary(attachment=True)
    document_id = fields.Many2one(
        "procedure.document",
        index="btree_not_null",
        ondelete="cascade",
        help="Given with an earlier request: it holds the content",
    )
    # In its row: small, and gone with it.
    thumbnail = fields.Binary(attachment=False, help="Of a picture, to be recognised in a list")

    @api.model
    def _keep_given(self, pending, key, document):
        """One that she gave before, found again by its document; the caller checked that it is
        hers and still valid."""
        return self.create(
            {
                "pending_id": pending.id,
                "field_key": key,
                "document_id": document.id,
                **{
                    name: document[name] for name in ("name", "mimetype", "size", "pages", "sha256")
                },
            }
        )

    def _get_content(self):
        """In base64, wherever it is kept."""
        self.ensure_one()
        file = self.with_context(bin_size=False)
        return file.document_id.file if file.document_id else file.content
