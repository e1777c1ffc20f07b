from odoo import api, fields, models

# What a form shows and nobody answers.


class ProcedureCompletionWizard(models.TransientModel):
    _name = "procedure.completion.wizard"
    _inherit = "procedure.words.mixin"
    _description = "Ask the applicant for what is missing"

    version_id = fields.Many2one(related="request_id.version_id", related_sudo=False)
    line_ids = fields.One2many(
        "procedure.completion.wizard.line",
        "wizard_id",
        string="Items",
        compute="_compute_line_ids",
        # As the agent: of another service, she would read what it refused.
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    message = fields.Text()
    date_due = fields.Date(
        string="Expected before",
        compute="_compute_date_due",
        store=True,
        readonly=False,
    )
    due_note = fields.Char(compute="_compute_due_note", compute_sudo=False)
    suggestions = fields.Json(compute="_compute_suggestions")
    ready_reasons = fields.Json(compute="_compute_ready_reasons")

    @api.depends("request_id")
    def _compute_line_ids(self):
        """What was refused, and what never came, is already there, with its reason."""
        for wizard in self:
            request = wizard.request_id._origin or wizard.request_id
            wrong = request.document_line_ids.filtered(
                lambda line: (
                    (line.state == "refused" or line.is_expired) and not line._is_replaced()
                )
            )
            known = set(wrong.mapped("field_key"))
            rows = [
                {"document_line_id": line.id, "label": line.label, "reason": line.reason}
                for line in wrong
            ] + [
                {"field_id": field.id, "label": field.label, "reason": reason}
                for field, reason in (request._get_lacking() if request else ())
                if field.key not in known
            ]
            wizard.line_ids = [
                fields.Command.clear(),
                *(fields.Command.create(row) for row in rows),
            ]

    @api.depends("request_id")
    def _compute_date_due(self):
        for wizard in self:
            wizard.date_due = wizard.request_id._get_completion_due()

    @api.depends("request_id", "date_due")
    @api.depends_context("lang")
    def _compute_due_note(self):
        """Of a day that is not the one which the applicant will read: why, before it is sent."""
        for wizard in self:
            request = wizard.request_id._origin or wizard.request_id
            wizard.due_note = wizard.date_due and request._get_due_note(wizard.date_due)

    @api.depends("request_id")
    def _compute_suggestions(self):
        """What may be asked for by its name: see `_find_item`."""
        for wizard in self:
            wizard.request_id.check_access("read")
            documents = wizard._get_given_documents().mapped("label")
            wizard.suggestions = list(
                dict.fromkeys([*documents, *wizard._get_questions().mapped("label")])
            )

    @api.depends("request_id")
    @api.depends_context("lang")
    def _compute_ready_reasons(self):
        """Labels and texts of what is most often wrong."""
        for wizard in self:
            wizard.request_id.check_access("read")
            wizard.ready_reasons = wizard._get_ready_reasons()

    def _get_ready_reasons(self):
        """Extended by what keeps such words. List of dict(label, text)."""
        return []

    def _get_given_documents(self):
        return self.request_id.document_line_ids.filtered(
            lambda line: line.document_id and not line._is_replaced()
        )

    def _get_questions(self):
        return self.request_id._get_shown_fields().filtered(
            lambda field: field._get_type().holds not in ("nothing", "result")
        )

    def _find_item(self, label):
        """(document given, question of the form) of this name; one of the two, or none."""

        def is_named(record):
            return (record.label or "").strip().casefold() == name

        name = (label or "").strip().casefold()
        documents = self._get_given_documents().filtered(is_named)
        questions = self._get_questions().filtered(is_named)
        return documents[-1:], questions[:1] if not documents else questions.browse()

    def _get_named_items(self):
        """What the applicant will read: list of dict(label, reason), one for each thing asked, as
        `_get_asked_items` tells it once it is."""
        items = {}
        for line in self.line_ids:
            document, question = line._get_records()
            label = document.label or question.label or line.label
            key = document.input_key or question.key or label
            item = items.setdefault(key, {"label": label or "", "reason": ""})
            item["reason"] = " ".join(filter(None, (item["reason"], line.reason)))
        return list(items.values())

    @api.constrains("request_id")
    def _check_request(self):
        for wizard in self:
            wizard.request_id._check_actor("agent")

    def action_confirm(self):
        self.ensure_one()
        self.request_id.action_ask_completion(
            [line._to_item() for line in self.line_ids], self.message or "", self.date_due
        )
        return {"type": "ir.actions.act_window_close"}
