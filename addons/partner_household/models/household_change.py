from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..change_types import Proposal


class HouseholdChange(models.Model):
    """What an adult of a household, or who acts for an organisation, says has changed: nothing
    changes before an agent accepts, line by line."""

    _name = "household.change"
    _description = "Proposed change of a household or of an organisation"
    _order = "create_date desc, id desc"

    subject_id = fields.Many2one(
        "res.partner",
        "Whose file",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
        domain=[("kind", "in", ("household", "company", "association", "contributor"))],
    )
    requester_id = fields.Many2one(
        "res.partner", required=True, index=True, readonly=True, ondelete="cascade"
    )
    typed_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="The agent who typed it for her, from a call or a letter.",
    )
    state = fields.Selection(
        [("proposed", "Proposed"), ("done", "Done"), ("refused", "Nothing changed")],
        required=True,
        default="proposed",
        readonly=True,
        copy=False,
        index=True,
    )
    line_ids = fields.One2many("household.change.line", "change_id", "Changes", readonly=True)

    @api.depends("subject_id", "create_date")
    def _compute_display_name(self):
        for change in self:
            change.display_name = change.subject_id.display_name

    @api.model
    def _propose(self, subject, requester, values, **more):
        """The differences between what is known and what she says.

        :param subject: the household, or the organisation
        :param requester: an adult of this household, or who acts for this organisation today; the
            staff who read the file may type it for her
        :param values: of each type of change, what it reads (`change_types`):
            address: {street, street2, commune (INSEE code, or `outside` with zip, city), date}
            new_home: as address, of her who leaves this household
            persons: {person id: {field: value}}, of herself or of a child she answers for
            organisation: {field: value}
            arrivals: [{firstname, lastname, birthdate, role, email}]
            departures, deaths: [{person (id), or firstname, lastname, birthdate; date}]
            custody: [{person (id of a child), custody (here, shared, elsewhere), date}]
            officers_leaving: [name]
            closing: {date}
        :param more: other values of the row
        :raise ValidationError: one sentence for each value in error
        """
        self._check_proposer(subject, requester)
        lines, errors = self._prepare_lines(subject, requester, values)
        if errors or not lines:
            raise ValidationError("\n".join(errors) or self._get_nothing_sentence())
        is_typed_for_her = requester != self.env.user.partner_id and not self.env.su
        change_sudo = self.sudo().create(
            {
                "subject_id": subject.id,
                "requester_id": requester.id,
                "typed_by_id": is_typed_for_her and self.env.uid,
                "line_ids": [Command.create(line) for line in lines],
                **more,
            }
        )
        for line_sudo in change_sudo.line_ids:
            line_sudo.old_value = line_sudo._get_type().read_known(line_sudo)
        return change_sudo.sudo(self.env.su)

    @api.model
    def _prepare_lines(self, subject, requester, values):
        """What `_propose` would write, and the sentences of what is wrong: nothing is written."""
        proposal = Proposal(self.env, subject, requester)
        lines = []
        for code, each in self.env["household.change.types"]._get_types().items():
            raw = values.get(each.argument)
            if raw:
                lines += [{**line, "type": code} for line in each.prepare(proposal, raw)]
        return lines, proposal.errors

    @api.model
    def _get_problems(self, subject, requester, values):
        """What `_propose` would refuse: a sentence each. Nothing is written."""
        lines, errors = self._prepare_lines(subject, requester, values)
        return errors or ([] if lines else [self._get_nothing_sentence()])

    def _get_nothing_sentence(self):
        return self.env._("Nothing differs from what we know.")

    def _check_proposer(self, subject, requester):
        if requester != self.env.user.partner_id:
            subject._check_file_read_by_user()
        if requester not in subject._get_speakers():
            raise AccessError(
                self.env._("Only an adult of this household may propose a change.")
                if subject.sudo().kind == "household"
                else self.env._("Only who acts for this organisation may propose a change.")
            )

    def _check_decider(self):
        """Hook: who decides on its lines; `_check_file_decider` besides."""
        self._check_file_decider()

    def _check_file_decider(self):
        """Those who read the file, and nobody for herself."""
        me = self.env.user.partner_id
        for change_sudo in self.sudo():
            subject_sudo = change_sudo.subject_id
            own = change_sudo.requester_id
            if subject_sudo._is_organisation():
                own |= subject_sudo._get_current_delegates()
            if me in own and not self.env.su:
                raise AccessError(self.env._("You cannot decide on your own proposal."))
            subject_sudo.sudo(self.env.su)._check_file_read_by_user()

    def _close_if_decided(self):
        for change_sudo in self.sudo():
            if "proposed" not in change_sudo.line_ids.mapped("state"):
                change_sudo._set_decided()
                change_sudo._on_decided()

    def _set_decided(self):
        is_done = "accepted" in self.line_ids.mapped("state")
        self.state = "done" if is_done else "refused"

    def _withdraw(self):
        """Who asked thinks better of it: what nobody decided on waits no longer. In superuser
        mode, once it is checked that it is hers."""
        for change in self:
            waiting = change.line_ids.filtered(lambda line: line.state == "proposed")
            waiting._decide("withdrawn")
            change._set_decided()

    def _propose_again(self, values):
        """What is asked was corrected: the lines that wait give way to what it says now. In
        superuser mode.

        :raise ValidationError: as `_propose`
        """
        self.ensure_one()
        self.line_ids.filtered(lambda line: line.state == "proposed").unlink()
        lines, errors = self._prepare_lines(self.subject_id, self.requester_id, values)
        if errors:
            raise ValidationError("\n".join(errors))
        known = self.line_ids
        self.write({"line_ids": [Command.create(line) for line in lines]})
        for line in self.line_ids - known:
            line.old_value = line._get_type().read_known(line)

    def _reopen(self):
        """What was not done is looked at again. In superuser mode, once the decider is checked."""
        for change in self:
            undone = change.line_ids.filtered(lambda line: line.state in ("refused", "withdrawn"))
            undone.write({"state": "proposed", "reason": False})
            if undone:
                change.state = "proposed"

    def _on_applied(self, lines):
        """Hook: what these lines say is so from now on; the services downstream (waste, school,
        mailing) learn it here and nowhere else. In superuser mode, in the same transaction."""

    def _on_decided(self):
        """Hook: its lines are all decided, in this transaction. In superuser mode.

        Who asked is told, without a word of what she asked: her page shows it.
        """
        self.ensure_one()
        if self._speaks_still():
            self._tell_requester()

    def _tell_requester(self):
        """In superuser mode."""
        requester = self.requester_id
        if requester.email:
            template = self.env.ref("partner_household.mail_change_decided")
            template._send_to(self, requester.email_formatted, requester.lang)

    def _speaks_still(self):
        """Who no longer acts for an organisation, or died, is told nothing of it. In superuser
        mode."""
        subject, requester = self.subject_id, self.requester_id
        if not subject._is_organisation():
            return requester.active
        return requester in subject._get_speakers() or self._has_said_so()

    def _has_said_so(self):
        """She acts no longer, or lives there no longer, by what she reported here. In superuser
        mode."""
        ends = {"officer_leaving", "closing", "departure", "new_home"}
        done = self.line_ids.filtered(lambda line: line.state == "accepted")
        return self.requester_id.active and bool(ends & set(done.mapped("type")))

    def _may_be_applied(self):
        """What somebody proposed who speaks no longer for this file is nobody's any more. In
        superuser mode."""
        requester = self.requester_id
        speaks = requester in self.subject_id._get_speakers() or self._has_said_so()
        return requester.active and speaks

    def _get_url(self):
        is_organisation = self.subject_id._is_organisation()
        path = f"/my/organisme/{self.subject_id.id}" if is_organisation else "/my/foyer"
        if is_organisation and self.requester_id not in self.subject_id._get_speakers():
            path = "/my"
        return f"{self.get_base_url()}{path}"
