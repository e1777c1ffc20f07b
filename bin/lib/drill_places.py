"""What is kept for people, in a copy that was restored: places of slots, rooms, signatures.

`write(env, path)` runs in an Odoo shell, since the models know how many places a slot has, what
takes a room and what was signed; `find_faults` judges what it wrote, without Odoo.
"""

import json
from collections import Counter
from itertools import combinations
from pathlib import Path

KINDS = ("slots", "rooms", "signatures")
# Gone by themselves after a quarter of an hour.
PASSING = "held"


def write(env, path):
    Path(path).write_text(json.dumps(read(env)))


def read(env):
    """:return: {kind: rows as dicts}, with all that is held or taken"""
    return {"slots": read_slots(env), "rooms": read_rooms(env), "signatures": read_signatures(env)}


def read_slots(env):
    from odoo.addons.procedure.delays import local_day
    from odoo.addons.procedure_slot.offer import find_capacity

    places = env["procedure.slot.booking"].search([("state", "in", ("held", "taken"))])
    rules = {calendar: calendar._get_rules() for calendar in places.calendar_id}
    return [
        {
            "id": place.id,
            "of": place.calendar_id.id,
            "start": str(place.start),
            "stop": str(place.stop),
            "place": place.place,
            "state": place.state,
            "request": place.request_id.id,
            "capacity": find_capacity(rules[place.calendar_id], local_day(place.start)),
        }
        for place in places
    ]


def read_rooms(env):
    from odoo.addons.room_booking.models.room_booking import TAKING

    return [
        {
            "id": booking.id,
            "of": booking.room_id.id,
            "start": str(booking.busy_from),
            "stop": str(booking.busy_until),
            "state": booking.state,
            "request": booking.request_id.id,
        }
        for booking in env["room.booking"].search([("state", "in", TAKING)])
    ]


def read_signatures(env):
    """Those that wait or are given; of the others nothing is promised."""
    signatures = env["procedure.signature"].search([("state", "in", ("asked", "signed"))])
    return [
        {
            "id": signature.id,
            "state": signature.state,
            "request": signature.request_id.id,
            "digest": signature.digest,
            "is_current": bool(signature.digest) and signature._is_current(),
        }
        for signature in signatures
    ]


def find_faults(copy, original):
    """[(how many, words)] of what is wrong in the copy, read after the original."""
    slots, rooms, signatures = (copy[kind] for kind in KINDS)
    kept = {kind: [row for row in copy[kind] if row["state"] != PASSING] for kind in KINDS}
    was = {kind: [row for row in original[kind] if row["state"] != PASSING] for kind in KINDS}
    return [
        (count_same_place(slots), "places of a slot taken twice"),
        (count_too_many(slots), "slots with more people than places"),
        (count_overlaps(rooms), "rooms taken twice at one moment"),
        (sum(not row["is_current"] for row in signatures), "signatures of something else"),
        (sum(row not in kept[kind] for kind in KINDS for row in was[kind]), "places lost"),
        (sum(row not in was[kind] for kind in KINDS for row in kept[kind]), "places never given"),
        (sum(not kept[kind] for kind in KINDS), "kinds of which nothing was kept: nothing proved"),
    ]


def count_same_place(slots):
    places = Counter((row["of"], row["start"], row["place"]) for row in slots)
    return sum(count > 1 for count in places.values())


def count_too_many(slots):
    """Begun in an hour of another length, a place may be at the same moment as another one."""
    return sum(
        sum(is_at(other, row) for other in slots if other["of"] == row["of"]) > row["capacity"]
        for row in slots
    )


def is_at(other, row):
    """Whether the other one is there when this one begins."""
    return other["start"] <= row["start"] < other["stop"]


def count_overlaps(rooms):
    return sum(
        one["of"] == two["of"] and one["start"] < two["stop"] and two["start"] < one["stop"]
        for one, two in combinations(rooms, 2)
    )
