from odoo import fields, models
from odoo.exceptions import UserError


class ProcedureHoldWizard(models.TransientModel):
    """By number: the data protection officer reads no request."""

    _name = "procedure.hold.wizard"
    _description = "Set or remove a legal hold"

    number = fields.Char(string="Number of the request", required=True)
    kind = fields.Selection(
        selection=lambda self: (
            self.env["procedure.request.hold"]._fields["kind"]._description_selection(self.env)
        ),
        default="appeal",
    )
    reason = fields.Char(required=True)
    is_lift = fields.Boolean()

    def action_apply(self):
        self.ensure_one()
        Hold = self.env["procedure.request.hold"]
        if not self.is_lift:
            Hold._set(self.number, self.kind, self.reason)
        else:
            Hold._check_holder()
            number = (self.number or "").strip().upper()
            hold = Hold.search([("number", "=", number), ("lifted_on", "=", False)])
            if not hold:
                raise UserError(self.env._("No hold is set on this request."))
            hold._lift(self.reason)
        return {"type": "ir.actions.act_window_close"}
