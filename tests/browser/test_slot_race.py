"""Twenty people want the last place of a slot: real requests, to two servers on one database; while
they fill the form in, then when they send it."""

from functools import partial

import flows
import pytest
from lxml import html
from races import (
    Sender,
    at_once,
    in_turn,
    insist,
    make_visitor,
    new_address,
    open_hours,
    send_at_once,
    when,
)
from second_server import SecondServer

pytestmark = pytest.mark.sweep("kill")

MANY = 20
# What is kept for one connection in an hour (website_procedure_slot, HOLDS_AN_HOUR).
KEPT_AN_HOUR = 60
GONE = "vient d’être pris"


@pytest.fixture(scope="module")
def second(server, tmp_path_factory):
    other = SecondServer(server, tmp_path_factory.mktemp("slots") / "odoo.log")
    other.start()
    yield other.url
    other.kill()


@pytest.fixture
def manager(server):
    return flows.Client(server).log_in("responsable")


@pytest.fixture
def procedure(manager):
    """Published for the time of the test. Three hours a day: of a week that ends no more may be
    left than those of its Sunday."""
    with open_hours(manager, hours=3) as made:
        yield made


def open_form(url, path):
    """A visitor's, filled in but for its button; the first hour that she is offered."""
    client = flows.Client(url, new_address())
    form = client.read(path).xpath("//form[@data-public-form]")[0]
    hour = form.xpath(".//input[@type='radio'][@name='slot']/@value")[0]
    values = {
        **{name: value for name, value in form.form_values() if name != "slot"},
        **make_visitor(),
        "slot": hour,
        "_action": "check",
    }
    return client, values


def test_twenty_people_on_the_last_place(server, second, manager, procedure):
    forms = [open_form((server, second)[rank % 2], procedure["path"]) for rank in range(MANY)]
    assert len({values["slot"] for _client, values in forms}) == 1
    answers = at_once(
        *(partial(insist, client, procedure["path"], values) for client, values in forms)
    )
    kept = [answer for answer in answers if answer.status_code == 303]
    told = [html.fromstring(each.content).text_content() for each in answers if each not in kept]
    assert len(kept) == 1, [answer.status_code for answer in answers]
    assert not [words[:1200] for words in told if GONE not in words]
    domain = [("calendar_id", "=", procedure["calendar"])]
    assert manager.call("procedure.slot.booking", "search_count", domain) == 1
    # What the others typed is still there, with the hours that are left.
    assert all("Zoé" in answer.text for answer in answers if answer not in kept)


def use_up(server, procedure, address):
    """From this connection no place is kept any more: each is taken by the first who sends."""
    client = flows.Client(server, address)
    form = client.read(procedure["path"]).xpath("//form[@data-public-form]")[0]
    hours = form.xpath(".//input[@type='radio'][@name='slot']/@value")
    values = {**dict(form.form_values()), **make_visitor(), "slot": hours[1]}
    # Of one form: a place is kept, and the former one is free again.
    values["_claim"] = client.check(procedure["path"], values)["_claim"]
    for turn in range(KEPT_AN_HOUR):
        slot = hours[1 + turn % 2]
        answer = client.post(procedure["path"], {**values, "slot": slot, "_action": "check"})
        assert answer.status_code == 303


def test_twenty_people_who_send_for_the_last_place(server, second, manager, mails, procedure):
    """No place was kept for any of them: the filing alone tells them apart."""
    address = new_address()
    use_up(server, procedure, address)
    path, servers = procedure["path"], (server, second)
    first = open_form(server, path)[1]["slot"]
    senders = in_turn(
        partial(
            Sender,
            flows.Client(servers[rank % 2], address),
            path,
            {**make_visitor(), "slot": first},
        )
        for rank in range(MANY)
    )
    in_turn(sender.check for sender in senders)
    in_turn(sender.ask_code for sender in senders)
    domain = [("calendar_id", "=", procedure["calendar"]), ("start", "=", when(first))]
    assert not manager.call("procedure.slot.booking", "search_count", domain), "nobody holds it"
    others = send_at_once(senders, mails)
    (booking,) = manager.call("procedure.slot.booking", "search_read", domain, ["state"])
    assert booking["state"] == "taken"
    filed = [("procedure_id", "=", procedure["id"])]
    assert manager.call("procedure.request", "search_count", filed) == 1
    for page in others:
        # Told beside the question, with the hours that are left and what she typed.
        beside = page.xpath("//*[contains(@id, 'slot') and contains(@class, 'et-err')]")
        assert GONE in beside[0].text_content()
        assert page.xpath("//input[@name='contact_firstname']/@value") == ["Zoé"]
