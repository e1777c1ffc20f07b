import io
import os
import resource
from types import SimpleNamespace
from unittest.mock import patch

import psycopg2

from odoo.cli.command import find_command
from odoo.tests import tagged
from odoo.tools import config

from odoo.addons.core_doors.exceptions import FileNotKept

from ..tools.limits import TooHeavy
from .common import MEGABYTE, MailgatewayCommon

LIMITS = "odoo.addons.procedure_mailgateway.tools.limits"


@tagged("post_install", "-at_install")
class TestMailReceive(MailgatewayCommon):
    """The command, as the mail server calls it."""

    def _pipe(self, raw):
        """:return: what is left unread"""
        stdin = io.BytesIO(raw)
        with (
            self.enter_registry_test_mode(),
            patch.object(config, "parse_config"),
            patch("sys.stdin", SimpleNamespace(buffer=stdin)),
            patch(f"{LIMITS}.resource.setrlimit") as limits,
            patch(f"{LIMITS}.signal.signal"),
        ):
            find_command("mail_receive")().run(["-d", self.env.cr.dbname])
        self.env.invalidate_all()
        self.assertEqual(
            {call.args[0] for call in limits.call_args_list},
            {resource.RLIMIT_AS, resource.RLIMIT_CPU},
        )
        return stdin.read()

    def test_a_message_lands(self):
        request = self._submit()
        self._pipe(self._email(request))
        self.assertTrue(self._messages(request))

    def test_a_message_too_big_is_not_read_to_its_end(self):
        request = self._submit()
        self.env["ir.config_parameter"].set_param("procedure_mailgateway.max_megabytes", 1)
        left = self._pipe(self._email(request) + b"x" * 3 * MEGABYTE)
        self.assertGreater(len(left), MEGABYTE)
        self.assertEqual(self._receipts()[0].reason, "big")

    def test_codes_that_mail_servers_know(self):
        with self.assertRaises(SystemExit) as caught:
            self._pipe(self._email(To="personne@courriel.exemple.fr"))
        self.assertEqual(caught.exception.code, os.EX_NOUSER)
        Thread = type(self.env["mail.thread"])
        for error in (MemoryError, TooHeavy):
            with (
                patch.object(Thread, "message_process", side_effect=error),
                self.assertRaises(SystemExit) as caught,
            ):
                self._pipe(self._email())
            self.assertEqual(caught.exception.code, os.EX_DATAERR)
        for error in (psycopg2.OperationalError, FileNotKept("full")):
            with (
                patch.object(Thread, "message_process", side_effect=error),
                self.assertRaises(SystemExit) as caught,
            ):
                self._pipe(self._email())
            self.assertEqual(caught.exception.code, os.EX_TEMPFAIL)
