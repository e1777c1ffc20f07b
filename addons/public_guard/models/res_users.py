from contextlib import contextmanager
from contextvars import ContextVar

from odoo import models
from odoo.exceptions import AccessDenied
from odoo.http import request

from ..exceptions import TooManyRequests

MINUTES = 15
# Wrong passwords in that time: for one account from one network, for one account from anywhere,
# from one network for all accounts together.
FAILURES_HERE = 10
FAILURES_OF_ACCOUNT = 100
FAILURES_OF_NETWORK = 200

# A log-in is counted already: the password that it checks is not counted again.
_counting = ContextVar("counting", default=False)


class ResUsers(models.Model):
    _inherit = "res.users"

    @contextmanager
    def _assert_can_auth(self, user=None):
        """Core counts by address, in each worker apart: a village hall where some forget their
        password shuts everybody out, and who has several addresses is never stopped.

        Here: by account, shared by all workers; what is narrow is counted for the network that
        fails, so that shutting an owner out takes ten networks. Only failures count.
        """
        if not request or _counting.get():
            yield
            return
        limits = self._get_login_limits(user, request.httprequest.remote_addr)
        guard = self.env["public.guard"]
        counted = []
        try:
            for scope, key, limit in limits:
                counted.append((scope, key))
                guard._hit(scope, key, limit, MINUTES * 60)
        except TooManyRequests as refused:
            raise AccessDenied(str(refused)) from refused
        before = _counting.set(True)
        try:
            yield
        finally:
            _counting.reset(before)
        for scope, key in counted:
            guard._give_back(scope, key)

    def _check_credentials(self, credential, env):
        """Core limits the log-in only: inside a session (a computer left open, a stolen cookie)
        the password could be guessed for ever where it is asked again."""
        with self._assert_can_auth(user=self.env.uid):
            return super()._check_credentials(credential, env)

    def _get_login_limits(self, user, address):
        """[(scope, key, limit)]; an unknown login is counted as a known one."""
        if not isinstance(user, int):
            login = str(user or "").strip().lower()
            found_sudo = self.sudo().search(
                self._get_login_domain(user or ""), order=self._get_login_order(), limit=1
            )
            user = found_sudo.id or login
        network = self.env["public.guard"]._get_network(address)
        return [
            ("login.here", f"{user} {network}", FAILURES_HERE),
            ("login.account", str(user), FAILURES_OF_ACCOUNT),
            ("login.network", network, FAILURES_OF_NETWORK),
        ]
