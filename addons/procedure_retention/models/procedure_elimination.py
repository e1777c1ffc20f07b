from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import split_every

from odoo.addons.privacy_retention.models.privacy_retention_run import BATCH
from odoo.addons.territory_base import clock

FREE = {"visa_reference", "visa_date"}


class ProcedureElimination(models.Model):
    """Public archives go in two steps: a list of what is past its time, then the visa of the
    Archives départementales (code du patrimoine, L212-2, R212-14)."""

    _name = "procedure.elimination"
    _description = "Elimination list"
    _order = "id desc"

    proposed_on = fields.Date(required=True, readonly=True)
    proposed_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    line_ids = fields.One2many("procedure.elimination.line", "elimination_id", readonly=True)
    quantity = fields.Integer(compute="_compute_quantity")
    request_ids = fields.Many2many(
        "procedure.request", "procedure_elimination_request_rel", groups=fields.NO_ACCESS
    )
    visa_reference = fields.Char(string="Reference of the visa")
    visa_date = fields.Date(string="Date of the visa")
    confirmed_by_id = fields.Many2one("res.users", string="Entered by", readonly=True)
    confirmed_on = fields.Datetime(string="Entered on", readonly=True)

    @api.depends("proposed_on")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for elimination in self:
            elimination.display_name = self.env._(
                "Elimination list %(number)s", number=elimination.id or ""
            )

    @api.depends("line_ids.quantity")
    def _compute_quantity(self):
        for elimination in self:
            elimination.quantity = sum(elimination.line_ids.mapped("quantity"))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("A list is made by its button only."))
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and (set(vals) - FREE or any(self.mapped("confirmed_on"))):
            raise AccessError(self.env._("Only the visa is entered by hand, once."))
        return super().write(vals)

    def action_propose(self):
        """A list of all that is past its time, was warned of twice, and is on no list yet."""
        self.env["procedure.request.hold"]._check_holder()
        ready_sudo = self._find_ready()
        if not ready_sudo:
            raise UserError(
                self.env._(
                    "Nothing waits for a visa: the requests of the procedures marked “Visa of the "
                    "archives” come here once they are past their delay and were warned of twice."
                )
            )
        elimination_sudo = self.sudo().create(
            {
                "proposed_on": clock.today(),
                "proposed_by_id": self.env.uid,
                "request_ids": [Command.set(ready_sudo.ids)],
                "line_ids": self._prepare_lines(ready_sudo),
            }
        )
        for line_sudo in elimination_sudo.line_ids:
            self._get_rule()._log("proposed", line_sudo.kind, line_sudo.quantity, line_sudo.delay)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": elimination_sudo.id,
            "view_mode": "form",
        }

    @api.model
    def _get_rule(self):
        return self.env.ref("procedure_retention.retention_request").sudo()

    @api.model
    def _find_ready(self):
        rule_sudo = self._get_rule()
        today = clock.today()
        Request_sudo = rule_sudo._get_records()
        ready_sudo = Request_sudo.browse()
        if not rule_sudo.enabled_on:
            return ready_sudo
        domain = Request_sudo._get_retention_domain(rule_sudo, today)
        domain &= Domain("procedure_id.needs_visa", "=", True) & Domain(
            "elimination_ids", "=", False
        )
        archives_sudo = Request_sudo.search(domain, order="id")
        for ids in split_every(BATCH, archives_sudo.ids, list):
            states = rule_sudo._read_states(Request_sudo.browse(ids))
            for request_sudo, (due, _why, warnings) in states.items():
                if rule_sudo._plan(due, today, warnings).act == "go":
                    ready_sudo |= request_sudo
        return ready_sudo

    @api.model
    def _prepare_lines(self, requests_sudo):
        commands = []
        rule_sudo = self._get_rule()
        for (procedure, service), group in requests_sudo.grouped(
            lambda request: (request.procedure_id, request.service_id)
        ).items():
            days = [
                clock.local_day(request.date_submitted)
                for request in group
                if request.date_submitted
            ]
            commands.append(
                Command.create(
                    {
                        "kind": procedure.name,
                        "service": service.name,
                        "delay": group[0]._get_retention_delay(rule_sudo),
                        "date_from": min(days, default=False),
                        "date_to": max(days, default=False),
                        "quantity": len(group),
                    }
                )
            )
        return commands

    def action_confirm(self):
        """The visa is there: what the list names goes with the next run."""
        self.env["procedure.request.hold"]._check_holder()
        self.ensure_one()
        self.check_access("write")
        if self.confirmed_on:
            return
        if not (self.visa_reference or "").strip() or not self.visa_date:
            raise UserError(self.env._("Write the reference and the date of the visa."))
        self.sudo().write({"confirmed_by_id": self.env.uid, "confirmed_on": fields.Datetime.now()})
        self._get_rule()._log("visa", count=self.quantity, delay=self.visa_reference.strip())

    def action_download(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/procedure/elimination/{self.id}",
            "target": "self",
        }

    def _get_workbook(self):
        """The list as the Archives ask for it: nature, extreme dates, quantity."""
        self.ensure_one()
        labels = self.line_ids.fields_get(
            ["kind", "service", "delay", "date_from", "date_to", "quantity"], ["string"]
        )
        rows = [[line[name] or None for name in labels] for line in self.line_ids]
        headers = [labels[name]["string"] for name in labels]
        return self.env["public.guard"]._xlsx([(self.env._("Elimination"), headers, rows)])
