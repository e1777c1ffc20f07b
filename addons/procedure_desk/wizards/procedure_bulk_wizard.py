from odoo import api, fields, models
from odoo.exceptions import UserError


class ProcedureBulkWizard(models.TransientModel):
    """One action on several requests, then the report of what was done."""

    _name = "procedure.bulk.wizard"
    _description = "Action on several requests"

    request_ids = fields.Many2many(
        "procedure.request",
        string="Requests",
        default=lambda self: self._get_default_requests(),
        readonly=True,
    )
    action = fields.Selection(
        [
            ("take", "Take in charge"),
            ("assign", "Give to an agent"),
            ("accept", "Accept"),
            ("refuse", "Refuse"),
            ("drop", "Close without decision"),
        ],
        required=True,
        default="take",
    )
    service_ids = fields.Many2many("territory.service", compute="_compute_service_ids")
    user_id = fields.Many2one(
        "res.users",
        string="Agent",
        domain="[('share', '=', False), ('territory_service_ids', 'in', service_ids)]",
    )
    reasons = fields.Text(help="Each applicant reads it.")
    author_problem = fields.Char(compute="_compute_author_problem")
    rows_html = fields.Html(compute="_compute_rows_html", sanitize=False)
    is_telling = fields.Boolean(compute="_compute_rows_html")
    is_done = fields.Boolean(readonly=True)
    report_html = fields.Html(readonly=True, sanitize=False)

    @api.depends("request_ids")
    def _compute_service_ids(self):
        """Only who works there can be given these requests."""
        for wizard in self:
            wizard.service_ids = wizard.request_ids.service_id

    @api.depends("action")
    @api.depends_context("uid", "lang")
    def _compute_author_problem(self):
        for wizard in self:
            transition = wizard._get_transition()
            wizard.author_problem = bool(transition and transition.is_signed) and (
                self.env["procedure.request"]._get_author_problem(self.env.user)
            )

    @api.depends("request_ids", "action")
    @api.depends_context("uid", "lang")
    def _compute_rows_html(self):
        """Who it is about, what leaves to each, what nobody looked at: nothing is sent unseen."""
        for wizard in self:
            requests = wizard.request_ids._origin
            requests.check_access("read")
            transition = wizard._get_transition()
            wizard.is_telling = bool(transition and transition.mail)
            rows = [
                {
                    "request": request,
                    "leaves": wizard.is_telling and request._get_leaves_label(),
                    "warnings": wizard.action == "accept" and request._get_acceptance_warnings(),
                }
                for request in requests
            ]
            values = {"rows": rows, "is_telling": wizard.is_telling}
            wizard.rows_html = self.env["ir.qweb"]._render("procedure_desk.bulk_rows", values)

    def _get_default_requests(self):
        if self.env.context.get("active_model") == "procedure.request":
            return self.env.context.get("active_ids")
        return False

    def action_confirm(self):
        """Sent twice, the second shows the same report: nothing is done again."""
        self.ensure_one()
        if not self.is_done:
            requests = self.request_ids._filtered_access("read")
            if not requests:
                raise UserError(self.env._("Choose at least one request."))
            transition = self._get_transition()
            if transition and transition.is_signed:
                requests._check_author()
            outcome = requests._act_on_each(self._get_act())
            self.write(
                {
                    "is_done": True,
                    "report_html": self.env["ir.qweb"]._render(
                        "procedure_desk.bulk_report", self._get_report_values(outcome)
                    ),
                }
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What was done"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_keep(self):
        """Nothing is done, and the rows of the list stay ticked."""
        return {"type": "ir.actions.act_window_close", "infos": {"noReload": True}}

    def _get_reasons(self, request):
        """The words that this applicant reads."""
        return self.reasons or ""

    def _get_transition(self):
        """The one that this action is; None for what changes no state."""
        return self.env["procedure.request"]._get_transitions().get(self.action)

    def _get_act(self):
        """Hook: what is done on each. What a service addon adds to `action` is a transition.

        :return: function of one request
        """
        match self.action:
            case "take":
                return lambda request: request.action_take()
            case "assign":
                return lambda request: request.action_assign(self.user_id.id)
        if self._get_transition().needs_reasons:
            self.request_ids._check_reasons(self.reasons)
        return lambda request: request._run_transition(
            self.action, reasons=self._get_reasons(request)
        )

    def _get_report_values(self, outcome):
        return {
            "done": [request.number for request, problem in outcome if not problem],
            "left": [(request.number, problem) for request, problem in outcome if problem],
        }
