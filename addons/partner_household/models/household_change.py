from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ..change_types import Proposal

# Two lines of one person that agree on these say the same.
SAME = ("type", "field_key", "person_id", "new_value")


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
            email: the address of the requester, when she cannot change it by herself
            organisation: {field: value}
            arrivals: [{firstname, lastname, birthdate, role, email}]
            departures, deaths: [{person (id), or firstname, lastname, birthdate; date}]
            custody: [{person (id of a child), custody (here, shared, elsewhere), date}]
            officers: [{name, email, role, date}]: a new role for whoever acts already
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
    def _propose_once(self, subject, requester, values):
        """`_propose` of a page that may be sent again: what waits already is said, not doubled."""
        return self.with_context(only_new_changes=True)._propose(subject, requester, values)

    @api.model
    def _prepare_lines(self, subject, requester, values):
        """What `_propose` would write, and the sentences of what is wrong: nothing is written."""
        proposal = Proposal(self.env, subject, requester)
        lines = []
        for code, each in self.env["household.change.types"]._get_types().items():
            raw = values.get(each.argument)
            if raw:
                lines += [{**line, "type": code} for line in each.prepare(proposal, raw)]
        is_once = self.env.context.get("only_new_changes")
        if not lines or not (is_once or self.env.context.get("only_one_value")):
            return lines, proposal.errors
        waiting = self._get_waiting(subject, requester)
        proposal.errors += self._tell_other_values(lines, waiting)
        if not is_once:
            return lines, proposal.errors
        new = [
            line
            for line in lines
            if not any(
                old["is_told"] and all(old[name] == line.get(name) for name in SAME)
                for old in waiting
            )
        ]
        if not new:
            proposal.errors.append(
                self.env._("You proposed this already: the service is checking it.")
            )
        return new, proposal.errors

    @api.model
    def _tell_other_values(self, lines, waiting):
        """A sentence for each value that would wait beside another one: two phones, of which nobody
        could say which is right. What the staff wrote after a call is not told to her: whoever
        called may not have been her, and she could not take it back."""
        types = self.env["household.change.types"]._get_types()
        return [
            self._get_other_value_sentence(old)
            for line in lines
            for old in waiting
            if old["is_told"]
            and types[line["type"]].has_one_value
            and all(old[name] == line.get(name) for name in SAME if name != "new_value")
            and old["new_value"] != line["new_value"]
        ]

    @api.model
    def _get_other_value_sentence(self, old):
        if old["change"]._may_be_taken_back():
            return self.env._(
                "You proposed “%(value)s” before, which waits still. Take back that request first, "
                "in “My requests”, or call us.",
                value=old["new_text"],
            )
        return self.env._(
            "You proposed “%(value)s” before, which waits still. Call us to correct it.",
            value=old["new_text"],
        )

    @api.model
    def _get_waiting(self, subject, requester):
        """What she proposed herself and nobody decided on: a page sent again, since nothing
        answered, doubles nothing. What others proposed is not told to her."""
        lines_sudo = self.env["household.change.line"].sudo()
        waiting_sudo = lines_sudo.search(
            Domain("state", "=", "proposed")
            & Domain("change_id.subject_id", "=", subject.id)
            & Domain("change_id.requester_id", "=", requester.id)
        )
        user = self.env.user
        return [
            {
                "is_told": user.partner_id != requester or line_sudo.create_uid == user,
                **{name: line_sudo[name] for name in (*SAME, "new_text")},
                "person_id": line_sudo.person_id.id or None,
                "change": line_sudo.change_id,
            }
            for line_sudo in waiting_sudo
        ]

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
        if not self._speaks_for(requester, subject):
            raise AccessError(
                self.env._("Only an adult of this household may propose a change.")
                if subject.sudo().kind == "household"
                else self.env._("Only who acts for this organisation may propose a change.")
            )

    @api.model
    def _speaks_for(self, requester, subject):
        """Whether this person says what changed there. An organisation for which somebody without
        sheet calls says it itself, by the staff that reads its file."""
        if requester == subject and subject.sudo()._is_organisation():
            return True
        return requester in subject._get_speakers()

    def _check_decider(self):
        """Hook: who decides on its lines; `_check_file_decider` besides."""
        self._check_file_decider()

    def _check_file_decider(self):
        """Those who read the file, and nobody for herself."""
        sentence = self.env._("You cannot decide on your own proposal.")
        for change_sudo in self.sudo():
            subject = change_sudo.subject_id.sudo(self.env.su)
            (subject | change_sudo.requester_id.sudo(self.env.su))._check_not_own(sentence)
            subject._check_file_read_by_user()

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

    def _take_back(self):
        """Hook: `_withdraw`, with what was filed of it. In superuser mode, once it is checked that
        the user speaks for it today."""
        self._withdraw()

    def _may_be_taken_back(self):
        """Hook: whether `_take_back` would be refused to nobody who speaks for it. In superuser
        mode."""
        return True

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
        return self._speaks_for(requester, subject) or self._has_said_so()

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
        speaks = self._speaks_for(requester, self.subject_id) or self._has_said_so()
        return requester.active and speaks

    def _get_url(self):
        is_organisation = self.subject_id._is_organisation()
        path = f"/my/organisme/{self.subject_id.id}" if is_organisation else "/my/foyer"
        if is_organisation and self.requester_id not in self.subject_id._get_speakers():
            path = "/my"
        return f"{self.get_base_url()}{path}"
