from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

HOLDERS = "territory_base.territory_group_dpo,territory_base.territory_group_manager"


class ProcedureRequestHold(models.Model):
    """A request that may not be erased yet, and why: an appeal, a dispute, a control.

    Set and removed by the data protection officer and the manager, by these methods only.
    """

    _name = "procedure.request.hold"
    _description = "Legal hold on a request"
    _order = "lifted_on desc, set_on desc, id desc"
    _rec_name = "number"

    # The officer reads the hold, not the request.
    request_id = fields.Many2one(
        "procedure.request",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        groups=fields.NO_ACCESS,
    )
    number = fields.Char(related="request_id.number", store=True)
    kind = fields.Selection(
        [
            ("appeal", "Contested: appeal or complaint"),
            ("dispute", "Dispute before a court"),
            ("control", "Control or inquiry"),
            ("other", "Other"),
        ],
        required=True,
        readonly=True,
    )
    reason = fields.Char(readonly=True)
    set_by_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")
    set_on = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    lifted_by_id = fields.Many2one("res.users", string="Removed by", readonly=True)
    lifted_on = fields.Datetime(string="Removed on", readonly=True)
    lift_reason = fields.Char(string="Why it was removed", readonly=True)

    _once = models.UniqueIndex(
        "(request_id) WHERE lifted_on IS NULL", "This request is held already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_method()
        return super().create(vals_list)

    def write(self, vals):
        self._check_method()
        return super().write(vals)

    def unlink(self):
        self._check_method()
        return super().unlink()

    def _check_method(self):
        if not self.env.su:
            raise AccessError(self.env._("A hold is set and removed by its buttons only."))

    @api.model
    def _check_holder(self):
        if not self.env.user.has_groups(HOLDERS):
            raise AccessError(
                self.env._("The data protection officer and the manager hold a request.")
            )

    @api.model
    def _set(self, number, kind, reason):
        """:raise UserError: without reason, for an unknown number, an erased or a held one"""
        self._check_holder()
        if not (reason or "").strip():
            raise UserError(self.env._("Write why: it is read before anything is erased."))
        request_sudo = (
            self.env["procedure.request"]
            .sudo()
            .search([("number", "=", (number or "").strip().upper())], limit=1)
        )
        if not request_sudo or request_sudo.state == "draft":
            raise UserError(self.env._("No request has this number."))
        if request_sudo.date_anonymised:
            raise UserError(self.env._("This request is anonymised: nothing is left to hold."))
        request_sudo._lock()
        if request_sudo.hold_ids.filtered(lambda hold: not hold.lifted_on):
            raise UserError(self.env._("This request is held already."))
        hold_sudo = self.sudo().create(
            {
                "request_id": request_sudo.id,
                "kind": kind,
                "reason": reason.strip(),
                "set_by_id": self.env.uid,
            }
        )
        # What was announced is no longer so, even if the hold is removed before the next run.
        rule_sudo = self.env.ref("procedure_retention.retention_request").sudo()
        self.env["privacy.retention.warning"].sudo().search(
            [("retention_id", "=", rule_sudo.id), ("res_id", "=", request_sudo.id)]
        ).unlink()
        hold_sudo._log("held")
        return hold_sudo.sudo(self.env.su)

    def _lift(self, reason):
        self._check_holder()
        self.check_access("read")
        if not (reason or "").strip():
            raise UserError(self.env._("Write why: it is read before anything is erased."))
        for hold_sudo in self.sudo().filtered(lambda hold: not hold.lifted_on):
            hold_sudo.write(
                {
                    "lifted_by_id": self.env.uid,
                    "lifted_on": fields.Datetime.now(),
                    "lift_reason": reason.strip(),
                }
            )
            hold_sudo._log("released")

    def _log(self, event):
        """In superuser mode."""
        rule_sudo = self.env.ref("procedure_retention.retention_request").sudo()
        for request in self.request_id:
            delay = request._get_retention_delay(rule_sudo)
            rule_sudo._log(event, request._get_retention_kind(), 1, delay)

    def action_open_lift(self):
        """Ask for the reason."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Remove the hold on %(number)s", number=self.number),
            "res_model": "procedure.hold.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_number": self.number, "default_is_lift": True},
        }
