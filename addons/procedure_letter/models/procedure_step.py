from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProcedureStep(models.Model):
    _inherit = "procedure.step"

    sends = fields.Selection(
        [
            ("none", "Nothing"),
            ("mail", "A mail"),
            ("letter", "A letter, on paper"),
            ("both", "A mail with its letter"),
        ],
        default="none",
        required=True,
        help="Sent once to each applicant, when her request enters this step.",
    )
    template_id = fields.Many2one(
        "procedure.letter.template",
        string="What it says",
        domain="[('kind', '=', 'step'), '|', ('procedure_ids', '=', False), "
        "('procedure_ids', 'in', procedure_id)]",
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.constrains("sends", "template_id")
    def _check_sends(self):
        for step in self:
            if step.sends != "none" and not step.template_id:
                raise ValidationError(
                    self.env._("Choose what the step “%(step)s” says.", step=step.name)
                )
