"""A parent presses twice, or in two tabs: one answer stands, and no page fails."""

from functools import partial

import flows
import pytest
from races import at_once

pytestmark = pytest.mark.sweep("kill")

MANY = 6
QUOTIENT = "/my/famille/quotient"


@pytest.fixture
def parent(server):
    return flows.Client(server).log_in("camille")


@pytest.fixture
def tabs(server):
    return [flows.Client(server).log_in("camille") for _tab in range(MANY)]


def say_at_once(tabs, path, answers):
    sent = []
    for tab, answer in zip(tabs, answers, strict=True):
        form = tab.read(path).xpath("//main//form[@method='post']")[0]
        sent.append({**dict(form.form_values()), **answer})
    calls = [partial(tab.post, path, values) for tab, values in zip(tabs, sent, strict=True)]
    assert {answer.status_code for answer in at_once(*calls)} == {303}


def test_a_quotient_said_many_times_at_once_is_said_once(parent, tabs):
    answers = [{"told": "yes", "quotient": str(700 + rank)} for rank in range(MANY)]
    say_at_once(tabs, QUOTIENT, answers)
    rows = parent.call("family.quotient", "search_read", [("is_current", "=", True)], ["quotient"])
    assert len(rows) == 1
    assert str(rows[0]["quotient"]) in {answer["quotient"] for answer in answers}


def test_weeks_said_many_times_at_once_are_said_once(parent, tabs):
    page = parent.read("/my/famille/fiche")
    path = page.xpath("//main//a[contains(@href, '/semaines/')]/@href")[0]
    child = int(path.rpartition("/")[2])
    answers = [
        {"rhythm": ("even", "odd")[rank % 2], "holidays": "same", "children": str(child)}
        for rank in range(MANY)
    ]
    say_at_once(tabs, path, answers)
    stands = [("child_id", "=", child), ("stands", "=", True)]
    assert parent.call("family.custody", "search_count", stands) == 1
