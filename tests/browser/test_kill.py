"""The server dies at any moment of a filing: what was acknowledged is there, with its file, and
what was not can be sent again without a double.

A second server on the database of the journeys, with a port of its own, is the one that dies.
"""

import os
import random
import signal
import socket
import subprocess
import threading
import time

import flows
import pytest
import requests
from harness import ROOT, until

KILLS = 8


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
            return requests.get(f"{self.url}/web/health", timeout=flows.TIMEOUT).ok
        except requests.ConnectionError:
            return False

    def kill(self):
        """By the test or by its timer, whoever comes first."""
        process, self.process = self.process, None
        if process:
            process.send_signal(signal.SIGKILL)
            process.wait()


def find(agent, street):
    """What the service received for this address."""
    return agent.call(
        "procedure.request",
        "search_read",
        [("answer_ids.value_text", "=", street)],
        ["number", "state", "document_line_ids"],
    )


def read_photo(agent, request):
    (line,) = agent.call(
        "procedure.document.line", "read", request["document_line_ids"], ["document_id"]
    )
    answer = agent.get(f"/web/content/procedure.document/{line['document_id'][0]}/file")
    assert answer.status_code == 200
    return answer.content


def test_no_filing_is_lost_nor_doubled_when_the_server_is_killed(server, mortal):
    moments = random.Random(2026)
    agent = flows.Client(server).log_in("agent.dechets")
    mortal.start()
    dominique = flows.Client(mortal.url).log_in("dominique")
    form = flows.BinForm(dominique)
    start = time.monotonic()
    form.send()
    duration = time.monotonic() - start

    for kill in range(KILLS):
        form = flows.BinForm(dominique)
        # The first ones while the server works, the last two as soon as it has answered.
        timer = threading.Timer(duration * (kill + moments.random()) / (KILLS - 2), mortal.kill)
        if kill < KILLS - 2:
            timer.start()
        is_acknowledged = form.send()
        timer.cancel()
        mortal.kill()
        kept = find(agent, form.street)
        if is_acknowledged:
            assert len(kept) == 1, "an acknowledged request is there"
            assert flows.is_photo(read_photo(agent, kept[0])), "with its file"
        else:
            assert kill < KILLS - 2, "the server answers when it is left alone"

        mortal.start()
        # The page is still open: she presses the button once more.
        assert form.send()
        (request,) = find(agent, form.street)
        assert request["state"] == "submitted"
        assert kept in ([], [request]), "what was kept is what is found again"
        assert form.read_number() == request["number"]
        assert flows.is_photo(read_photo(agent, request))
