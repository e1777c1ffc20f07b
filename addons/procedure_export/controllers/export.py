from tempfile import TemporaryFile

from werkzeug.wsgi import wrap_file

from odoo import http
from odoo.http import request

from odoo.addons.public_guard.tools.xlsx import get_headers
from odoo.addons.territory_base import clock


class ProcedureExportController(http.Controller):
    @http.route(
        "/procedure/export/<int:wizard_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def procedure_export(self, wizard_id):
        """For its author alone, of what she may read now. On disk, then sent by pieces."""
        wizard = request.env["procedure.export.wizard"].browse(wizard_id).exists()
        if not wizard.has_access("read") or wizard.sudo().create_uid != request.env.user:
            raise request.not_found()
        # Closed by the response, once sent.
        output = TemporaryFile()  # noqa: SIM115
        wizard._write_workbook(output)
        size = output.tell()
        output.seek(0)
        name = request.env._("requests-%(date)s.xlsx", date=clock.today())
        return http.Response(
            wrap_file(request.httprequest.environ, output),
            direct_passthrough=True,
            headers=[*get_headers(name), ("Content-Length", size)],
        )
