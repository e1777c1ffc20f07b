"""Run by bin/bench in an Odoo shell: draws letters of the demo, the first one and many."""

import json
import os
import resource
import time
from pathlib import Path

count = int(os.environ["BENCH_LETTERS"])
letters = env["procedure.letter"].search([])  # noqa: F821
report = env["ir.actions.report"].with_context(lang="fr_FR")  # noqa: F821


def draw(letter):
    start = time.perf_counter()
    content, _kind = report._render_qweb_pdf("procedure_letter.letter_report", letter.ids)
    return time.perf_counter() - start, len(content)


first, size = draw(letters[0])
seconds = sum(draw(letters[number % len(letters)])[0] for number in range(count))
figures = {
    "count": count,
    "first": first,
    "seconds": seconds,
    "size": size,
    "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}
Path(os.environ["BENCH_OUT"]).write_text(json.dumps(figures))
