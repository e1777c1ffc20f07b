from odoo import fields, http
from odoo.http import content_disposition, request


class ProcedureExportController(http.Controller):
    @http.route(
        "/procedure/export/<int:export_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def procedure_export(self, export_id):
        """For who asked for it, of what she may read now."""
        export = request.env["procedure.export"].browse(export_id).exists()
        if not export.has_access("read") or export.sudo().create_uid != request.env.user:
            raise request.not_found()
        name = request.env._("requests-%(date)s.xlsx", date=fields.Date.context_today(export))
        return request.make_response(
            export._get_workbook(),
            headers=[
                (
                    "Content-Type",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                ),
                ("Content-Disposition", content_disposition(name)),
            ],
        )
