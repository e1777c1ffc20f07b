"""Run by bin/bench in an Odoo shell: the search of the site at 30,000 documents.

Nothing is kept: the transaction is undone. The texts are those of real sheets and pages, mixed, so
that common words are common: « boulangerie » is in a thousand documents, a village in six hundred.
"""

import json
import os
import random
import time
from pathlib import Path
from statistics import median

from odoo.addons.territory_search.models.territory_search_index import Asked

WANTED, BATCH, ROUNDS = 30_000, 1_000, 7
QUERIES = (
    "poubelle",
    "boulangrie vaubecourt",
    "jveu inscrir mon fils a la cantine",
    "où faire garder mon bébé le mercredi près de Pierrefitte",
    "mairie",
    "association sport enfants et adultes village de Beausite",
    "zzzzyyyy xxqqww",
    "salledesfetes",
    "infirmeire à domicil electricen plombié dantiste farmacie boulangé coifeur",
)
Document = env["territory.search.document"].sudo()  # noqa: F821
Index = env["territory.search.index"]  # noqa: F821
random.seed(1)
env.flush_all()  # noqa: F821
known = [
    document
    for name in Document._get_sources()
    for document in env[name].sudo().search([]).mapped("search_document")  # noqa: F821
    # Villages do not multiply: what does is what they and others publish.
    if document and document["kind"] != "commune"
]
commune_ids = env["territory.commune"].search([]).ids  # noqa: F821
audience_ids = env["territory.audience"].search([]).ids  # noqa: F821
topic_ids = env["territory.topic"].search([]).ids  # noqa: F821
kinds = ("sheet", "sheet", "page", "event", "document")


def make(number):
    parts = random.sample(known, 3)
    name = f"{parts[0]['name'].split(' ')[0]} {random.choice(parts[1]['name'].split(' '))} {number}"
    return {
        **parts[0],
        "name": name,
        "kind": random.choice(kinds),
        "keywords": parts[1]["keywords"],
        "text": f"{parts[0]['text']} {parts[2]['text']}"[:2000],
        "commune_ids": [random.choice(commune_ids)],
        "audience_ids": random.sample(audience_ids, min(1, len(audience_ids))),
        "topic_id": random.choice(topic_ids) if topic_ids else 0,
    }


count = Document.search_count([])
for start in range(count, WANTED, BATCH):
    numbers = range(start, min(start + BATCH, WANTED))
    Document._keep("bench", {number + 1: make(number) for number in numbers})
env["territory.search.word"]._count_documents()  # noqa: F821
env.cr.execute("ANALYZE territory_search_document, territory_search_word")  # noqa: F821


def measure(call):
    call()
    env.invalidate_all()  # noqa: F821
    before, took = env.cr.sql_log_count, []  # noqa: F821
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        call()
        took.append((time.perf_counter() - begun) * 1000)
    # Beside the median, the fastest: what it costs when the machine does nothing else.
    return median(took), min(took), (env.cr.sql_log_count - before) / ROUNDS  # noqa: F821


rows = []
for words in QUERIES:
    total = Index._list(Asked(words)).total
    search = measure(lambda words=words: Index._list(Asked(words)))
    typing = measure(lambda words=words: Index._suggest(words))
    rows.append([words, total, *search, *typing])
    print(
        f"{words}: {total} found,"
        f" {search[0]:.0f} ms ({search[1]:.0f} at best), {search[2]:.0f} queries;"
        f" as one types {typing[0]:.0f} ms ({typing[1]:.0f}), {typing[2]:.0f} queries"
    )
slowest = max(row[2] for row in rows)
print(f"search of {Document.search_count([])} documents: at most {slowest:.0f} ms")
if os.environ.get("BENCH_OUT"):
    measured = {"count": Document.search_count([]), "rows": rows}
    Path(os.environ["BENCH_OUT"]).write_text(json.dumps(measured))
env.cr.rollback()  # noqa: F821
