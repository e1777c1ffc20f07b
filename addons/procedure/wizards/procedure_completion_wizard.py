from odoo import api, fields, models


class ProcedureCompletionWizard(models.TransientModel):
    _name = "procedure.completion.wizard"
    _description = "Ask the applicant for what is missing"

    request_id = fields.Many2one("procedure.request", required=True, ondelete="cascade")
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

    @api.depends("request_id")
    def _compute_line_ids(self):
        """What was refused, and what never came, is already there, with its reason."""
        for wizard in self:
            wrong = wizard.request_id.document_line_ids.filtered(
                lambda line: (
                    (line.state == "refused" or line.is_expired) and not line._is_replaced()
                )
            )
            request = wizard.request_id._origin or wizard.request_id
            known = set(wrong.mapped("field_key"))
            wizard.line_ids = (
                [fields.Command.clear()]
                + [
                    fields.Command.create({"document_line_id": line.id, "reason": line.reason})
                    for line in wrong
                ]
                + [
                    fields.Command.create({"field_id": field.id, "reason": reason})
                    for field, reason in (request._get_lacking() if request else ())
                    if field.key not in known
                ]
            )

    @api.depends("request_id")
    def _compute_date_due(self):
        for wizard in self:
            wizard.date_due = wizard.request_id.procedure_id._get_completion_due()

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
