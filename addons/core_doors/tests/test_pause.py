from unittest.mock import patch

import psycopg2
from psycopg2.errors import AdminShutdown, SerializationFailure
from psycopg2.pool import PoolError

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .. import pause


@tagged("post_install", "-at_install")
class TestPause(HttpCase):
    """While PostgreSQL is away visitors read that the site is in pause, and stay signed in."""

    def setUp(self):
        super().setUp()
        self.enterContext(mute_logger("odoo.http", "odoo.sql_db"))

    def _stop_database(self, error=psycopg2.OperationalError):
        return patch.object(http, "Registry", side_effect=error("could not connect to server"))

    def assertPause(self, response):
        self.assertEqual(response.status_code, 503)
        self.assertIn("Le site est en pause", response.text)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertEqual(response.headers["Retry-After"], "30")
        self.assertNotIn("Set-Cookie", response.headers)

    def test_every_page_says_that_the_site_is_in_pause(self):
        with self._stop_database():
            for path in ("/", "/web/login", "/odoo", "/web", "/no/such/page", "/web/database/list"):
                with self.subTest(path):
                    self.assertPause(self.url_open(path, allow_redirects=False))
            self.assertPause(self.url_open("/web/login", data={"login": "x"}))

    def test_nobody_is_signed_out(self):
        new_test_user(self.env, "pause_agent", "base.group_user")
        session = self.authenticate("pause_agent", "pause_agent")
        with self._stop_database():
            self.assertPause(self.url_open("/odoo"))
        self.assertTrue(http.root.session_store.get(session.sid).uid)
        page = self.url_open("/web/session/account", allow_redirects=False)
        self.assertNotIn("/web/login", page.headers.get("Location", ""))

    def test_a_connection_that_breaks_in_the_middle_of_a_page(self):
        with patch.object(
            type(self.env["ir.http"]), "_match", side_effect=AdminShutdown("terminating connection")
        ):
            # The class of the error holds its code; psycopg2 sets it when the server says it.
            with patch.object(pause, "AWAY", (None,)):
                self.assertPause(self.url_open("/web/login"))

    def test_another_error_of_the_database_is_no_pause(self):
        self.assertFalse(pause.is_away(ValueError()))
        error = psycopg2.ProgrammingError()
        self.assertFalse(pause.is_away(error))
        with patch.object(pause, "AWAY", ("57P01",)):
            self.assertFalse(pause.is_away(SerializationFailure()))

    def test_no_database_of_this_name_is_not_found(self):
        with (
            patch.object(http, "db_list", return_value=[]),
            patch.object(http, "db_filter", return_value=[]),
        ):
            self.opener.cookies.clear()
            self.assertEqual(self.url_open("/no/such/page").status_code, 404)
            with patch.object(pause, "db_connect", side_effect=psycopg2.OperationalError):
                for path in ("/no/such/page", "/web/login"):
                    self.assertPause(self.url_open(path, allow_redirects=False))

    def test_no_connection_left_is_a_pause(self):
        with patch.object(
            type(self.env["ir.http"]),
            "_match",
            side_effect=PoolError("The Connection Pool Is Full"),
        ):
            self.assertPause(self.url_open("/web/login"))
