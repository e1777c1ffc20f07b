"""Fifty people want one room on one day: real requests, to two servers on one database; while they
fill the form in, then when they send it."""

from datetime import timedelta
from functools import partial

import flows
import pytest
from lxml import html
from races import (
    ROOM_QUESTIONS,
    Sender,
    at_once,
    in_turn,
    insist,
    let_room,
    make_visitor,
    new_address,
    send_at_once,
)
from second_server import SecondServer

pytestmark = pytest.mark.sweep("kill")

MANY = 50
GONE = "est prise à ce moment"
# Of several days: too long to be kept while the form is filled in (website_room_booking,
# HOLD_LONGEST).
LONG_QUESTIONS = (
    *ROOM_QUESTIONS[:2],
    {"key": "room_last_day", "type": "date", "label": "Dernier jour", "required": True},
    {
        **ROOM_QUESTIONS[2],
        "option_ids": [(0, 0, {"value": "hours", "label": "D’autres heures"})],
    },
    {"key": "room_from", "type": "time", "label": "De", "required": True},
    {"key": "room_to", "type": "time", "label": "À", "required": True},
)


@pytest.fixture(scope="module")
def second(server, tmp_path_factory):
    other = SecondServer(server, tmp_path_factory.mktemp("rooms") / "odoo.log")
    other.start()
    yield other.url
    other.kill()


@pytest.fixture
def manager(server):
    return flows.Client(server).log_in("responsable")


@pytest.fixture
def room(manager):
    with let_room(manager, ROOM_QUESTIONS) as made:
        yield made


@pytest.fixture
def long_room(manager):
    with let_room(manager, LONG_QUESTIONS) as made:
        yield made


def open_form(url, room, day, rank):
    """A visitor's, filled in but for its button: half of them for the evening, set up meanwhile."""
    client = flows.Client(url, new_address())
    form = client.read(room["path"]).xpath("//form[@data-public-form]")[0]
    values = {
        **dict(form.form_values()),
        "room": str(room["room"]),
        "room_day": day.strftime("%d/%m/%Y"),
        "room_period": "day" if rank % 2 else "evening",
        **make_visitor(),
        "_action": "check",
    }
    return client, values


def test_fifty_people_on_one_room(server, second, manager, room):
    day = flows.today() + timedelta(days=30)
    servers = (server, second)
    forms = [open_form(servers[rank // 2 % 2], room, day, rank) for rank in range(MANY)]
    answers = at_once(*(partial(insist, client, room["path"], values) for client, values in forms))
    kept = [answer for answer in answers if answer.status_code == 303]
    told = [html.fromstring(each.content).text_content() for each in answers if each not in kept]
    assert len(kept) == 1, [answer.status_code for answer in answers]
    assert not [words for words in told if GONE not in words]
    domain = [("room_id", "=", room["room"])]
    assert manager.call("room.booking", "search_count", domain) == 1
    # What the others typed is still there.
    assert all("Zoé" in answer.text for answer in answers if answer not in kept)


def test_fifty_people_who_send_for_one_room(server, second, manager, mails, long_room):
    """Nothing was kept for any of them: the filing alone tells them apart."""
    path, servers = long_room["path"], (server, second)
    senders = in_turn(
        partial(
            Sender,
            flows.Client(servers[rank % 2], new_address()),
            path,
            {**make_visitor(), **say_days(long_room, rank)},
        )
        for rank in range(MANY)
    )
    in_turn(sender.check for sender in senders)
    in_turn(sender.ask_code for sender in senders)
    domain = [("room_id", "=", long_room["room"])]
    assert not manager.call("room.booking", "search_count", domain), "nobody holds it"
    others = send_at_once(senders, mails)
    assert manager.call("room.booking", "search_count", domain) == 1
    filed = [("procedure_id", "=", long_room["id"])]
    assert manager.call("procedure.request", "search_count", filed) == 1
    for page in others:
        # Told beside the day, with what she typed.
        beside = page.xpath("//*[contains(@id, 'room_day') and contains(@class, 'et-err')]")
        assert GONE in beside[0].text_content()
        assert page.xpath("//input[@name='contact_firstname']/@value") == ["Zoé"]


def say_days(room, rank):
    """Not the same days for all, and one that all want."""
    first = flows.today() + timedelta(days=30 + rank % 3)
    return {
        "room": str(room["room"]),
        "room_day": first.strftime("%d/%m/%Y"),
        "room_last_day": (first + timedelta(days=5)).strftime("%d/%m/%Y"),
        "room_period": "hours",
        "room_from": "9h00",
        "room_to": "18h00",
    }
