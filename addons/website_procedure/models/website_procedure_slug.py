from odoo import fields, models


class WebsiteProcedureSlug(models.Model):
    """An address that a procedure had: links in mails and on paper go on working."""

    _name = "website.procedure.slug"
    _description = "Former address of a procedure"
    _rec_name = "slug"

    slug = fields.Char(required=True)
    procedure_id = fields.Many2one(
        "procedure.procedure", required=True, index=True, ondelete="cascade"
    )

    _slug_uniq = models.UniqueIndex("(slug)", "This address led to another procedure.")
