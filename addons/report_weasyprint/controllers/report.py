import json

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.web.controllers.report import ReportController

CONVERTERS = ("html", "pdf", "text")


class Report(ReportController):
    @http.route()
    def report_routes(self, reportname, docids=None, converter=None, **data):
        """An address that names no report is not found, where core answers by a 500."""
        if converter not in CONVERTERS:
            raise NotFound()
        try:
            request.env["ir.actions.report"]._get_report(reportname)
            for name in ("options", "context"):
                if not isinstance(json.loads(data.get(name) or "{}"), dict):
                    raise NotFound()
        except (ValueError, RecursionError) as error:
            raise NotFound() from error
        return super().report_routes(reportname, docids, converter, **data)
