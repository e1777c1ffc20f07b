from odoo import api, fields, models

from odoo.addons.territory_base import clock


class ProcedureDuplicateWizard(models.TransientModel):
    """Both requests, and what passes from one to the other, are shown before anything does."""

    _name = "procedure.duplicate.wizard"
    _inherit = "procedure.words.mixin"
    _description = "Requests to join, shown first"

    # Said again, so that its foreign key is declared by this addon.
    request_id = fields.Many2one(string="Request that is joined")
    kept_id = fields.Many2one("procedure.request", required=True, ondelete="cascade")
    opened_id = fields.Integer("Opened from")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    is_same_applicant = fields.Boolean(compute="_compute_preview")
    author_problem = fields.Char(compute="_compute_preview")
    words = fields.Text("What the applicant reads")

    @api.depends("request_id", "kept_id")
    @api.depends_context("uid", "lang")
    def _compute_preview(self):
        for wizard in self:
            joined, kept = wizard.request_id, wizard.kept_id
            for request in joined | kept:
                request.check_access("read")
                request._check_actor("agent")
            joined_sudo, kept_sudo = joined.sudo(), kept.sudo()
            is_same = joined_sudo._has_applicant_of(kept_sudo)
            wizard.is_same_applicant = is_same
            wizard.author_problem = joined._get_author_problem(self.env.user)
            wizard.preview = self.env["ir.qweb"]._render(
                "procedure_duplicate.preview",
                {
                    "columns": [self._describe(kept_sudo), self._describe(joined_sudo)],
                    "different": self._get_different(kept_sudo, joined_sudo),
                    "is_same": is_same,
                    "passing": self._get_passing(joined_sudo, kept_sudo, is_same),
                },
            )

    @api.model
    def _get_passing(self, joined_sudo, kept_sudo, is_same):
        """Sentences: what the request that goes on takes from the other one."""
        passing = []
        if is_same:
            passing = [
                self.env._("The document “%(label)s”, which it lacks.", label=line.label)
                for line in joined_sudo._get_documents_lacking_in(kept_sudo)
            ]
        said = len(joined_sudo._get_said())
        if said == 1:
            passing.append(self.env._("The message, in a note for colleagues."))
        elif said:
            passing.append(
                self.env._("The %(count)s messages, in a note for colleagues.", count=said)
            )
        if is_same and joined_sudo.date_submitted < kept_sudo.date_submitted:
            day = clock.local_day(joined_sudo.date_submitted).strftime("%d/%m/%Y")
            passing.append(
                self.env._("The day of reception, which is the older one: %(day)s.", day=day)
            )
        return passing or [self.env._("Nothing: it has all of it already.")]

    @api.model
    def _get_different(self, kept_sudo, joined_sudo):
        """Answers that are not the same, and what is listed with them, such as the price or who
        signed: list of (label, words here, words there)."""
        said = []
        for request_sudo in (kept_sudo, joined_sudo):
            words = {}
            for _section, rows in request_sudo._get_answer_sections():
                for label, value, key in rows:
                    words.setdefault((key, label), []).append(str(value))
            said.append({name: ", ".join(values) for name, values in words.items()})
        here, there = said
        return [
            (name[1], here.get(name, ""), there.get(name, ""))
            for name in {**here, **there}
            if here.get(name) != there.get(name)
        ]

    @api.model
    def _describe(self, request_sudo):
        """What tells one from the other."""
        fields_ = request_sudo._fields
        states, channels = (
            dict(fields_[name]._description_selection(self.env)) for name in ("state", "channel")
        )
        return {
            "number": request_sudo.number,
            "applicant": request_sudo.applicant_name,
            "reach": ", ".join(
                filter(None, (request_sudo.applicant_email, request_sudo.applicant_phone))
            ),
            "received": clock.local_day(request_sudo.date_submitted).strftime("%d/%m/%Y"),
            "channel": channels[request_sudo.channel],
            "state": states[request_sudo.state],
            "agent": request_sudo.user_id.name,
            "documents": request_sudo.document_line_ids.filtered("document_id"),
            "messages": len(request_sudo._get_said()),
        }

    def _is_telling(self):
        return True

    @api.constrains("request_id", "kept_id")
    def _check_rights(self):
        for request in self.request_id | self.kept_id:
            request.check_access("read")
            request._check_actor("agent")

    def action_swap(self):
        """The other one goes on."""
        self.ensure_one()
        self.request_id, self.kept_id = self.kept_id, self.request_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("One request, two numbers"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def action_confirm(self):
        self.ensure_one()
        self.request_id._join_to(self.kept_id, self.words or "")
        if self.kept_id.id == self.opened_id:
            return {"type": "ir.actions.act_window_close"}
        return {
            "type": "ir.actions.act_window",
            "res_model": "procedure.request",
            "res_id": self.kept_id.id,
            "view_mode": "form",
            "target": "current",
        }
