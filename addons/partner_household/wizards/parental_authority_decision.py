from odoo import api, fields, models


class ParentalAuthorityDecision(models.TransientModel):
    _name = "parental.authority.decision"
    _description = "Decision on a parental authority"

    authority_id = fields.Many2one("parental.authority", required=True, readonly=True)
    decision = fields.Selection(
        [
            ("verify", "Verify"),
            ("join", "Same child as the other sheet"),
            ("contest", "Contest"),
            ("withdraw", "Withdraw"),
        ],
        required=True,
        default="verify",
    )
    possible_duplicate_id = fields.Many2one(
        related="authority_id.child_id.possible_duplicate_id", related_sudo=False
    )
    text = fields.Text(required=True)

    @api.constrains("authority_id")
    def _check_authority_id(self):
        """The form shows the names of the authority: only who reads it opens one."""
        self.authority_id.sudo(False).check_access("read")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        values.setdefault("authority_id", self.env.context.get("active_id"))
        return values

    def action_decide(self):
        self.ensure_one()
        authority = self.authority_id
        if self.decision == "join":
            authority.action_join(self.possible_duplicate_id.id, self.text)
        else:
            getattr(authority, f"action_{self.decision}")(self.text)
