"""The server dies at any moment of a filing: what was acknowledged is there, with its file, and
what was not can be sent again without a double.

A second server on the database of the journeys, with a port of its own, is the one that dies.
"""

import os
import random
import secrets
import signal
import socket
import subprocess
import threading
import time

import flows
import pytest
import requests
from harness import ROOT, until
from lxml import html

KILLS = 8
# A filing takes this long at most: the moment of the kill is drawn within what was measured.
TIMEOUT = 30


@pytest.fixture
def settings(server):
    """The configuration that bin/run wrote for the server of the journeys."""
    port = server.rpartition(":")[2]
    candidates = [*ROOT.glob("var/odoo-*.conf"), *ROOT.glob("var/test/*/odoo-*.conf")]
    found = [path for path in candidates if f"\nhttp_port = {port}\n" in path.read_text()]
    return max(found, key=lambda path: path.stat().st_mtime)


@pytest.fixture
def mortal(settings, tmp_path):
    server = MortalServer(settings, tmp_path / "odoo.log")
    yield server
    server.kill()


class MortalServer:
    def __init__(self, settings, log):
        self.settings, self.log = settings, log
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.process = None

    def start(self):
        environment = {
            "PGHOST": str(ROOT / "var" / "postgres"),
            "PGUSER": "odoo",
            **os.environ,
        }
        self.process = subprocess.Popen(
            [
                str(ROOT / ".venv" / "bin" / "python"),
                "/usr/bin/odoo",
                f"--config={self.settings}",
                f"--http-port={self.port}",
                f"--logfile={self.log}",
                "--max-cron-threads=0",
            ],
            env=environment,
        )
        until(self.answers, seconds=60, message=f"the server did not start: {self.log}")

    def answers(self):
        assert self.process.poll() is None, f"it stopped by itself: {self.log}"
        try:
            return requests.get(f"{self.url}/web/health", timeout=TIMEOUT).ok
        except requests.ConnectionError:
            return False

    def kill(self):
        """By the test or by its timer, whoever comes first."""
        process, self.process = self.process, None
        if process:
            process.send_signal(signal.SIGKILL)
            process.wait()


class Dominique:
    """She fills in the form once, and presses the button again when nothing comes back."""

    def __init__(self, url):
        self.url = url
        self.browser = requests.Session()

    def log_in(self, login="dominique"):
        page = html.fromstring(self.browser.get(f"{self.url}/web/login").content)
        values = dict(page.xpath("//form[.//input[@name='login']]")[0].form_values())
        values.update(login=login, password=login)
        self.browser.post(f"{self.url}/web/login", values).raise_for_status()
        return self

    def open_form(self):
        page = html.fromstring(self.browser.get(f"{self.url}{flows.BIN}/formulaire").content)
        form = page.xpath("//form[@data-procedure-form]")[0]
        opened = time.monotonic()
        self.street = f"{secrets.randbelow(10**9)} rue du Moulin"
        self.values = {
            **dict(form.form_values()),
            "waste_request": "arrival",
            "address.street": self.street,
            "address.commune": flows.COMMUNE,
            "date_in": flows.day(-8),
            "household_size": "2",
            "occupant_status": "owner",
            "accuracy": "1",
            "_action": "send",
        }
        self.photo = flows.photo(self.street)
        until(lambda: time.monotonic() - opened > flows.READING_MS / 1000)

    def send(self):
        """The address of the acknowledgment; nothing when the connection was cut."""
        file = (self.photo["name"], self.photo["buffer"], self.photo["mimeType"])
        try:
            answer = self.browser.post(
                f"{self.url}{flows.BIN}/formulaire",
                self.values,
                files={"lease_or_deed": file},
                allow_redirects=False,
                timeout=TIMEOUT,
            )
        except requests.ConnectionError:
            return None
        assert answer.status_code == 303, html.fromstring(answer.content).text_content()
        return answer.headers["Location"]

    def read_number(self, location):
        page = html.fromstring(self.browser.get(self.url + location).content)
        return page.find_class("et-plaque--no")[0].text_content().strip()


class Agent(Dominique):
    """What the service has received."""

    def find(self, street):
        return self.call(
            "procedure.request",
            "search_read",
            [[("answer_ids.value_text", "=", street)], ["number", "state", "document_line_ids"]],
        )

    def read_file(self, request):
        (line,) = self.call(
            "procedure.document.line", "read", [request["document_line_ids"], ["document_id"]]
        )
        answer = self.browser.get(
            f"{self.url}/web/content/procedure.document/{line['document_id'][0]}/file"
        )
        assert answer.status_code == 200
        return answer.content

    def call(self, model, method, args):
        answer = self.browser.post(
            f"{self.url}/web/dataset/call_kw/{model}/{method}",
            json={"params": {"model": model, "method": method, "args": args, "kwargs": {}}},
        ).json()
        assert "result" in answer, answer
        return answer["result"]


def test_no_filing_is_lost_nor_doubled_when_the_server_is_killed(server, mortal):
    moments = random.Random(2026)
    agent = Agent(server).log_in("agent.dechets")
    mortal.start()
    dominique = Dominique(mortal.url).log_in()
    dominique.open_form()
    start = time.monotonic()
    assert dominique.send()
    duration = time.monotonic() - start

    acknowledged = 0
    for kill in range(KILLS):
        dominique.open_form()
        # The first ones while the server works, the last two as soon as it has answered.
        is_answered = kill >= KILLS - 2
        delay = duration * (kill + moments.random()) / (KILLS - 2)
        timer = threading.Timer(delay, mortal.kill)
        if not is_answered:
            timer.start()
        location = dominique.send()
        timer.cancel()
        mortal.kill()
        before = agent.find(dominique.street)
        if location:
            acknowledged += 1
            assert len(before) == 1, "an acknowledged request is there"
            assert flows.is_photo(agent.read_file(before[0]))

        mortal.start()
        # The same form, sent again: the button pressed once more on the page still open.
        again = dominique.send()
        (request,) = agent.find(dominique.street)
        assert request["state"] == "submitted"
        assert before in ([], [request])
        assert dominique.read_number(again) == request["number"]
        assert flows.is_photo(agent.read_file(request))
    assert acknowledged >= 2
