from odoo import fields, models


class ProcedureStep(models.Model):
    _name = "procedure.step"
    _description = "Follow-up step of a procedure"
    _order = "procedure_id, sequence, id"

    procedure_id = fields.Many2one(
        "procedure.procedure", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    is_public = fields.Boolean(
        string="Shown to the applicant",
        help="The applicant reads the name of the step and its date on the page of the request.",
    )
    fold = fields.Boolean(string="Folded in kanban")
