from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.territory_base import clock


class ParentalAuthority(models.Model):
    """A state machine: the access file lets nobody write, the checked methods below do."""

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
    _not_oneself = models.Constraint(
        "CHECK(child_id != holder_id)", "Nobody holds authority over herself."
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
    @api.depends_context("uid")
    def _compute_display_name(self):
        """In superuser mode, where the name of whom the user may not read is not shown."""
        readable = self.sudo(False)._filtered_access("read").sudo(self.env.su)
        (self - readable).display_name = self.env._("Not shown")
        for authority in readable:
            names_sudo = (authority.sudo().holder_id, authority.sudo().child_id)
            authority.display_name = " → ".join(person.display_name for person in names_sudo)

    @api.model
    def _declare(self, child, holder, kind="full"):
        """To be called in superuser mode, after a check of the person who declares."""
        return self.create({"child_id": child.id, "holder_id": holder.id, "kind": kind})

    def action_verify(self, evidence):
        """An agent saw a proof: what it was, who saw it and when are kept, not the paper."""
        self._check_decider()
        self._check_state("declared", "contested")
        self._check_text(evidence)
        if any(authority.kind == "withdrawn" for authority in self):
            raise UserError(
                self.env._("This authority was withdrawn: end it, then declare it again.")
            )
        self._set_verified(evidence)

    def action_accept_by_holder(self):
        """The other holder, verified herself, says that this one is a parent too."""
        for authority in self:
            if not authority._is_other_holder():
                raise AccessError(
                    self.env._("Only another verified holder of authority may accept this one.")
                )
        self._check_state("declared")
        self._set_verified(self.env._("Accepted by the other holder."))

    def action_contest(self, reason):
        """Closes access at once. A holder may contest a declaration, not a checked authority."""
        for authority in self:
            if not (authority.sudo().state == "declared" and authority._is_other_holder()):
                authority._check_decider()
        self._check_state("declared", "verified")
        self._check_text(reason)
        self.sudo().write({"state": "contested", "reason": reason})

    def action_withdraw(self, evidence):
        """A judgment withdraws the authority: access closes at once, the trace stays."""
        self._check_decider()
        self._check_state("declared", "verified", "contested")
        self._check_text(evidence)
        self.sudo().write({"kind": "withdrawn"})
        self._set_verified(evidence)

    def action_end(self):
        for authority in self:
            mine = authority.sudo().holder_id == self.env.user.partner_id
            if (
                not mine
                or authority.sudo().state == "contested"
                or authority.sudo().kind == "withdrawn"
            ):
                authority._check_decider()
        self._check_state("declared", "verified", "contested")
        today = clock.today()
        for authority_sudo in self.sudo():
            start = authority_sudo.date_start
            authority_sudo.write(
                {"state": "ended", "date_end": max(start, today) if start else today}
            )

    def action_join(self, child_id, evidence):
        """The child of this declaration is the one of another sheet: an agent checked it.

        The declarant's own sheet is put aside, and she reads the common one.
        """
        self.ensure_one()
        self._check_decider()
        self._check_state("declared")
        self._check_text(evidence)
        own_sudo = self.sudo().child_id
        child = self.env["res.partner"].browse(child_id).exists()
        child._check_file_read_by_user()
        child_sudo = child.sudo()
        if not child or child == own_sudo or child_sudo.identity_key != own_sudo.identity_key:
            raise UserError(self.env._("These two sheets are not of the same child."))
        own_sudo._join_child(child_sudo)
        live_sudo = self.sudo()
        if live_sudo.state == "ended":
            # She held one over the common sheet already.
            live_sudo = live_sudo.search(
                [
                    ("child_id", "=", child_id),
                    ("holder_id", "=", live_sudo.holder_id.id),
                    ("state", "!=", "ended"),
                ]
            )
        live_sudo.filtered(lambda each: each.state == "declared").sudo(self.env.su)._set_verified(
            evidence
        )

    def _check_decider(self):
        """Nobody decides on her own authority, not even a member of the staff."""
        for authority_sudo in self.sudo():
            holder = authority_sudo.holder_id.sudo(self.env.su)
            holder._check_not_own(self.env._("You cannot decide on your own authority."))
            authority_sudo.child_id.sudo(self.env.su)._check_file_read_by_user()

    def _is_other_holder(self):
        """Whether the user is another holder, verified and with access today, of this child."""
        self.ensure_one()
        me = self.env.user.partner_id
        child_sudo = self.sudo().child_id
        domain = [
            ("child_id", "=", child_sudo.id),
            ("holder_id", "=", me.id),
            ("state", "=", "verified"),
        ]
        return (
            self.sudo().holder_id != me
            and child_sudo._is_child_accessible_by(me)
            and bool(self.sudo().search_count(domain, limit=1))
        )

    def _check_state(self, *states):
        if any(authority_sudo.state not in states for authority_sudo in self.sudo()):
            raise UserError(self.env._("This authority is no longer in the state that you saw."))

    def _check_text(self, text):
        if not (text or "").strip():
            raise UserError(self.env._("Say in a few words what was seen, or why."))

    def _set_verified(self, evidence):
        self.sudo().write(
            {
                "state": "verified",
                "evidence": evidence,
                "evidence_seen_by": self.env.uid,
                "evidence_seen_on": clock.today(),
            }
        )
