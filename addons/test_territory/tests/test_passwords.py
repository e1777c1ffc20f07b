"""Each door that takes a password counts the wrong ones, inside a session too."""

import inspect
import json
import re
from unittest.mock import patch

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.res_users import ResUsers
from odoo.addons.public_guard.models.res_users import FAILURES_HERE

from .routes import find_routes

WRONG = {"password": "faux"}
NEW = "une autre phrase bien longue"
# Of a new account: `public.guard` counts its tries. Closed by `list_db`.
OTHERS = re.compile(r"/web/reset_password|/web/database/.*|/inscription.*")


@tagged("post_install", "-at_install")
class TestPasswords(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "test_passwords", "base.group_portal")
        check = cls.env["res.users.identitycheck"].with_user(cls.user).sudo().create({})
        change = {"model": "res.users", "method": "change_password", "args": ["faux", NEW]}
        run = {"model": check._name, "method": "run_check", "args": [check.ids]}
        # {a route that asks for a password, or the method that it calls: what is sent there}
        cls.doors = {
            "/web/login": {"login": cls.user.login, **WRONG},
            "/web/session/authenticate": {
                "db": cls.env.cr.dbname,
                "login": cls.user.login,
                **WRONG,
            },
            "/my/security": {"old": "faux", "new1": NEW, "new2": NEW},
            "/my/deactivate_account": {"validation": cls.user.login, **WRONG},
            "/auth-timeout/session/check-identity": {"type": "password", **WRONG},
            "/web/dataset/call_kw/change_password": {**change, "kwargs": {}},
            "/web/dataset/call_kw/run_check": {**run, "kwargs": {"context": WRONG}},
        }

    def _send(self, path, data):
        if "/session/" in path or "/dataset/" in path:
            headers = {"Content-Type": "application/json"}
            self.url_open(path, data=json.dumps({"params": data}), headers=headers)
        else:
            token = http.Request.csrf_token(self)
            self.url_open(path, data={**data, "csrf_token": token})

    def _count_checks(self, path, data):
        """How often core looks at the password."""
        check = ResUsers._check_credentials
        with patch.object(ResUsers, "_check_credentials", autospec=True) as looked:
            looked.side_effect = check
            self._send(path, data)
        return looked.call_count

    @mute_logger("odoo.http", "odoo.addons.base.models.res_users")
    def test_each_door(self):
        guard, key = self.env["public.guard"], f"{self.user.id} 127.0.0.1"
        for path, data in self.doors.items():
            for failures, expected in ((0, 1), (FAILURES_HERE, 0)):
                with self.subTest(path=path, failures=failures):
                    is_log_in = path in ("/web/login", "/web/session/authenticate")
                    self.authenticate(*[None if is_log_in else self.user.login] * 2)
                    self.env["public.guard.hit"].search([]).unlink()
                    for _time in range(failures):
                        guard._hit("login.here", key, FAILURES_HERE, 900)
                    self.assertEqual(self._count_checks(path, data), expected)

    def test_each_route_with_a_password_is_tried(self):
        for path, _methods in (routes := find_routes(self.env)):
            endpoint = routes[path, _methods].endpoint.original_endpoint
            if re.search(r"password|credential", inspect.getsource(endpoint)):
                self.assertTrue(path in self.doors or OTHERS.fullmatch(path), path)
