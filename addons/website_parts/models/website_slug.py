from odoo import fields, models


class WebsiteSlug(models.Model):
    """An address that a page had: links in mails and on paper go on working."""

    _name = "website.slug"
    _description = "Previous address of a page"
    _rec_name = "slug"

    slug = fields.Char(required=True)
    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, index=True)

    _slug_uniq = models.UniqueIndex("(res_model, slug)", "This address led to another page.")
