from odoo import http
from odoo.http import request

from odoo.addons.public_guard.tools.xlsx import get_headers


class ProcedureEliminationController(http.Controller):
    @http.route(
        "/procedure/elimination/<int:elimination_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def procedure_elimination(self, elimination_id):
        """For those who read the list; a guessed number finds nothing."""
        elimination = request.env["procedure.elimination"].browse(elimination_id).exists()
        if not elimination or not elimination.has_access("read"):
            raise request.not_found()
        name = f"{elimination.display_name}.xlsx"
        return request.make_response(elimination._get_workbook(), get_headers(name))
