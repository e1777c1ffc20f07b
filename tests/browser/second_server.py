"""A second server on the database of the journeys, with a port and a log of its own: it may be
killed, and refuse what it must refuse, without a trace in the log that bin/test reads."""

import os
import signal
import socket
import subprocess
import time
from contextlib import closing

import psycopg2
import requests
from harness import ROOT, until

# The project's own PostgreSQL, unless the usual variables name another one.
POSTGRES = {"PGHOST": str(ROOT / "var" / "postgres"), "PGUSER": "odoo"}
# Odoo names its connections by its process (`db_app_name`).
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s"


def find_settings(server):
    """The configuration that bin/run wrote for the server at this address."""
    port = server.rpartition(":")[2]
    candidates = [*ROOT.glob("var/odoo-*.conf"), *ROOT.glob("var/test/*/odoo-*.conf")]
    found = [path for path in candidates if f"\nhttp_port = {port}\n" in path.read_text()]
    assert found, f"bin/run wrote no configuration for {server}"
    return max(found, key=lambda path: path.stat().st_mtime)


class SecondServer:
    def __init__(self, server, log):
        self.settings, self.log = find_settings(server), log
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [
                str(ROOT / ".venv" / "bin" / "python"),
                "/usr/bin/odoo",
                f"--config={self.settings}",
                f"--http-port={self.port}",
                f"--logfile={self.log}",
                "--max-cron-threads=0",
            ],
            env={**POSTGRES, **os.environ},
        )
        until(self._answers, seconds=60, message=f"the server did not start: {self.log}")

    def _answers(self):
        assert self.process.poll() is None, f"it stopped by itself: {self.log}"
        try:
            return requests.get(f"{self.url}/web/health", timeout=60).ok
        except requests.ConnectionError:
            return False

    def cut_database(self, is_back):
        """Its own connections, until the event: those of the other servers stay."""
        host, user = (os.environ.get(name, value) for name, value in POSTGRES.items())
        connection = psycopg2.connect(dbname="postgres", host=host, user=user)
        with closing(connection):
            connection.autocommit = True
            with connection.cursor() as cursor:
                while not is_back.is_set():
                    cursor.execute(CUT, [f"odoo-{self.process.pid}"])
                    time.sleep(0.01)

    def kill(self):
        """By the test or by its timer, whoever comes first."""
        process, self.process = self.process, None
        if process:
            process.send_signal(signal.SIGKILL)
            process.wait()
