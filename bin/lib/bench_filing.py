"""Run by bin/bench in an Odoo shell: files requests with a photo, then the same bytes bare."""

import io
import json
import os
import time
from pathlib import Path

from PIL import Image

from odoo.addons.procedure.filing import Filing

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


photos = [photo() for _number in range(count)]
file_request(photo())
write_bare(photo())
env.cr.commit()  # noqa: F821
result = {
    "count": count,
    "bytes": sum(map(len, photos)) / count,
    "filed": measure(file_request, photos),
    "bare": measure(write_bare, [photo() for _number in range(count)]),
}
Path(os.environ["BENCH_OUT"]).write_text(json.dumps(result))
