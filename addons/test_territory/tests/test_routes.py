import base64
import json
from unittest.mock import patch

import PIL.Image
from requests import Response

from odoo import http
from odoo.tests import tagged
from odoo.tools import mute_logger

from . import routes
from .common import PIXEL
from .inventories import ROUTES
from .test_doors import DoorsCase

# Who is refused where `who` alone may enter; an administrator is never tried.
REFUSED = {
    "everybody": (),
    "accounts": ("visitor",),
    "staff": ("visitor", "resident"),
    "administrator": ("visitor", "resident", "agent"),
    "nobody": ("visitor", "resident", "agent"),
}
JSON = {"Content-Type": "application/json"}
PAGE = {"Content-Type": "text/html"}
# Nothing is written outside of the test's transaction.
CONTROLS = {
    "resident": ("/html_editor/link_preview_internal", "/website_mail/follow"),
    "agent": (
        "/web/export/csv",
        "/web/export/xlsx",
        "/web/webclient/load_menus",
        "/discuss/gif/add_favorite",
    ),
    "administrator": (
        "/base_import/set_file",
        "/base_setup/data",
        "/html_editor/attachment/add_data",
        "/html_editor/attachment/remove",
        "/web_editor/attachment/add_data",
        "/website/field/translation/update",
        "/website/get_alt_images",
        "/website/get_assets_editor_resources",
        "/website/get_switchable_related_views",
        "/website/theme_upload_font",
    ),
}
# Whole arguments that nobody is tried with: why.
NO_CONTROL = {
    "/mail/update_is_internal": "a message of a request stays as it was said, for everybody",
    "/report/download": "everybody, and no report is named",
    "/website/theme_customize_data": "writes the styles of the site anew",
}


@tagged("post_install", "-at_install", "-standard", "sweep_routes")
class TestRoutes(DoorsCase):
    """The ways in: each route of each installed module is known, and does what the list says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.routes = routes.find_routes(cls.env)
        cls.kept = {key[:2]: row for key, row in ROUTES.read_rows().items()}
        cls.kept_by_path = {row["route"]: row for row in cls.kept.values()}
        imports = cls.env["base_import.import"].with_user(cls.users["administrator"])
        cls.records = {
            "res.partner": cls.users["resident"].partner_id.id,
            "base_import.import": imports.create({"res_model": "res.lang"}).id,
            "ir.ui.view": cls.env.ref("website.layout").id,
            "mail.message": cls.message.id,
            "res.country": cls.env.ref("base.fr").id,
            "ir.attachment": cls.env["ir.attachment"].create({"name": "x", "raw": b"x"}).id,
        }

    def test_visitor_is_refused_and_breaks_nothing(self):
        self.try_each_route("visitor")

    def test_resident_is_refused_and_breaks_nothing(self):
        otherwise = self.try_each_route("resident")
        otherwise |= {("/web/become", "to /odoo")}  # of the staff
        self.assertEqual(otherwise, set(routes.OTHERWISE), "no longer true")

    def test_agent_is_refused_and_breaks_nothing(self):
        self.try_each_route("agent")

    @mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_qweb")
    @mute_logger("odoo.addons.web.controllers.export", "odoo.addons.web.controllers.report")
    def try_each_route(self, persona):
        broken, entered, stored, endpoints, otherwise = [], [], [], set(), set()
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
                outcome = routes.tell_outcome(answer)
                if not may_enter and not routes.is_refused(self.kept[key], outcome):
                    entered.append((method, path, outcome, answer.text[:80]))
                if (path, outcome) in routes.OTHERWISE:
                    otherwise.add((path, outcome))
                if self.is_stored(rule, answer):
                    stored.append((method, path))
            if "/session/" in path:
                # Some of them end it.
                self.sign_in(persona)
        self.assertGreater(len(endpoints), 200)
        self.assertEqual(stored, [], "A browser keeps these pages after the log-out")
        self.assertEqual(broken, [], f"{persona} breaks these")
        self.assertEqual(entered, [], f"{persona} is not refused, see its row")
        return otherwise

    @mute_logger("odoo.http")
    def test_no_picture_is_drawn_before_its_sender_is_known(self):
        """A picture of 254 kB takes 500 MB once it is drawn."""
        picture = base64.b64encode(PIXEL).decode()
        drawn, tried = set(), 0
        for persona in ("visitor", "resident"):
            self.sign_in(persona)
            for (path, _methods), rule in sorted(self.routes.items()):
                if not (params := routes.get_picture_params(rule, self.records, picture)):
                    continue
                tried += 1
                with patch.object(PIL.Image, "open", side_effect=PIL.Image.open) as draw:
                    if routes.is_json(rule):
                        self.post_json(routes.make_path(rule, self.records), params)
                    else:
                        token = http.Request.csrf_token(self)
                        self.url_open(
                            routes.make_path(rule, self.records),
                            data={**params, "csrf_token": token},
                            files={"ufile": ("a.png", PIXEL, "image/png")},
                        )
                if draw.called:
                    drawn.add((persona, path))
        self.assertFalse(drawn)
        self.assertGreater(tried, 15)

    @mute_logger("odoo.http", "odoo.addons.web.controllers.export")
    def test_who_may_enter_is_not_refused_with_the_same_words(self):
        """Else the arguments, or the route, would be what refused the others."""
        rules = {path: rule for (path, _methods), rule in self.routes.items()}
        for persona, paths in CONTROLS.items():
            self.sign_in(persona)
            for path in paths:
                with self.subTest(f"{persona} {path}"):
                    self.assertNotIn(persona, REFUSED[self.kept_by_path[path]["who"]])
                    answers = routes.call(self, rules[path], self.records)
                    outcomes = {routes.tell_outcome(answer) for _method, answer in answers}
                    self.assertLessEqual(outcomes, {routes.ANSWERED, routes.EMPTY}, path)
        whole = set(routes.OF_ROUTE) - {path for paths in CONTROLS.values() for path in paths}
        self.assertEqual(whole, set(NO_CONTROL))

    def test_an_error_that_is_no_refusal_is_told(self):
        for status, headers, content, outcome in (
            (200, JSON, self._error("odoo.exceptions.AccessError"), routes.REFUSED),
            (200, JSON, self._error("odoo.http.SessionExpiredException"), routes.REFUSED),
            (200, JSON, self._error("builtins.TypeError"), "TypeError"),
            (200, JSON, self._error("odoo.exceptions.MissingError"), "MissingError"),
            (200, JSON, {"jsonrpc": "2.0", "result": {}}, routes.EMPTY),
            (200, JSON, {"jsonrpc": "2.0", "result": {"id": 1}}, routes.ANSWERED),
            (200, PAGE, "<p>x</p>", routes.ANSWERED),
            (303, {"Location": "http://here/web/login?redirect=/x"}, "", routes.REFUSED),
            (303, {"Location": "/my"}, "", "to /my"),
            (400, PAGE, "x", "400"),
            (403, PAGE, "x", routes.REFUSED),
            (404, PAGE, "x", routes.REFUSED),
            (405, PAGE, "x", "405"),
        ):
            answer = Response()
            answer.status_code, answer.url = status, "http://here/x"
            answer.headers.update(headers)
            answer._content = (
                content if isinstance(content, str) else json.dumps(content)
            ).encode()
            self.assertEqual(routes.tell_outcome(answer), outcome, (status, content))
            row = {"who": "staff", "route": "/x"}
            self.assertEqual(routes.is_refused(row, outcome), outcome == routes.REFUSED)

    def _error(self, name):
        return {"jsonrpc": "2.0", "error": {"code": 0, "data": {"name": name}}}

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
