"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""

from odoo.addons.territory_base import clock


class Mails:
    def make_retention(self):
        """To the applicant, and to the service."""
        rule = self.env.ref("procedure_retention.retention_request")
        self.env["privacy.retention.warning"].search([]).unlink()
        today = clock.today()
        requests = self.request.sudo() | self.visitor_request
        told = [rule._get_told(each, rule._warn(each, 1, today, today)) for each in requests]
        rule._tell_service(self.waste, 1, [(warning, label, "x") for _s, warning, label in told])
