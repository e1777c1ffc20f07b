from odoo import http
from odoo.exceptions import AccessError
from odoo.http import request

from odoo.addons.public_guard.tools.xlsx import get_headers
from odoo.addons.territory_base import clock


class SchoolPupilController(http.Controller):
    @http.route("/school/pupils.xlsx", type="http", auth="user", methods=["GET"], readonly=True)
    def school_pupils(self, ids=""):
        """For those who read these pupils; an address changed by hand finds nothing."""
        numbers = ids.split(",")
        if not all(number.isdecimal() and len(number) < 10 for number in numbers):
            raise request.not_found()
        pupils = request.env["school.pupil"].browse(map(int, numbers)).exists()
        if not pupils or not pupils.has_access("read") or request.env.user.share:
            raise request.not_found()
        name = request.env._("pupils-%(date)s.xlsx", date=clock.today())
        return request.make_response(pupils._get_workbook(), get_headers(name))

    @http.route("/school/forecast.xlsx", type="http", auth="user", methods=["GET"], readonly=True)
    def school_forecast(self):
        """Counts only, for the services that read family files."""
        Forecast = request.env["school.forecast"]
        if request.env.user.share:
            raise request.not_found()
        try:
            content = Forecast._get_workbook()
        except AccessError as error:
            raise request.not_found() from error
        name = request.env._("forecast-%(date)s.xlsx", date=clock.today())
        return request.make_response(content, get_headers(name))
