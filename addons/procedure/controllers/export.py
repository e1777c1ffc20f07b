from odoo import fields, http
from odoo.http import content_disposition, request


class ProcedureExportController(http.Controller):
    @http.route(
        "/procedure/export/<int:export_id>", type="http", auth="user", methods=["GET"], readonly=True
    )
    def procedure_export(self, export_id):
        export = request.env["procedure.export"].browse(export_id).exists()
        if not export or export.create_uid != request.env.user or not request.env.user._is_internal():
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
