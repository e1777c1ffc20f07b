from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.dates import say_day


class HouseholdChangeLine(models.Model):
    _name = "household.change.line"
    _description = "Line of a proposed change"
    _order = "change_id, id"

    change_id = fields.Many2one(
        "household.change", required=True, index=True, readonly=True, ondelete="cascade"
    )
    type = fields.Char(required=True, readonly=True)
    person_id = fields.Many2one("res.partner", readonly=True, index=True, ondelete="cascade")
    field_key = fields.Char(required=True, readonly=True)
    label = fields.Char(compute="_compute_label")
    old_text = fields.Char("Before", readonly=True)
    new_text = fields.Char("After", readonly=True)
    # Nobody reads it: of an arrival it says whether that person lives there already.
    old_value = fields.Json(readonly=True, copy=False, groups=fields.NO_ACCESS)
    new_value = fields.Json(readonly=True)
    date_from = fields.Date("From", compute="_compute_date_from")
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
            ("stale", "Changed meanwhile"),
            ("withdrawn", "Taken back"),
        ],
        required=True,
        default="proposed",
        readonly=True,
        copy=False,
    )
    reason = fields.Text(readonly=True)
    needs_evidence = fields.Boolean(compute="_compute_needs_evidence")
    evidence = fields.Text(
        "What was seen",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="What it was, never a copy of it.",
    )
    decided_by_id = fields.Many2one(
        "res.users", "Decided by", readonly=True, copy=False, ondelete="restrict"
    )
    date_decided = fields.Datetime("Decided on", readonly=True, copy=False)

    @api.depends("type", "field_key")
    @api.depends_context("lang")
    def _compute_label(self):
        for line in self:
            found = line._get_type()
            line.label = found.get_label(line.sudo()) if found else line.field_key

    def _get_told(self):
        """What it says, with the day to come from which it is so: until then the sheet keeps what
        it says today."""
        self.ensure_one()
        found = self._get_type()
        told = found.get_text(self) if found else self.new_text or self.old_text or ""
        if not self.date_from or self.date_from <= self._get_day_decided():
            return told
        day = say_day(self.env, self.date_from)
        return self.env._("%(told)s, from %(day)s", told=told, day=day)

    def _get_day_decided(self):
        """Today, until somebody decides."""
        return clock.local_day(self.date_decided) if self.date_decided else clock.today()

    @api.depends("label", "old_text", "new_text", "date_from", "date_decided")
    @api.depends_context("lang", "unnamed_children")
    def _compute_display_name(self):
        """“Death: Jean Durand”: what the window of a decision is about."""
        for line in self:
            told = line._get_told()
            line.display_name = (
                self.env._("%(label)s: %(told)s", label=line.label, told=told)
                if told
                else line.label
            )

    def _get_title(self):
        """Its label, as a noun: of a request that lists what it reports."""
        self.ensure_one()
        found = self._get_type()
        return found.get_title(self.sudo()) if found else self.label

    def _get_named(self):
        """The person that it is about, by name; empty where it is about something else."""
        self.ensure_one()
        found = self._get_type()
        return (self.new_text or self.old_text or "") if found and found.is_named else ""

    @api.depends("type")
    def _compute_needs_evidence(self):
        for line in self:
            found = line._get_type()
            line.needs_evidence = bool(found) and found.needs_evidence

    @api.depends("new_value")
    def _compute_date_from(self):
        """The day that was typed: accepting applies the change as of that day."""
        for line in self:
            value = line.new_value
            day = value.get("date") if isinstance(value, dict) else False
            line.date_from = fields.Date.to_date(day)

    def _get_type(self):
        """None: the addon that brought this type is gone."""
        return self.env["household.change.types"]._get_types().get(self.type)

    def action_accept(self, evidence=""):
        """Applies what is proposed; what changed since is not written over, and says so.

        :param evidence: what was seen, where a type of change asks for it
        """
        self._check_proposed()
        needing_sudo = self.sudo().filtered("needs_evidence")
        if needing_sudo and not (evidence or "").strip():
            raise UserError(
                self.env._(
                    "“%(label)s” is accepted on its own line, with what was seen.",
                    label=needing_sudo[0].label,
                )
            )
        needing_sudo.evidence = evidence
        if any(not line_sudo._get_type() for line_sudo in self.sudo()):
            raise UserError(self.env._("The part of the platform that reads it is gone."))
        # As they stand before any of them is applied: the first one may be that she leaves.
        stale_sudo = self.sudo().filtered(lambda line: line._is_stale())
        stale_sudo._decide("stale")
        applied_sudo = self.sudo().browse()
        for line_sudo in self.sudo() - stale_sudo:
            line_sudo._get_type().apply(line_sudo)
            line_sudo._decide("accepted")
            applied_sudo |= line_sudo
        for change_sudo, lines_sudo in applied_sudo.grouped("change_id").items():
            change_sudo._on_applied(lines_sudo)
        self.sudo().change_id._close_if_decided()

    def _is_stale(self):
        """What is known is no longer what it was on the day of the proposal, or who proposed no
        longer speaks for this file. In superuser mode."""
        # A Json field keeps nothing of what is empty.
        found = self._get_type()
        if not found:
            return True
        known = found.read_known(self) or False
        return known != (self.old_value or False) or not self.change_id._may_be_applied()

    def action_refuse(self, reason):
        self._check_proposed()
        if not (reason or "").strip():
            raise UserError(self.env._("Say in a few words why."))
        self.sudo()._decide("refused", reason)
        self.sudo().change_id._close_if_decided()

    def _check_proposed(self):
        self.sudo().change_id.sudo(self.env.su)._check_decider()
        # Two agents accept at the same moment: the second one meets what the first one did.
        self.sudo().change_id.subject_id._meet()
        self.invalidate_recordset(["state"])
        if any(line_sudo.state != "proposed" for line_sudo in self.sudo()):
            raise UserError(self.env._("A colleague already decided on this line."))

    def _decide(self, state, reason=False):
        self.write(
            {
                "state": state,
                "reason": reason,
                "decided_by_id": self.env.uid,
                "date_decided": fields.Datetime.now(),
            }
        )
