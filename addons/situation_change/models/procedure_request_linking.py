from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.tools import normalize

from .household_change import DECIDABLE
from .procedure_procedure import HOUSEHOLD, REPORTS

ACCEPTANCES = ("accept", "accept_conditionally")


class ProcedureRequestLinking(models.AbstractModel):
    """A report that has no line: of somebody without account, or in words. Accepted as it stands,
    it would tell that something is done, and nothing would be."""

    _name = "procedure.request.linking"
    _description = "Link of a report of change to a file"

    def _lacks_lines(self):
        """Whether nothing of what is reported waits on a file. In superuser mode."""
        self.ensure_one()
        return self.procedure_id.kind in REPORTS and not self.change_id.line_ids

    def _lacks_file(self):
        """Whether a file is to be found first. In superuser mode."""
        event = self._get_event() if self._lacks_lines() else None
        return bool(event and event.proposes)

    @api.depends("change_id.line_ids", "state", "answers")
    def _compute_desk_bands(self):
        return super()._compute_desk_bands()

    def _get_desk_bands(self):
        bands = super()._get_desk_bands()
        request_sudo = self.sudo()
        if self.state in DECIDABLE and request_sudo._lacks_lines():
            bands["no_file" if request_sudo._lacks_file() else "in_words"] = 10
        return bands

    # ------------------------------------------------------------
    # Neither of them is accepted in silence
    # ------------------------------------------------------------

    def _check_transition(self, name):
        if name in ACCEPTANCES and self._lacks_file():
            raise UserError(
                self.env._(
                    "No file matches: find the person or open the file, then link the request. "
                    "Nothing would change otherwise. You may refuse it or close it."
                )
            )
        return super()._check_transition(name)

    def _prepare_decision(self, name, reasons="", conditions="", **words):
        is_silent = not (reasons or "").strip() and not (conditions or "").strip()
        if name in ACCEPTANCES and is_silent and self._lacks_lines():
            raise UserError(
                self.env._(
                    "This report changes no file by itself: correct the file, then say in your "
                    "answer what you did."
                )
            )
        return super()._prepare_decision(name, reasons=reasons, conditions=conditions, **words)

    # ------------------------------------------------------------
    # The file is found, or opened
    # ------------------------------------------------------------

    def _lacks_children(self):
        """Whether an agent says of which children it is: the form shows none without account. In
        superuser mode."""
        self.ensure_one()
        event = self._get_event() if self.procedure_id.kind in REPORTS else None
        return bool(event and event.lacks_children(self.answers or {}))

    def _get_told_lines(self):
        """Those that the applicant reads. Without account she may not be whom she says she is: of
        the children that an agent chose, neither the names nor what was known. In superuser mode.
        """
        lines = self.change_id.line_ids
        if not self._lacks_children():
            return lines
        about_others = lines.filtered(lambda line: line.type == "custody")
        return (lines - about_others).with_context(unnamed_children=True)

    def _get_reported_answers(self, children=None):
        """What was typed and, of whoever has no account, the children that an agent chose: read
        again on the lines, told by no answer that the applicant reads. In superuser mode.

        :param children: those that she chooses now
        """
        answers = self.answers or {}
        if not self._lacks_children():
            return answers
        ids = set(children.ids if children else ())
        if not ids:
            for line in self.change_id.line_ids:
                ids |= set(line.person_id.ids if line.type == "custody" else ())
                is_home = line.type == "new_home"
                ids |= set(line.new_value.get("children") or () if is_home else ())
        return {**answers, "custody_children": [{"id": each} for each in sorted(ids)]}

    def _link_file(self, subject, requester, children=None):
        """What it reports waits on this file from now on, line by line.

        :param subject: the household or the organisation, of which the user reads the file
        :param requester: an adult who lives there; of an organisation, who acts for it or itself
        :param children: of whom she speaks, among those for whom she acts
        :raise ValidationError: a sentence for each thing that cannot be proposed
        """
        self.ensure_one()
        self._check_actor("agent")
        request_sudo = self.sudo()
        request_sudo._lock()
        if request_sudo.state not in DECIDABLE:
            raise UserError(request_sudo._get_too_late_sentence())
        if not request_sudo._lacks_file():
            raise UserError(self.env._("This request has its file already."))
        subject._check_file_read_by_user()
        if children:
            children.check_access("read")
        answers = request_sudo._get_reported_answers(children)
        values = request_sudo._get_event().get_changes(answers, requester)
        changes = self.env["household.change"]
        changes._propose(subject, requester, values, request_ids=[Command.link(self.id)])
        request_sudo._message_log(
            body=self.env._(
                # Who reads the request may not read the file: nobody of it is named.
                "Linked to a file by %(agent)s.",
                agent=self.env.user.name,
            )
        )

    def action_open_linking(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "situation_change.situation_change_linking_action"
        )

    def action_open_entry(self):
        """The form that opens a file, with what is known of the caller; once it is open, the
        request is linked to it."""
        self.ensure_one()
        self._check_actor("agent")
        names = {
            "firstname": self.contact_firstname,
            "lastname": self.contact_lastname,
            "phone": self.applicant_phone,
            "email": self.contact_email,
        }
        is_family = self.procedure_id.kind == HOUSEHOLD
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "household_entry.household_entry_action"
        )
        channels = dict(self.env["household.entry"]._fields["channel"].selection)
        return {
            **action,
            "context": {
                "default_report_id": self.id,
                "default_subject": "family" if is_family else "organisation",
                "default_channel": self.channel if self.channel in channels else "counter",
                "default_date_received": fields.Date.to_string(
                    clock.local_day(self.date_submitted)
                ),
                "default_adult_ids": [Command.create({k: v for k, v in names.items() if v})],
            },
        }

    def _link_opened(self, sheet):
        """As `_link_file`, of a file that was just opened: in it, whoever has the names of the
        caller, else the first adult."""
        self.ensure_one()
        if sheet.sudo()._is_organisation():
            return self._link_file(sheet, sheet)
        adults = sheet._get_current_members("adult").sudo(self.env.su)
        name = normalize(self.sudo().applicant_name)
        same = adults.filtered(lambda adult: normalize(adult.name) == name)
        return self._link_file(sheet, (same or adults)[:1])
