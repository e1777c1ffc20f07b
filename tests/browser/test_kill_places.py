"""The server dies at any moment while a place is taken, a room booked, a request signed: what was
acknowledged is there once, what was not can be sent again, and no place is lost."""

import random
import threading
import time
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

import flows
import pytest
import requests
from harness import until
from races import (
    ROOM_QUESTIONS,
    at_once,
    in_turn,
    let_room,
    make_visitor,
    new_address,
    open_hours,
    publish,
    when,
)
from second_server import SecondServer

pytestmark = pytest.mark.sweep("kill")

KILLS = 4
# Not Dominique, who files for many journeys: forty requests an hour are the limit of one account.
FILERS = {"slot": "sacha", "room": "camille", "signed": "sacha"}
SIGN_QUESTIONS = (
    {"key": "feast", "type": "char", "label": "Jour de la fête", "required": True},
    {
        "key": "sign",
        "type": "signature_email",
        "label": "Signature",
        "required": True,
        "signature_keys": "feast",
    },
)


@pytest.fixture
def mortal(server, tmp_path):
    mortal = SecondServer(server, tmp_path / "odoo.log")
    yield mortal
    mortal.kill()


@pytest.fixture
def manager(server):
    return flows.Client(server).log_in("responsable")


@pytest.fixture
def asked(manager):
    """What is asked for: a procedure of hours, one of a room, one that somebody else signs."""
    with (
        open_hours(manager, hours=8) as slot,
        let_room(manager, ROOM_QUESTIONS) as room,
        publish(manager, *SIGN_QUESTIONS) as signed,
    ):
        yield {"slot": slot, "room": room, "signed": signed}


class SlotForm(flows.AccountForm):
    """The first hour that is offered, with an account."""

    def __init__(self, client, made):
        self.calendar = made["calendar"]
        super().__init__(client, made["path"], self.choose)

    def choose(self, form):
        self.slot = form.xpath(".//input[@type='radio'][@name='slot']/@value")[0]
        return {"slot": self.slot}

    def find_places(self, manager):
        domain = [("calendar_id", "=", self.calendar), ("start", "=", when(self.slot))]
        return read_places(manager, "procedure.slot.booking", domain)


class RoomForm(flows.AccountForm):
    def __init__(self, client, made, day):
        self.room, self.day = made["room"], day
        super().__init__(client, made["path"], self.choose)

    def choose(self, form):
        day = self.day.strftime("%d/%m/%Y")
        return {"room": str(self.room), "room_day": day, "room_period": "day"}

    def find_places(self, manager):
        # From midnight on at home, which is the day before in UTC.
        first, last = self.day - timedelta(days=1), self.day + timedelta(days=1)
        domain = [("room_id", "=", self.room), ("stop", ">", f"{first} 23:30:00")]
        domain.append(("start", "<", f"{last} 00:00:00"))
        return read_places(manager, "room.booking", domain)


class Visit:
    """A visitor without account who chooses an hour, which is kept for her, and goes no further."""

    def __init__(self, url, made):
        self.path, self.calendar = made["path"], made["calendar"]
        self.client = flows.Client(url, new_address())
        form = self.client.read(self.path).xpath("//form[@data-public-form]")[0]
        self.slot = form.xpath(".//input[@type='radio'][@name='slot']/@value")[1]
        self.values = {**dict(form.form_values()), **make_visitor(), "slot": self.slot}

    def send(self):
        try:
            self.client.check(self.path, self.values)
        except requests.ConnectionError:
            return False
        return True

    find_places = SlotForm.find_places


class Signer:
    """Who received the link of a request, and has opened it with the code."""

    def __init__(self, url, filer, made, mails):
        self.email = make_visitor()["contact_email"]
        answers = {"feast": "samedi", "sign": self.email}
        form = flows.AccountForm(filer, made["path"], lambda _form: answers)
        assert form.send()
        self.number = form.read_number()
        self.path = flows.read_link(mails.wait(self.email, ""), "/signer/")
        self.client = flows.Client(url, new_address())
        self.post(_action="code")
        self.post(_action="open", code=flows.read_code(mails.wait(self.email, "code")))
        self.values = {
            **self.hidden(),
            "_action": "answer",
            "reponse": "signed",
            "nom": "Odette Renard",
        }

    def hidden(self):
        return dict(self.client.read(self.path).xpath("//main//form")[0].form_values())

    def post(self, **values):
        answer = self.client.post(self.path, {**self.hidden(), **values})
        assert answer.status_code == 303, flows.say_refusal(answer)

    def send(self):
        """What was signed already is told as done, whatever became of the first answer."""
        try:
            answer = self.client.post(self.path, self.values)
        except requests.ConnectionError:
            return False
        if answer.status_code == 303:
            assert urlsplit(answer.headers["Location"]).query == "fait=fait"
        else:
            assert "déjà signé" in answer.text, flows.say_refusal(answer)
        return True

    def find_places(self, manager):
        domain = [("request_id.number", "=", self.number), ("state", "=", "signed")]
        return manager.call("procedure.signature", "search_read", domain, ["name", "way"])


def read_places(manager, model, domain):
    return manager.call(model, "search_read", domain, ["state", "request_id"])


def open_all(mortal, clients, asked, day, mails):
    """One of each, filled in but for its last button."""
    return in_turn(
        (
            partial(SlotForm, clients["slot"], asked["slot"]),
            partial(RoomForm, clients["room"], asked["room"], day),
            partial(Signer, mortal.url, clients["signed"], asked["signed"], mails),
            partial(Visit, mortal.url, asked["slot"]),
        )
    )


@contextmanager
def killed_after(mortal, seconds):
    timer = threading.Timer(seconds, mortal.kill)
    timer.start()
    yield
    timer.cancel()
    timer.join()
    mortal.kill()


def check_done(form, places):
    """Once, and by whom asked."""
    assert len(places) == 1, f"{form.path}: {places}"
    if isinstance(form, Visit):
        assert places[0]["state"] == "held"
    elif not isinstance(form, Signer):
        assert places[0]["request_id"], "the place of a request"
        assert places[0]["state"] != "held"


def test_no_place_is_lost_nor_taken_twice_when_the_server_is_killed(
    server, mortal, manager, mails, asked
):
    moments = random.Random(2026)
    first = flows.today() + timedelta(days=30)
    mortal.start()
    clients = {key: flows.Client(mortal.url).log_in(login) for key, login in FILERS.items()}
    forms = open_all(mortal, clients, asked, first, mails)
    start = time.monotonic()
    assert all(at_once(*(form.send for form in forms)))
    duration = time.monotonic() - start
    done = [*forms]

    for kill in range(KILLS):
        forms = open_all(mortal, clients, asked, first + timedelta(days=kill + 1), mails)
        # From the first moment to the last, when some are acknowledged and others are not.
        with killed_after(mortal, duration * (kill + moments.random()) / KILLS):
            acknowledged = at_once(*(form.send for form in forms))
        kept = [form.find_places(manager) for form in forms]
        for form, was_acknowledged, places in zip(forms, acknowledged, kept, strict=True):
            if was_acknowledged:
                check_done(form, places)
            assert len(places) <= 1, f"{form.path}: {places}"
        mortal.start()
        # The page is still open: each presses the button once more.
        assert all(at_once(*(form.send for form in forms)))
        for form, places in zip(forms, kept, strict=True):
            now = form.find_places(manager)
            check_done(form, now)
            if places and not isinstance(form, Visit):
                assert now[0]["id"] == places[0]["id"], "what was kept is what is found again"
        done += forms
    check_all(manager, asked, done, mails)


def check_all(manager, asked, done, mails):
    """No place besides those that are told, and one mail for each."""
    counts = Counter(type(form) for form in done)
    assert set(counts.values()) == {KILLS + 1}
    for key, procedure in asked.items():
        filed = [("procedure_id", "=", procedure["id"])]
        assert manager.call("procedure.request", "search_count", filed) == KILLS + 1, key
    domain = [("calendar_id", "=", asked["slot"]["calendar"])]
    places = read_places(manager, "procedure.slot.booking", domain)
    assert Counter(place["state"] for place in places) == {"taken": KILLS + 1, "held": KILLS + 1}
    places = read_places(manager, "room.booking", [("room_id", "=", asked["room"]["room"])])
    assert len(places) == KILLS + 1
    for form in done:
        if key := {SlotForm: "slot", RoomForm: "room"}.get(type(form)):
            number, address = form.read_number(), f"{FILERS[key]}@exemple.org"
            until(lambda n=number, a=address: count_mails(mails, a, n), seconds=60)
            assert count_mails(mails, address, number) == 1, number


def count_mails(mails, address, number):
    return sum(number in mail["subject"] for mail in mails.to(address))
