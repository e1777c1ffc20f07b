from odoo import http
from odoo.http import request

from odoo.addons.public_guard.tools.xlsx import get_headers


class SurveyTable(http.Controller):
    @http.route("/procedure/survey.xlsx", type="http", auth="user", methods=["GET"], readonly=True)
    def survey_table(self):
        """What who downloads it may read, and nothing else."""
        Result = request.env["procedure.survey.result"]
        if not Result.has_access("read"):
            raise request.not_found()
        name = request.env._("satisfaction.xlsx")
        return request.make_response(Result._get_workbook(), get_headers(name))
