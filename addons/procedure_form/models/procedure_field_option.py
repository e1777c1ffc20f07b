from odoo import api, fields, models


class ProcedureFieldOption(models.Model):
    _name = "procedure.field.option"
    _inherit = "procedure.version.part"
    _description = "Choice of a form field"
    _order = "field_id, sequence, id"

    field_id = fields.Many2one("procedure.field", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    value = fields.Char(required=True, help="Code kept in the answers; never shown.")
    label = fields.Char(required=True, translate=True)
    is_free = fields.Boolean(
        string="To be specified",
        help="Words are asked of whoever ticks it, such as “Other: …”.",
    )

    _value_uniq = models.Constraint(
        "UNIQUE(field_id, value)", "Two choices of one field have the same value."
    )

    @api.depends("label")
    def _compute_display_name(self):
        for option in self:
            option.display_name = option.label

    def _get_versions(self):
        return self.field_id.version_id
