from odoo import http
from odoo.http import request

from odoo.addons.public_guard.tools.xlsx import get_headers
from odoo.addons.territory_base import clock


class PrivacyRegisterController(http.Controller):
    @http.route("/privacy/register.xlsx", type="http", auth="user", methods=["GET"], readonly=True)
    def privacy_register(self, ids=""):
        """For those who read the register; an address changed by hand finds nothing."""
        numbers = ids.split(",")
        if not all(number.isdecimal() and len(number) < 10 for number in numbers):
            raise request.not_found()
        entries = request.env["privacy.processing"].browse(map(int, numbers)).exists()
        if not entries or not entries.has_access("read"):
            raise request.not_found()
        day = clock.today()
        name = request.env._("register-of-processing-%(date)s.xlsx", date=day)
        return request.make_response(entries._get_register_workbook(), get_headers(name))
