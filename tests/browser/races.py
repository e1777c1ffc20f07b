"""Many people at the same moment, on a procedure of their own and two servers of one database."""

import secrets
import string
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from threading import Barrier

import flows
from harness import until
from lxml import html

PAUSED, TRIES = 503, 200
ROOM_QUESTIONS = (
    {"key": "room", "type": "room", "label": "Salle", "required": True},
    {"key": "room_day", "type": "date", "label": "Jour", "required": True},
    {
        "key": "room_period",
        "type": "selection",
        "label": "Durée",
        "required": True,
        "option_ids": [
            (0, 0, {"value": "day", "label": "La journée"}),
            (0, 0, {"value": "evening", "label": "La soirée"}),
        ],
    },
)


def at_once(*calls):
    """The answers of calls that begin together, in their order."""
    barrier = Barrier(len(calls))

    def run(call):
        barrier.wait(flows.TIMEOUT)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def in_turn(calls, size=4):
    """The answers of calls that need not begin together, in their order."""
    with ThreadPoolExecutor(size) as pool:
        return list(pool.map(lambda call: call(), calls))


def new_address():
    """Of a village hall that has sent nothing yet, whatever was played before."""
    return ".".join(["127", *(str(1 + secrets.randbelow(254)) for _each in range(3))])


class Sender:
    """A visitor who fills a form in to its end: it is sent by the code that she receives.

    :param answers: what she says, of herself too
    """

    was_paused = False

    def __init__(self, client, path, answers):
        self.client, self.path = client, path
        self.email = answers["contact_email"]
        form = client.read(path).xpath("//form[@data-public-form]")[0]
        self.values = {**dict(form.form_values()), **answers}

    def check(self):
        """To what is read again before it leaves."""
        self.values = self.client.check(self.path, self.values)
        self.read = time.monotonic()

    def ask_code(self):
        until(lambda: time.monotonic() - self.read > flows.READING_MS / 1000)
        answer = self.client.post(self.path, self.values)
        assert answer.headers.get("Location", "").endswith("/code"), answer.status_code

    def read_code(self, mails):
        code = flows.read_code(mails.wait(self.email, ""))
        hidden = {name: self.values[name] for name in ("csrf_token", "_claim")}
        self.values = {**hidden, "code": code, "_action": "send"}

    def confirm(self):
        """The last button: it is filed, or she is told why not. Many connections are more than a
        small database has: told that the site pauses, she presses again."""
        (answer,) = until(self._press, seconds=flows.TIMEOUT, message="the site stays paused")
        return answer

    def _press(self):
        answer = self.client.post(f"{self.path}/code", self.values)
        if answer.status_code != PAUSED:
            return [answer]
        # Her code may have served meanwhile: she is then told to ask for another one.
        self.was_paused = True
        return None


def make_visitor():
    """Somebody new of the commune."""
    return {
        "contact_firstname": "Zoé",
        "contact_lastname": secrets.choice(["Petit", "Durand", "Leroy"]),
        "contact_email": f"{secrets.token_hex(4)}@exemple.test",
        "contact_address.street": "3 rue du Lavoir",
        "contact_address.zip": "55250",
        "contact_address.commune": flows.COMMUNE,
    }


def send_at_once(senders, mails):
    """All press the last button together: one files.

    :return: the pages of the others, but of those whom a pause made ask for another code
    """
    in_turn(partial(sender.read_code, mails) for sender in senders)
    answers = at_once(*(sender.confirm for sender in senders))
    assert sorted(answer.status_code for answer in answers) == [303] + [422] * (len(senders) - 1)
    (sent,) = (answer for answer in answers if answer.status_code == 303)
    assert "/accuse/" in sent.headers["Location"]
    others = [
        html.fromstring(answer.content)
        for sender, answer in zip(senders, answers, strict=True)
        if answer is not sent and not sender.was_paused
    ]
    assert others
    return others


def insist(client, path, values):
    """Many connections at once are more than a small database has: told that the site pauses, she
    presses again."""
    answers = (client.post(path, values) for _try in range(TRIES))
    return next(answer for answer in answers if answer.status_code != PAUSED)


@contextmanager
def publish(manager, *questions, **vals):
    """A procedure of these questions, published meanwhile: {"id", "path"}."""
    (model,) = manager.call(
        "procedure.procedure",
        "search_read",
        [("state", "=", "published"), ("kind", "=", "waste_container")],
        ["service_id", "processing_id"],
    )[:1]
    code = "C" + "".join(secrets.choice(string.ascii_uppercase) for _each in range(7))
    (procedure_id,) = manager.call(
        "procedure.procedure",
        "create",
        [
            {
                "name": f"Course {code}",
                "code": code,
                "slug": f"course-{code.lower()}",
                "service_id": model["service_id"][0],
                "processing_id": model["processing_id"][0],
                **vals,
            }
        ],
    )
    fields = [(0, 0, question) for question in questions]
    manager.call(
        "procedure.version", "create", [{"procedure_id": procedure_id, "field_ids": fields}]
    )
    # These return nothing, so their answer holds no result.
    answer = manager.rpc("procedure.procedure", "action_publish", [procedure_id])
    assert "error" not in answer, answer["error"]["data"]["message"]
    yield {"id": procedure_id, "path": f"/demarches/course-{code.lower()}/formulaire"}
    assert "error" not in manager.rpc("procedure.procedure", "action_suspend", [procedure_id])


@contextmanager
def open_hours(manager, hours=1):
    """A calendar of so many hours a day, each for one person, and the procedure that offers it."""
    (model,) = manager.call(
        "procedure.procedure",
        "search_read",
        [("state", "=", "published"), ("kind", "=", "waste_container")],
        ["service_id"],
    )[:1]
    opening = {"hour_from": 9, "hour_to": 9 + hours}
    days = [(0, 0, {"weekday": str(day), **opening}) for day in range(7)]
    (calendar_id,) = manager.call(
        "procedure.slot.calendar",
        "create",
        [
            {
                "name": f"Course {secrets.token_hex(4)}",
                "service_id": model["service_id"][0],
                "duration": 60,
                "opening_ids": days,
            }
        ],
    )
    slot = {"key": "slot", "type": "slot", "label": "Heure", "required": True}
    with publish(manager, {**slot, "slot_calendar_id": calendar_id}) as made:
        yield {**made, "calendar": calendar_id}


def when(value):
    """The moment that an input of hours names (procedure_slot, `SlotType.to_start`)."""
    return (datetime(1970, 1, 1) + timedelta(minutes=int(value))).isoformat(" ")


@contextmanager
def let_room(manager, questions):
    """A room of its own, and the procedure that lets it."""
    with publish(manager, *questions, kind="room_booking") as procedure:
        (made,) = manager.call(
            "procedure.procedure", "search_read", [("id", "=", procedure["id"])], ["service_id"]
        )
        commune = manager.call("territory.commune", "search", [("name", "=", flows.COMMUNE)])
        (room_id,) = manager.call(
            "room.room",
            "create",
            [
                {
                    "name": f"Course {secrets.token_hex(4)}",
                    "service_id": made["service_id"][0],
                    "commune_id": commune[0],
                    "procedure_id": procedure["id"],
                    "open_to": "all",
                    # The same person asks for it again and again.
                    "options_max": 0,
                }
            ],
        )
        yield {**procedure, "room": room_id}
