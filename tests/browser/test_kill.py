"""The server dies at any moment of a filing: what was acknowledged is there, with its file, and
what was not can be sent again without a double."""

import random
import threading
import time

import flows
import pytest
from second_server import SecondServer

pytestmark = pytest.mark.sweep("kill")

KILLS = 8
EMAIL = "dominique@exemple.org"


@pytest.fixture
def mortal(server, tmp_path):
    mortal = SecondServer(server, tmp_path / "odoo.log")
    yield mortal
    mortal.kill()


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


def read_acknowledgments(mails, number):
    """The kinds of the files of each mail that tells this number."""
    mails.wait(EMAIL, number)
    return [
        [file["type"] for file in mail["attachments"]]
        for mail in mails.to(EMAIL)
        if number in mail["subject"]
    ]


def test_no_filing_is_lost_nor_doubled_when_the_server_is_killed(server, mortal, mails):
    moments = random.Random(2026)
    numbers = []
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
        numbers.append(request["number"])
    for number in numbers:
        assert read_acknowledgments(mails, number) == [["application/pdf"]], "one mail, its letter"
