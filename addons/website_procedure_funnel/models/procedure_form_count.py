from odoo import fields, models

from .procedure_form_mark import KINDS


class ProcedureFormCount(models.Model):
    """How many people, each week, on a page or a question of a version. Read by nobody but the
    builder, which hides what is about too few of them."""

    _name = "procedure.form.count"
    _description = "Count of what happened on a form"
    _log_access = False

    version_id = fields.Many2one("procedure.version", required=True, ondelete="cascade")
    week = fields.Date(required=True, index=True)
    page_key = fields.Char(required=True)
    field_key = fields.Char(required=True)
    code = fields.Char(required=True, default="")
    kind = fields.Selection(KINDS, required=True)
    number = fields.Integer(required=True)

    _one_row = models.Constraint(
        "UNIQUE(version_id, week, page_key, field_key, code, kind)", "A count has one row."
    )
