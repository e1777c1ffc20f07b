import inspect
import re
import threading
from unittest.mock import patch
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon
from odoo.addons.website_procedure.tests.test_fuzz import WORDS

NUMBERS = ["0", "1", "2", "-1", "2147483648", "99999999999999999999"]
NAMES = ["q", "page", "order", "search", "search_type", "redirect", "db", "lang", "debug", "self"]
NAMES += ["theme", "public", "token", "login", "password", "csrf_token", "_action", "_claim", "id"]
OURS = ("/demarches", "/suivi", "/inscription", "/my/demandes", "/my/foyer")
# They end the session, wait for events, or serve the manager of databases that is shut.
SKIPPED = ("/web/database", "/websocket", "/longpolling", "/web/tests", "/base_import_module")
SKIPPED += ("/web/session/logout", "/web/session/destroy", "/my/deactivate_account")


@tagged("post_install", "-at_install", "-standard", "sweep_fuzz")
class TestFuzz(WebsiteProcedureCommon):
    """Whatever a visitor or a resident sends to whatever is open to her: never an error of the
    server."""

    def test_open_routes_never_break(self):
        rules = self.get_rules("public", "none")
        self.assertGreater(len(rules), 15)
        self.assertIn("/demarches/<string:slug>/formulaire", {rule.rule for rule in rules})
        self.send_anything(rules, 50)

    def test_routes_of_a_resident_never_break(self):
        rules = self.get_rules("user")
        self.assertIn("/my/demandes/<string:request_id>", {rule.rule for rule in rules})
        self.sign_in(self.camille)
        # A remote call answers its errors itself.
        self.send_anything([rule for rule in rules if rule.endpoint.routing["type"] == "http"], 30)

    def send_anything(self, rules, examples):
        broken = {}

        @settings(max_examples=examples)
        @given(
            rule=st.sampled_from(rules),
            words=st.lists(st.sampled_from(WORDS), min_size=4, max_size=4),
            number=st.sampled_from(NUMBERS),
            names=st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
            own=st.booleans(),
            post=st.booleans(),
        )
        def send(rule, words, number, names, own, post):
            path = self.build_path(rule, words, number)
            # What this page takes, then what others take.
            taken = [name for name in inspect.signature(rule.endpoint).parameters][1:]
            names = [*(name for name in taken if own and name not in ("args", "kw")), *names]
            params = dict(zip(names, words * 3, strict=False))
            methods = rule.methods or {"GET", "POST"}
            if rule.endpoint.routing["type"] == "jsonrpc":
                call = {"json": {"params": params}, "method": "POST"}
            elif "POST" in methods and (post or "GET" not in methods):
                call = {"data": params, "method": "POST"}
            else:
                call = {"params": params, "method": "GET"}
            response = self.opener.request(
                url=self.base_url() + path, allow_redirects=False, timeout=60, **call
            )
            if response.status_code >= 500:
                broken[rule.rule, call["method"]] = (path, params, response.status_code)

        with mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_qweb"):
            send()
        self.assertFalse(broken, "\n".join(map(repr, broken.items())))

    def get_rules(self, *auths):
        """From the routing map: what is reached without an account, or with one.

        Some of core's own routes break by themselves: the theme guards them. Without it, ours.
        """
        ours_only = "territory_phone_hours" not in self.website._fields
        with patch.object(threading.current_thread(), "dbname", self.cr.dbname, create=True):
            routing_map = self.env["ir.http"].routing_map(key=self.website.id)
        rules = {}
        for rule in routing_map.iter_rules():
            routing = rule.endpoint.routing
            if routing.get("auth") not in auths:
                continue
            if rule.rule.startswith(SKIPPED) or routing["type"] not in ("http", "jsonrpc"):
                continue
            if ours_only and not rule.rule.startswith(OURS):
                continue
            rules[rule.rule, frozenset(rule.methods or ())] = rule
        return sorted(rules.values(), key=lambda rule: (rule.rule, sorted(rule.methods or ())))

    def build_path(self, rule, words, number):
        known = {
            "slug": self.procedure.slug,
            "request_number": "BAC-2026-0001",
            "model": "procedure.request",
            "field": "name",
            "filename": "x.png",
        }
        values = iter(words * 3)

        def fill(match):
            converter, _sep, name = match[1].rpartition(":")
            if name in known and len(words[0]) % 2:
                return known[name]
            if converter.startswith("int"):
                return number
            if converter.startswith("model"):
                return f"x-{number}"
            # An address has no empty part, no NUL and no end of the part.
            word = next(values).replace("\x00", "").replace("/", "") or "x"
            return quote(word[:200])

        return re.sub(r"<([^>]+)>", fill, rule.rule)

    def test_number_and_code_take_any_shape(self):
        """Several values, files where words are expected."""
        page = self.get("/suivi")
        names = set(page.tree.xpath("//main//form//@name")) | {"_claim", "_remove", "_for"}
        names -= {"csrf_token", "guard_token"}
        hidden = [(name, value) for name, value in self.hidden(page).items()]
        for data, files in (
            ([(name, word) for name in names for word in ("a", "b\x00")], None),
            ([], [(name, ("x.txt", b"x", "text/plain")) for name in names]),
            ([], [(name, ("", b"", "text/plain")) for name in names]),
            ([(f"{name}[]", "x") for name in names], [self.jpeg("proof", "x" * 300)]),
            ([(name, "9" * 400) for name in names], None),
        ):
            response = self.post("/suivi", [*hidden, *data], files)
            self.assertLess(response.status_code, 500, (data[:2], files and files[0]))
