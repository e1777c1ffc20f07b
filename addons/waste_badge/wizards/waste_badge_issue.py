from odoo import api, fields, models
from odoo.exceptions import UserError


class WasteBadgeIssue(models.TransientModel):
    """A badge given for a request; the one that it replaces is blocked by the same act."""

    _name = "waste.badge.issue"
    _description = "Badge given for a request"

    request_id = fields.Many2one("procedure.request", required=True, readonly=True)
    number = fields.Char("Number of the new badge", required=True)
    previous_id = fields.Many2one(
        "waste.badge",
        "Badge to block",
        compute="_compute_previous_id",
        store=True,
        readonly=False,
        domain=[("state", "=", "live")],
        help="Proposed when it belongs to the same address.",
    )

    @api.depends("request_id")
    def _compute_previous_id(self):
        for wizard in self:
            request = wizard.request_id
            wizard.previous_id = request._find_previous_badge() if request else False

    def action_issue(self):
        self.ensure_one()
        request = self.request_id
        request.check_access("write")
        request._lock()
        if not request.is_badge_to_give:
            raise UserError(
                self.env._("A badge is given once, for an accepted request that asks for it.")
            )
        Badge = self.env["waste.badge"]
        if Badge.sudo()._find_live(self.number) - self.previous_id:
            raise UserError(self.env._("Another live badge has this number."))
        if self.previous_id:
            self.previous_id.action_block()
        badge = Badge.create(
            {
                "number": self.number,
                "service_id": request.service_id.id,
                "dwelling_id": request.dwelling_id.id,
                "request_id": request.id,
            }
        )
        self.previous_id.sudo().replaced_by_id = badge
        sentence = self.env._("Badge %(number)s given.", number=badge.number)
        request._message_log(body=sentence)
        return {"type": "ir.actions.act_window_close"}
