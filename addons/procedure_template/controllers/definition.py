from odoo import http
from odoo.http import content_disposition, request


class ProcedureDefinitionController(http.Controller):
    @http.route(
        "/procedure/definition/<int:procedure_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def procedure_definition(self, procedure_id):
        """The procedure as a file, for those who may set procedures up."""
        procedure = request.env["procedure.procedure"].browse(procedure_id).exists()
        if not (procedure.has_access("write") and procedure._filtered_access("write")):
            raise request.not_found()
        content = procedure._export_definition()
        return request.make_response(
            content,
            headers=[
                ("Content-Type", "application/json; charset=utf-8"),
                ("Content-Length", len(content)),
                (
                    "Content-Disposition",
                    content_disposition(f"demarche-{procedure.code.lower()}.json"),
                ),
            ],
        )
