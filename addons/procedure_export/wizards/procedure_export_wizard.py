from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.public_guard.tools.xlsx import WorkbookWriter

from ..models.procedure_export import read_domain
from ..tools.request_table import RequestTable


class ProcedureExportWizard(models.TransientModel):
    """What will be in the file, before it is made."""

    _name = "procedure.export.wizard"
    _description = "Export of requests"

    domain = fields.Char(required=True, readonly=True, default="[]")
    request_count = fields.Integer(compute="_compute_requests", string="Requests")
    procedure_id = fields.Many2one("procedure.procedure", compute="_compute_requests")
    procedure_names = fields.Char(compute="_compute_requests", string="Procedures")
    export_id = fields.Many2one(
        "procedure.export",
        string="Columns",
        domain="[('procedure_id', '=', procedure_id)]",
        ondelete="cascade",
        help="Empty: all the columns.",
    )

    @api.depends("domain")
    def _compute_requests(self):
        for wizard in self:
            groups = self.env["procedure.request"]._read_group(
                wizard._get_domain(), ["procedure_id"], ["__count"]
            )
            procedures = [procedure for procedure, _count in groups]
            wizard.request_count = sum(count for _procedure, count in groups)
            wizard.procedure_id = procedures[0] if len(procedures) == 1 else False
            wizard.procedure_names = ", ".join(procedure.name for procedure in procedures)

    def action_download(self):
        self.ensure_one()
        if not self.request_count:
            raise UserError(self.env._("There is no request to export."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/procedure/export/{self.id}",
            "target": "download",
        }

    def action_save_as(self):
        """Keep this filter under a name, and choose its columns."""
        self.ensure_one()
        if not self.procedure_id:
            raise UserError(
                self.env._("A saved export is about one procedure: filter the list first.")
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": "procedure.export",
            "view_mode": "form",
            "context": {
                "default_procedure_id": self.procedure_id.id,
                "default_domain": self.domain,
            },
        }

    def _get_action(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Export"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _get_domain(self):
        self.ensure_one()
        domain = read_domain(self.env, self.domain)
        if self.export_id:
            domain &= Domain("procedure_id", "=", self.export_id.procedure_id.id)
        return domain

    def _write_workbook(self, output):
        """Of what the current user may read today, into a binary file."""
        self.ensure_one()
        Request = self.env["procedure.request"]
        groups = Request._read_group(self._get_domain(), ["procedure_id"], ["id:array_agg"])
        chosen = [(column.key, column.label) for column in self.export_id.column_ids]
        workbook = WorkbookWriter(output)
        for procedure, request_ids in groups:
            columns = chosen or Request._get_export_columns(procedure)
            RequestTable(workbook, procedure, columns).add(sorted(request_ids))
        if not groups:
            workbook.add_sheet(self.env._("Requests"), [self.env._("Number")])
        workbook.close()
