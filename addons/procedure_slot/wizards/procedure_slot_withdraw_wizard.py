from odoo import fields, models
from odoo.exceptions import UserError


class ProcedureSlotWithdrawWizard(models.TransientModel):
    """The service cannot keep these appointments: who comes is listed first, then told."""

    _name = "procedure.slot.withdraw.wizard"
    _description = "Cancel slots and tell who comes"

    booking_ids = fields.Many2many("procedure.slot.booking", string="Who comes", readonly=True)
    left_out = fields.Text("Left as they are", readonly=True)
    words = fields.Text("What they read", help="Why, and what you propose.")

    def action_confirm(self):
        """Each of them is free, and each person is written to with the way to another hour. One
        that cannot be cancelled stops nobody: who acts reads which, and why."""
        self.ensure_one()
        taken = self.booking_ids.filtered(lambda each: each.state == "taken")
        if not taken:
            raise UserError(self.env._("Nobody comes any more: there is nothing to cancel."))
        # The right to do so is asked of all of them before any is told.
        for request in taken.request_id:
            request._check_actor("agent")
        asked = taken._group_by_question()
        problems = []
        for request, key in asked:
            try:
                with self.env.cr.savepoint():
                    request._cancel_slot(key, actor="agent", reasons=self.words or "")
            except UserError as refused:
                problems.append(request._tell_slot_problem(str(refused)))
        if len(problems) == len(asked):
            raise UserError("\n".join(problems))
        close = {"type": "ir.actions.act_window_close"}
        if not problems:
            return close
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("Not cancelled, and not told"),
                "message": "\n".join(problems),
                "next": close,
            },
        }
