from odoo.tests import tagged
from odoo.tools import mute_logger

from . import routes
from .test_doors import DoorsCase

WHO = ("everybody", "accounts", "staff", "administrator", "nobody")
# Who is refused where `who` alone may enter; an administrator is never tried.
REFUSED = {
    "everybody": (),
    "accounts": ("visitor",),
    "staff": ("visitor", "resident"),
    "administrator": ("visitor", "resident", "agent"),
    "nobody": ("visitor", "resident", "agent"),
}


@tagged("post_install", "-at_install")
class TestRoutes(DoorsCase):
    """The ways in: each route of each installed module is known, and does what the list says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.routes = routes.find_routes(cls.env)
        cls.kept = routes.read_kept()
        cls.records = {
            "res.partner": cls.users["resident"].partner_id.id,
            "res.country": cls.env.ref("base.fr").id,
            "ir.attachment": cls.env["ir.attachment"].create({"name": "x", "raw": b"x"}).id,
        }

    def test_each_route_is_known(self):
        new = {key: rule for key, rule in self.routes.items() if key not in self.kept}
        self.assertFalse(
            sorted(new),
            "These routes are new. Say in routes.csv who may call each and why (one of "
            f"{', '.join(WHO)}); close what nobody needs, as territory_base/controllers does, and "
            "write 'closed: …'. Then write who may in docs/rights.md if it reads or changes data.",
        )
        self.assertFalse(
            sorted(set(self.kept) - set(self.routes)), "These rows of routes.csv are no longer true"
        )
        for key, rule in self.routes.items():
            row = self.kept[key]
            with self.subTest(route=key):
                self.assertEqual(
                    rule.endpoint.routing["auth"],
                    row["auth"],
                    f"Who may reach {key} changed: read why, then change its row of routes.csv.",
                )
                self.assertIn(row["who"], WHO)
                self.assertGreater(len(row["why"]), 10)
                if row["who"] == "nobody":
                    self.assertTrue(row["why"].startswith("closed"), row["why"])

    def test_visitor_is_refused_and_breaks_nothing(self):
        self.try_each_route("visitor")

    def test_resident_is_refused_and_breaks_nothing(self):
        self.try_each_route("resident")

    def test_agent_is_refused_and_breaks_nothing(self):
        self.try_each_route("agent")

    @mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_qweb")
    @mute_logger("odoo.addons.web.controllers.export", "odoo.addons.web.controllers.report")
    def try_each_route(self, persona):
        broken, entered, stored, endpoints = [], [], [], set()
        self.sign_in(persona)
        for key, rule in sorted(self.routes.items()):
            path, methods = key
            endpoint = (rule.endpoint.original_endpoint, path.startswith("/web_editor"), methods)
            if endpoint in endpoints or "/websocket" in path:
                continue
            endpoints.add(endpoint)
            may_enter = persona not in REFUSED[self.kept[key]["who"]]
            for method, answer in routes.call(self, rule, self.records):
                if answer.status_code >= 500:
                    broken.append((method, path, answer.status_code))
                if not may_enter and not routes.is_refused(answer):
                    entered.append((method, path, answer.status_code, answer.text[:80]))
                if self.is_stored(rule, answer):
                    stored.append((method, path))
            if "/session/" in path:
                # Some of them end it.
                self.sign_in(persona)
        self.assertGreater(len(endpoints), 200)
        self.assertEqual(stored, [], "A browser keeps these pages after the log-out")
        self.assertEqual(broken, [], f"{persona} breaks these")
        self.assertEqual(entered, [], f"{persona} is not refused, see routes.csv")

    def is_stored(self, rule, answer):
        is_page = "text/html" in answer.headers.get("Content-Type", "")
        is_private = rule.endpoint.routing["auth"] == "user" or rule.rule == "/odoo"
        shown = answer.status_code < 300
        return (
            is_page
            and is_private
            and shown
            and "no-store" not in answer.headers.get("Cache-Control", "")
        )
