"""Doors that Odoo opens and that this platform keeps shut, tried as who would use them."""

import json
from unittest.mock import patch

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import TerritoryCommon

EVIL = (
    "/%09/evil.example",
    "/%09%09//evil.example",
    "%09/%0d/evil.example",
    "/%5c%09/evil.example",
)
DEBUG_ASSETS = r"/web/assets/(\d+/)?debug/"


class DoorsCase(TerritoryCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["administrator"] = new_test_user(
            cls.env, "matrix_administrator", "base.group_system"
        )

    def sign_in(self, persona):
        if persona == "visitor":
            self.authenticate(None, None)
        else:
            self.authenticate(self.users[persona].login, self.users[persona].login)

    def post_json(self, path, params):
        """What the server answers, errors included."""
        return self.url_open(
            path,
            data=json.dumps({"params": params}),
            headers={"Content-Type": "application/json"},
        )


@tagged("post_install", "-at_install", "-standard", "sweep_rights")
class TestDoors(DoorsCase):
    def test_remote_calls_by_password_are_not_loaded(self):
        """They are outside of every limit on passwords, and hide who calls from the log."""
        call = {"service": "common", "method": "version", "args": []}
        self.assertEqual(self.post_json("/jsonrpc", call).status_code, 404)
        for path in ("/xmlrpc/common", "/xmlrpc/2/common"):
            answer = self.url_open(path, data="<methodCall/>", headers={"Content-Type": "text/xml"})
            self.assertEqual(answer.status_code, 404, path)

    def assert_stays_here(self, answer, path):
        location = answer.headers.get("Location", "/")
        self.assertRegex(location, rf"^({self.base_url()})?/(?![/\\\t])", path)
        self.assertIn(answer.status_code, (200, 301, 302, 303, 404), path)

    def test_no_address_of_ours_leads_elsewhere(self):
        doors = [
            "/website/lang/fr?r=%s",
            "/web/session/logout?redirect=%s",
            "/web/login?redirect=%s",
            "/odoo?redirect=%s",
            "/web/signup?redirect=%s",
            "/web/login/totp?redirect=%s",
            "/auth-timeout/check-identity?redirect=%s",
            "/inscription?redirect=%s",
            "/@%s",
        ]
        for persona in ("visitor", "resident", "agent"):
            for door in doors:
                for address in EVIL:
                    self.sign_in(persona)
                    path = door % address
                    with self.subTest(f"{persona} {path}"):
                        answer = self.url_open(path, allow_redirects=False)
                        self.assert_stays_here(answer, path)

    def test_no_log_in_leads_elsewhere(self):
        for address in ("/\t/evil.example/phish", "\t//evil.example", "/\\\t/evil.example"):
            self.authenticate(None, None)
            page = self.url_open("/web/login")
            token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
            login = self.users["resident"].login
            answer = self.url_open(
                "/web/login",
                data={
                    "login": login,
                    "password": login,
                    "csrf_token": token,
                    "redirect": address,
                },
                allow_redirects=False,
            )
            self.assertEqual(answer.status_code, 303)
            self.assert_stays_here(answer, address)

    @mute_logger("odoo.http")
    def test_addresses_that_broke(self):
        self.sign_in("visitor")
        for path in ("/website/lang/fr?r=/%0a/x", "//host/%2e%2e", "//host/%2e%2e/x?y"):
            answer = self.url_open(path, allow_redirects=False)
            self.assertLess(answer.status_code, 500, path)
        for model in ("procedure.letter", "procedure.request", "res.lang", "nothing", ""):
            answer = self.url_open(
                "/mail/attachment/upload",
                data={
                    "thread_model": model,
                    "thread_id": "1",
                    "csrf_token": http.Request.csrf_token(self),
                },
                files={"ufile": ("x.txt", b"x", "text/plain")},
            )
            self.assertIn(answer.status_code, (400, 403, 404), model)

    def test_an_icon_of_a_font_that_is_none(self):
        """Core opens what the address names: nothing there, or a picture."""
        for font in ("nulle-part", "/web/static/img/logo.png"):
            found = self.url_open(f"/mail/font_to_img/61440?font={font}")
            self.assertEqual(found.status_code, 404, font)

    def test_debug_mode_is_the_administrators(self):
        for persona in ("visitor", "resident", "agent", "communication", "manager"):
            self.sign_in(persona)
            for mode in ("1", "assets", "tests", "assets,tests"):
                page = self.url_open(f"/?debug={mode}").text
                self.assertNotRegex(page, DEBUG_ASSETS, f"{persona} {mode}")
                with self.subTest(f"{persona} {mode}"):
                    missing = self.url_open(f"/nulle-part?debug={mode}")
                    self.assertEqual(missing.status_code, 404)
                    self.assertNotIn("Traceback", missing.text)
                    self.assertNotIn("dist-packages", missing.text)
        self.sign_in("administrator")
        self.assertIn("Traceback", self.url_open("/nulle-part?debug=1").text)
        self.assertRegex(self.url_open("/?debug=assets").text, DEBUG_ASSETS)

    def test_debug_mode_ends_with_the_administrators_session(self):
        self.sign_in("administrator")
        self.url_open("/?debug=1")
        self.url_open("/web/session/logout?redirect=/")
        self.assertNotIn("Traceback", self.url_open("/nulle-part").text)

    def test_sources_and_tests_are_the_administrators(self):
        for persona in ("visitor", "resident", "agent"):
            self.sign_in(persona)
            for path in (
                "/web/tests",
                "/web/tests/legacy",
                "/web/assets/debug/web.assets_frontend.js",
                "/web/assets/1/debug/web.assets_frontend.js",
            ):
                answer = self.url_open(path, allow_redirects=False)
                self.assertIn(answer.status_code, (303, 404), f"{persona} {path}")
            bundle = self.url_open("/web/bundle/web.assets_frontend?debug=assets").text
            self.assertNotRegex(bundle, DEBUG_ASSETS, persona)

    @mute_logger(
        "odoo.http", "odoo.addons.web.controllers.export", "odoo.addons.web.controllers.report"
    )
    def test_an_error_tells_nothing_of_the_server(self):
        """By remote call and by page, a failure of core's own."""
        Website = self.registry["website"]
        for persona in ("visitor", "resident", "agent", "administrator"):
            self.sign_in(persona)
            with patch.object(Website, "_get_search_url", side_effect=ZeroDivisionError):
                page = self.url_open("/nulle-part?debug=1")
            with patch.object(Website, "get_cta_data", side_effect=ZeroDivisionError):
                call = self.post_json(
                    "/web/dataset/call_kw" if persona != "visitor" else "/web/session/authenticate",
                    {"model": "website", "method": "get_cta_data", "args": ["a", 1], "kwargs": {}},
                )
            answers = [("page", page), ("call", call)]
            if persona != "visitor":
                for path, data in (
                    ("/web/export/csv", "[1]"),
                    ("/web/export/xlsx", "[1]"),
                    ("/report/download", '["/report/pdf/nulle.part/1", "qweb-pdf"]'),
                ):
                    token = http.Request.csrf_token(self)
                    answer = self.url_open(path, data={"data": data, "csrf_token": token})
                    answers.append((path, answer))
            for kind, answer in answers:
                with self.subTest(f"{persona} {kind}"):
                    expected = persona == "administrator"
                    self.assertEqual("Traceback" in answer.text, expected)
                    self.assertEqual("dist-packages" in answer.text, expected)


@tagged("post_install", "-at_install", "-standard", "sweep_rights")
class TestOutgoing(DoorsCase):
    """Nobody makes the server ask something of another machine."""

    DOORS = (
        ("/html_editor/attachment/add_url", {"url": "http://192.0.2.1/x.png"}),
        ("/web_editor/attachment/add_url", {"url": "http://192.0.2.1/x.png"}),
        (
            "/html_editor/save_library_media",
            {"media": {"1": {"query": "x", "is_dynamic_svg": False}}},
        ),
        (
            "/web_editor/save_library_media",
            {"media": {"1": {"query": "x", "is_dynamic_svg": False}}},
        ),
        ("/html_editor/generate_text", {"prompt": "x", "conversation_history": []}),
        ("/web_editor/generate_text", {"prompt": "x", "conversation_history": []}),
        ("/html_editor/media_library_search", {"query": "x"}),
        ("/html_editor/link_preview_external", {"preview_url": "http://192.0.2.1/"}),
        ("/html_editor/link_preview_internal", {"preview_url": "http://192.0.2.1/"}),
        ("/html_editor/get_ice_servers", {}),
        ("/web_editor/get_ice_servers", {}),
        ("/website/google_font_metadata", {}),
        ("/website/seo_suggest", {"keywords": "x", "lang": "fr_FR"}),
        ("/discuss/gif/search", {"search_term": "x"}),
        ("/discuss/gif/categories", {}),
    )
    # As public methods of models.
    CALLS = (
        ("publisher_warranty.contract", "update_notification", [False]),
        ("website", "configurator_init", []),
        ("website", "configurator_recommended_themes", [1, {}]),
        ("website", "configurator_missing_industry", ["x"]),
        (
            "website.assets",
            "make_scss_customization",
            [
                "/website/static/src/scss/options/user_values.scss",
                {"google-local-fonts": "{'A': ''}"},
            ],
        ),
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        parameters = cls.env["ir.config_parameter"]
        for key in ("mail.twilio_account_sid", "mail.twilio_account_token"):
            parameters.set_param(key, "x")
        parameters.set_param("mail.google_translate_api_key", "x")
        parameters.set_param("discuss.tenor_api_key", "x")
        cls.asked = []

    @classmethod
    def _request_handler(cls, session, prepared, /, **options):
        if not prepared.url.startswith(cls.base_url()):
            cls.asked.append(prepared.url)
        return super()._request_handler(session, prepared, **options)

    @mute_logger(
        "odoo.http", "odoo.addons.website.models.website", "odoo.addons.iap.tools.iap_tools"
    )
    def test_no_route_asks_outside(self):
        personas = ("visitor", "resident", "agent", "communication", "manager", "administrator")
        for persona in personas:
            self.sign_in(persona)
            for path, params in self.DOORS:
                with self.subTest(f"{persona} {path}"):
                    answer = self.post_json(path, params)
                    self.assertLess(answer.status_code, 500)
                    asked, self.asked[:] = [*self.asked], []
                    self.assertEqual(asked, [])

    @mute_logger("odoo.http", "odoo.addons.website.models.website")
    def test_no_method_asks_outside(self):
        for persona in ("resident", "communication", "manager", "administrator"):
            self.sign_in(persona)
            for model, method, arguments in self.CALLS:
                with self.subTest(f"{persona} {model}.{method}"):
                    call = {"model": model, "method": method, "args": arguments, "kwargs": {}}
                    self.post_json("/web/dataset/call_kw", call)
                    asked, self.asked[:] = [*self.asked], []
                    self.assertEqual(asked, [])

    def test_picture_of_an_edited_page_is_not_fetched(self):
        field = self.env["ir.qweb.field.image"]
        self.assertFalse(field.load_remote_url("http://192.0.2.1/x.png"))
        self.assertEqual(self.asked, [])

    def test_no_browser_is_notified_by_a_third_party(self):
        """Core sends, to the address that a resident's browser gives, each message she receives."""
        device = {
            "endpoint": "http://192.0.2.1/push",
            "keys": {"p256dh": "x", "auth": "y"},
            "expirationTime": None,
        }
        Device = self.env["mail.push.device"].with_user(self.users["resident"])
        Device.register_devices(**device, vapid_public_key=Device.get_web_push_vapid_public_key())
        self.assertFalse(self.env["mail.push.device"].search([("endpoint", "like", "192.0.2.1")]))
