from odoo import api, fields, models
from odoo.exceptions import UserError

from ..amounts import read_cents


class ProcedurePriceCorrection(models.TransientModel):
    """A line of the price added, changed or waived, with the reason that the applicant reads."""

    _name = "procedure.price.correction"
    _inherit = "procedure.words.mixin"
    _description = "Correction of a price"

    request_id = fields.Many2one("procedure.request", required=True, ondelete="cascade")
    act = fields.Selection(
        [
            ("add", "Add a line"),
            ("change", "Give another amount"),
            ("waive", "Waive a line"),
        ],
        required=True,
        default="add",
        string="What to do",
    )
    line_id = fields.Many2one(
        "procedure.price.line",
        domain="[('request_id', '=', request_id), ('is_current', '=', True)]",
        ondelete="cascade",
    )
    label = fields.Char(string="What it is for")
    amount = fields.Char("Amount in euros", help="12,50. A reduction begins with −.")
    reason = fields.Char(string="Why: the applicant reads it")

    @api.depends("request_id")
    def _compute_leaves_label(self):
        return super()._compute_leaves_label()

    @api.constrains("request_id", "line_id")
    def _check_rights(self):
        for wizard in self:
            wizard.request_id.check_access("read")
            wizard.line_id.check_access("read")
            wizard.request_id._check_actor("agent")

    def action_confirm(self):
        self.ensure_one()
        cents = None
        if self.act != "waive":
            cents = read_cents(self.amount)
            if cents is None:
                raise UserError(self.env._("Write an amount like this: 12,50."))
        if self.act != "add" and not self.line_id:
            raise UserError(self.env._("Choose the line."))
        self.request_id._correct_price(
            self.reason,
            line=self.line_id if self.act != "add" else None,
            label=self.label,
            cents=cents,
        )
        return {"type": "ir.actions.act_window_close"}
