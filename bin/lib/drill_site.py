"""The processes of a drill, each ended by its pid: Odoo, the mail server, PostgreSQL."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import psycopg2
import requests

ROOT = Path(__file__).parents[2]
PYTHON = str(ROOT / ".venv/bin/python")
VAR = Path(os.environ["ETERRITOIRE_VAR"])
DATABASE = "drill"
FILES = VAR / "data/filestore"


def say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def query(sql, *values, database=DATABASE):
    with closing(psycopg2.connect(dbname=database)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute(sql, values or None)
        return cursor.fetchall() if cursor.description else []


def wait(condition, seconds, what):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not after {seconds} s")
        time.sleep(0.2)


class Odoo:
    """A server on the database, with the processes that it makes."""

    def __init__(self, name="odoo", database=DATABASE, **options):
        self.settings = VAR / f"{name}.conf"
        if name != "odoo":
            text = (VAR / "odoo.conf").read_text()
            for option, value in options.items():
                text = re.sub(rf"(?m)^{option} *=.*", f"{option} = {value}", text)
            self.settings.write_text(text)
        self.port = int(re.search(r"(?m)^http_port *= *(\d+)", self.settings.read_text())[1])
        self.url = f"http://localhost:{self.port}"
        self.log = VAR / f"{name}.log"
        self.log.write_text("")
        self.process = None

    def start(self):
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [PYTHON, "/usr/bin/odoo", "-c", self.settings],
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait(self.answers, 120, f"{self.log.name}: the server answers")

    def answers(self):
        with suppress(requests.RequestException):
            return requests.get(f"{self.url}/web/health", timeout=10).ok
        return False

    def is_alive(self):
        return self.process is not None and self.process.poll() is None

    def kill(self, how=signal.SIGKILL):
        """All its processes at once, as a power cut does; they are in a session of their own."""
        process, self.process = self.process, None
        if process:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, how)
            process.wait()

    def stop(self):
        if self.process:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=30)
            self.kill()


class MailServer:
    """The catcher of bin/run; its box is read from the disk."""

    def __init__(self, port):
        self.port, self.box, self.process = port, VAR / "box", None

    def start(self):
        command = [PYTHON, str(ROOT / "bin/lib/mail_catcher.py"), "--smtp-port", str(self.port)]
        command += ["--http-port", str(self.port + 1), "--maildir", str(self.box)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait(self.answers, 20, "the mail server answers")

    @property
    def url(self):
        return f"http://localhost:{self.port + 1}"

    def answers(self):
        with suppress(requests.RequestException):
            return requests.get(f"{self.url}/messages.json?to=x", timeout=10).ok
        return False

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait()
            self.process = None


class Postgres:
    """The private cluster that bin/drill started."""

    def _run(self, words):
        script = f'. "{ROOT}/bin/lib/common.sh"; . "{ROOT}/bin/lib/postgres.sh"; {words}'
        environment = {name: value for name, value in os.environ.items() if name[:2] != "PG"}
        done = subprocess.run(
            ["/bin/bash", "-c", script], env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def kill(self):
        """kill -9 of its first process; the others see that it is no more, and go."""
        data = Path(self._run("pg_home")) / "data"
        pid = int((data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        wait(lambda: not Path(f"/proc/{pid}").exists(), 10, "PostgreSQL is gone")
        time.sleep(1)

    def start(self):
        self._run("start_postgres")

    def cut(self):
        """Every connection of Odoo."""
        query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND pid <> pg_backend_pid()",
            DATABASE,
        )
