"""Run by bin/bench in an Odoo shell: files requests with a photo, then the same bytes bare; then
appointments, and loans with a price, a shared list and a second signature."""

import io
import json
import os
import time
from pathlib import Path

from PIL import Image

from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure_slot.field_types import SLOT_TYPE

count = int(os.environ["BENCH_FILINGS"])
procedure = env.ref("waste_collection.procedure_missed")  # noqa: F821
user = env.ref("territory_demo.user_dominique_demo")  # noqa: F821
guard = env["public.guard"]  # noqa: F821
Request = env["procedure.request"].with_user(user)  # noqa: F821


def photo():
    """About 1 MB of noise: a photo that compresses no further."""
    stream = io.BytesIO()
    noise = Image.frombytes("RGB", (1160, 1160), os.urandom(1160 * 1160 * 3))
    noise.save(stream, "JPEG", quality=85)
    return stream.getvalue()


def measure(write, photos):
    durations = []
    for content in photos:
        start = time.perf_counter()
        write(content)
        env.cr.commit()  # noqa: F821
        durations.append(time.perf_counter() - start)
    ordered = sorted(durations)
    return {
        "per_second": len(durations) / sum(durations),
        "p95": ordered[round(0.95 * (len(ordered) - 1))],
    }


def file_request(content):
    Request._submit(
        Filing(
            procedure=procedure.with_user(user),
            answers={
                "address": {"street": "12 grande rue", "zip": "55250", "commune": "55040"},
                "date_missed": "2026-01-05",
                "waste_stream": "household",
                "container_out": "1",
            },
            files={"photo": [guard._check_upload("photo.jpg", content)]},
            applicant=user.partner_id,
        )
    )


def write_bare(content):
    env["ir.attachment"].create({"name": "photo.jpg", "raw": content})  # noqa: F821


def file_appointment(slot):
    file_plain(
        "territory_demo.procedure_rdv_demo",
        {"reason": "identity", "people": "1", "slot": str(SLOT_TYPE.to_id(slot.start))},
    )


def file_loan(rank):
    file_plain(
        "territory_demo.procedure_materiel_demo",
        {
            "marquee": "small",
            "tables": "6",
            "date_out": "2030-06-01",
            "place": "depot",
            "guarantor": f"garante{rank}@exemple-cc.fr",
        },
    )


def file_plain(xml_id, answers):
    asked = env.ref(xml_id)  # noqa: F821
    Request._submit(
        Filing(procedure=asked.with_user(user), answers=answers, applicant=user.partner_id)
    )


calendar = env.ref("territory_demo.slot_calendar_demo")  # noqa: F821
calendar.write({"capacity": count, "max_per_household": 0})
slots = calendar._get_offer()

photos = [photo() for _number in range(count)]
file_request(photo())
write_bare(photo())
env.cr.commit()  # noqa: F821
result = {
    "count": count,
    "bytes": sum(map(len, photos)) / count,
    "filed": measure(file_request, photos),
    "appointment": measure(file_appointment, [slots[rank % len(slots)] for rank in range(count)]),
    "loan": measure(file_loan, range(count)),
    "bare": measure(write_bare, [photo() for _number in range(count)]),
}
Path(os.environ["BENCH_OUT"]).write_text(json.dumps(result))
