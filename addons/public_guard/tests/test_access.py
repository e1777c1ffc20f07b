import json

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

TABLES = ("public.guard.code", "public.guard.hit", "public.guard.token")
PRIVATE = ("_check_upload", "_check_form", "_claim_token", "_form_token", "_hit", "_xlsx")


@tagged("post_install", "-at_install")
class TestAccess(HttpCase):
    """Nobody reads or changes what the guards remember, not even the administrator."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {
            login: new_test_user(cls.env, login=login, password=login, groups=group)
            for login, group in (
                ("guard_admin", "base.group_system"),
                ("guard_user", "base.group_user"),
                ("guard_portal", "base.group_portal"),
                ("guard_public", "base.group_public"),
            )
        }
        cls.guard = cls.env["public.guard"]
        cls.guard._issue_code("follow", "camille@example.org")

    def test_no_operation_on_any_table_for_anybody(self):
        for login, user in self.people.items():
            for table in TABLES:
                for operation in ("read", "write", "create", "unlink"):
                    with self.subTest(login=login, table=table, operation=operation):
                        model = self.env[table].with_user(user)
                        self.assertFalse(model.has_access(operation))
                        with self.assertRaises(AccessError):
                            model.check_access(operation)

    def call(self, model, method, *args):
        return self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            {"model": model, "method": method, "args": list(args), "kwargs": {}},
        )

    @mute_logger("odoo.http")
    def test_tables_are_closed_to_rpc(self):
        self.assertTrue(self.env["public.guard.code"].search_count([]))
        for login in ("guard_admin", "guard_user", "guard_portal"):
            self.authenticate(login, login)
            for table in TABLES:
                with self.subTest(login=login, table=table):
                    with self.assertRaisesRegex(JsonRpcException, "AccessError"):
                        self.call(table, "search_read", [], ["digest"])
                    with self.assertRaisesRegex(JsonRpcException, "AccessError"):
                        self.call(table, "create", {"digest": "x"})

    @mute_logger("odoo.http")
    def test_checks_cannot_be_called_by_rpc(self):
        for login in ("guard_admin", "guard_user", "guard_portal"):
            self.authenticate(login, login)
            for method in (*PRIVATE, "_issue_code", "_verify_code"):
                with self.subTest(login=login, method=method):
                    with self.assertRaisesRegex(JsonRpcException, "AccessError"):
                        self.call("public.guard", method, "follow", "camille@example.org")

    @mute_logger("odoo.http")
    def test_visitor_is_sent_to_log_in(self):
        with self.assertRaisesRegex(JsonRpcException, "SessionExpired"):
            self.call("public.guard.code", "search_read", [], ["digest"])

    def test_bearer_door_is_closed_without_a_key(self):
        response = self.url_open(
            "/json/2/public.guard.code/search_read",
            data=json.dumps({"domain": []}),
            headers={"Content-Type": "application/json"},
            allow_redirects=False,
        )
        # 401 where `rpc` is loaded, which it is not; then to the log-in.
        self.assertIn(response.status_code, (303, 401, 404))
        self.assertNotIn("result", response.text)
