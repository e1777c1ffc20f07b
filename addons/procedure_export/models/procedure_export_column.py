from odoo import fields, models


class ProcedureExportColumn(models.Model):
    _name = "procedure.export.column"
    _description = "Column of a saved export"
    _order = "export_id, sequence, id"
    _rec_name = "label"

    export_id = fields.Many2one("procedure.export", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    key = fields.Char(
        required=True, readonly=True, help="Of the question; “@…” for what every request has."
    )
    label = fields.Char(required=True, string="Title of the column")

    _key_uniq = models.Constraint("UNIQUE(export_id, key)", "This column is already in the export.")
