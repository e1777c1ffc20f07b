from odoo import api, fields, models


class ParentalAuthority(models.Model):
    _name = "parental.authority"
    _description = "Parental authority"
    _inherit = ["period.mixin"]
    _order = "child_id, id"

    child_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("kind", "=", "person")],
    )
    holder_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("kind", "=", "person")],
    )
    kind = fields.Selection(
        [("full", "Full"), ("delegated", "Delegated"), ("withdrawn", "Withdrawn")],
        required=True,
        default="full",
    )
    state = fields.Selection(
        [
            ("declared", "Declared"),
            ("verified", "Verified"),
            ("contested", "Contested"),
            ("ended", "Ended"),
        ],
        required=True,
        default="declared",
        readonly=True,
        copy=False,
    )
    evidence = fields.Text(readonly=True, copy=False, help="What was seen; never a copy of it.")
    evidence_seen_by = fields.Many2one("res.users", readonly=True, copy=False)
    evidence_seen_on = fields.Date(readonly=True, copy=False)
    reason = fields.Text("Reason of the contest", readonly=True, copy=False)
    grants_access = fields.Boolean(
        compute="_compute_grants_access",
        store=True,
        help="The dates and the child's age are looked at by each query besides.",
    )

    _live_uniq = models.UniqueIndex(
        "(child_id, holder_id) WHERE state != 'ended'",
        "This person already has an authority over this child.",
    )

    @api.depends("state", "kind", "holder_id", "child_id.declarant_id")
    def _compute_grants_access(self):
        for authority in self:
            authority.grants_access = authority.kind != "withdrawn" and (
                authority.state == "verified"
                or (
                    authority.state == "declared"
                    and authority.child_id.declarant_id == authority.holder_id
                )
            )

    @api.depends("holder_id", "child_id")
    def _compute_display_name(self):
        for authority in self:
            authority.display_name = (
                f"{authority.holder_id.display_name} → {authority.child_id.display_name}"
            )

    # The checked methods come next.
    def action_verify(self, evidence):
        raise NotImplementedError

    def action_contest(self, reason):
        raise NotImplementedError

    def action_end(self):
        raise NotImplementedError

    def action_accept_by_holder(self):
        raise NotImplementedError
