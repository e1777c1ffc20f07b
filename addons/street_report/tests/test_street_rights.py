from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import StreetCase


@tagged("post_install", "-at_install")
class TestStreetRights(StreetCase):
    def test_who_reads_the_routes_and_who_writes_them(self):
        Route = self.env["street.report.route"]
        values = {"problem": "light", "service_id": self.service.id}
        route = Route.with_user(self.manager).create(values)
        for user in self.agent | self.secretary:
            self.assertTrue(route.with_user(user).service_id)
            with self.assertRaises(AccessError):
                route.with_user(user).service_id = self.other_service
        for user in self.communication | self.dpo | self.camille | self.visitor:
            with self.assertRaises(AccessError):
                route.with_user(user).read(["problem"])

    def test_only_the_service_in_charge_shows_a_place(self):
        request = self._report()
        request.with_user(self.secretary).street_is_shown = True
        for user in self.other_agent | self.agent | self.camille | self.visitor:
            with self.assertRaises(AccessError):
                request.with_user(user).street_is_shown = False
        with self.assertRaises(AccessError):
            request.with_user(self.secretary).street_confirmations = 9
