"""Run by bin/bench in an Odoo shell: the collection of a territory of 47 communes and 3,252
dwellings, each street with its rounds. Nothing is kept: the transaction is undone.

A page is measured by what it says, without the frame that it shares with the others.
"""

import json
import os
import time
from pathlib import Path
from statistics import median

from odoo import Command

from odoo.addons.website_waste_calendar.pages.calendar_page import CalendarPage

COMMUNES, DWELLINGS, STREETS, ROUNDS = 47, 3_252, 12, 20
NAMES = ("du Moulin", "de l’Église", "Haute", "Basse", "du Lavoir", "de Bar", "du Four", "Neuve")
KINDS = ("household", "recyclable")

communes = env["territory.commune"].sudo().search([], limit=COMMUNES)  # noqa: F821
service = env.ref("waste_collection.procedure_bin").sudo().service_id  # noqa: F821


def name_street(rank):
    kind = "Rue" if rank < len(NAMES) else "Chemin"
    return f"{kind} {NAMES[rank % len(NAMES)]}"


def make_dwellings():
    """So many in all, with those that are there already; shared out evenly."""
    Dwelling = env["territory.dwelling"].sudo()  # noqa: F821
    missing = DWELLINGS - Dwelling.search_count([])
    Dwelling.create(
        [
            {
                # No street of a real commune has that many numbers: none is there already.
                "street": f"{5_000 + rank} {name_street(rank // len(communes) % STREETS)}",
                "commune_id": communes[rank % len(communes)].id,
            }
            for rank in range(missing)
        ]
    )


def make_rounds():
    """Every street of every commune has a round of each kind, a part of it by side."""
    env["waste.round"].sudo().create(  # noqa: F821
        [
            {
                "name": f"Tournée {kind} {rank}",
                "service_id": service.id,
                "waste_kind": kind,
                "weekday": str(rank % 5),
                "frequency": "weekly" if kind == "household" else "odd",
                "street_ids": [
                    Command.create(
                        {
                            "commune_id": commune.id,
                            "street": name_street(street),
                            "side": ("odd", "even")[rank % 2] if not street else "all",
                        }
                    )
                    for place, commune in enumerate(communes)
                    for street in range(STREETS)
                    if (place + street) % ROUNDS == rank
                ],
            }
            for kind in KINDS
            for rank in range(ROUNDS)
        ]
    )


make_dwellings()
make_rounds()
env.flush_all()  # noqa: F821
env.cr.execute("ANALYZE territory_dwelling, waste_round_street, waste_round")  # noqa: F821

public = env(user=env.ref("base.public_user").id, context={"lang": "fr_FR"})  # noqa: F821
agent = env(  # noqa: F821
    user=env.ref("base.user_admin").id,  # noqa: F821
    context={"lang": "fr_FR", "tz": "Europe/Paris"},
)
Rows = agent["waste.round.street"]
commune = communes[len(communes) // 2].with_env(public)
slug = next(iter(CalendarPage(public, commune).streets))


def read_page():
    return CalendarPage(public, commune).find_calendar(slug).get_values(0)


def read_ics():
    return CalendarPage(public, commune).find_calendar(slug).make_ics("banc.test")


def search_street():
    return CalendarPage(public, commune).find_streets("12 rue du moulin")


def read_list(model, names):
    specification = {name: {} for name in names}
    return agent[model].web_search_read([], specification, limit=80)


def export(model, names):
    return agent[model].search([]).export_data(names)["datas"]


DWELLING_NAMES = ["street", "street2", "zip", "kind", "person_count"]
ROW_NAMES = ["street", "side", "number_from", "number_to"]
PATHS = {"commune_id": "commune_id/name", "round_id": "round_id/name"}
MEASURES = {
    "the calendar of an address": read_page,
    "its .ics": read_ics,
    "a street looked for in a commune": search_street,
    "list of the dwellings, 80 rows": lambda: read_list("territory.dwelling", DWELLING_NAMES),
    "list of the rounds": lambda: read_list("waste.round", ["name", "weekday", "street_count"]),
    "list of the streets of rounds, 80 rows": lambda: read_list("waste.round.street", ROW_NAMES),
    "export of all dwellings": lambda: export(
        "territory.dwelling", [PATHS["commune_id"], *DWELLING_NAMES]
    ),
    "export of all streets of rounds": lambda: export(
        "waste.round.street", [*PATHS.values(), *ROW_NAMES]
    ),
}


def measure(call, rounds=7):
    call()
    took, before = [], env.cr.sql_log_count  # noqa: F821
    for _round in range(rounds):
        env.invalidate_all()  # noqa: F821
        begun = time.perf_counter()
        call()
        took.append((time.perf_counter() - begun) * 1000)
    return median(took), min(took), (env.cr.sql_log_count - before) / rounds  # noqa: F821


rows = []
for name, call in MEASURES.items():
    rows.append([name, *measure(call)])
    print("{}: {:.0f} ms ({:.0f} at best), {:.0f} queries".format(*rows[-1]))
measured = {
    "communes": len(communes),
    "dwellings": agent["territory.dwelling"].search_count([]),
    "streets": Rows.search_count([]),
    "rows": rows,
}
print("{communes} communes, {dwellings} dwellings, {streets} streets of rounds".format(**measured))
if os.environ.get("BENCH_OUT"):
    Path(os.environ["BENCH_OUT"]).write_text(json.dumps(measured))
env.cr.rollback()  # noqa: F821
