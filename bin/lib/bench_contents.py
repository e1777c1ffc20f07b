"""Run by bin/bench in an Odoo shell: sheets and local pages, as many as are asked for."""

import json
import os
from pathlib import Path

SHEETS, PAGES = int(os.environ["BENCH_SHEETS"]), int(os.environ["BENCH_PAGES"])
CHUNK = 500
TEXT = "<p>Ce lieu accueille les habitants toute l’année, avec ou sans rendez-vous.</p>" * 5


def make(name, wanted, prepare):
    """Contents that are online, copied in their principle from those of the demo."""
    Content = env[name].sudo()._as_publication()  # noqa: F821
    count = Content.search_count([])
    models = Content.search([("is_online", "=", True)], limit=40)
    communes = env["territory.commune"].search([])  # noqa: F821
    while count < wanted:
        numbers = range(count, min(count + CHUNK, wanted))
        Content.create(
            [
                {
                    "is_online": True,
                    "version": 1,
                    "body": TEXT,
                    **prepare(
                        number, models[number % len(models)], communes[number % len(communes)]
                    ),
                }
                for number in numbers
            ]
        )
        env.cr.commit()  # noqa: F821
        env.invalidate_all()  # noqa: F821
        count = numbers.stop


def prepare_sheet(number, model, commune):
    return {
        "name": f"{model.name} {number}",
        "category_id": model.category_id.id,
        "activity": model.activity,
        "summary": model.summary,
        "phone": model.phone,
        "facet_ids": [(6, 0, model.facet_ids.ids)],
        "commune_ids": [(6, 0, commune.ids)],
        "opening_ids": [
            (0, 0, {"weekday": str(day), "hour_from": 9, "hour_to": 12}) for day in range(5)
        ],
    }


def prepare_page(number, model, commune):
    return {"name": f"{model.name} {number}", "commune_id": commune.id}


make("directory.entry", SHEETS, prepare_sheet)
make("commune.page", PAGES, prepare_page)
env.cr.execute("ANALYZE")  # noqa: F821
env.cr.commit()  # noqa: F821

commune = env["territory.commune"].search([("page_state", "=", "open")], limit=1)  # noqa: F821
sheet = env["directory.entry"].search([("is_online", "=", True)], limit=1)  # noqa: F821
category = sheet.category_id.parent_id or sheet.category_id
Path(os.environ["BENCH_OUT"]).write_text(
    json.dumps(
        {
            "count": {"sheets": SHEETS, "pages": PAGES},
            "list of the communes": "/communes",
            "page of a commune": commune._get_content_url(),
            "local page": commune._get_online_pages()[:1]._get_content_url(),
            "directory": "/annuaire",
            "directory, one category": f"/annuaire?c={category.code}",
            "directory, words": "/annuaire?q=boulangerie",
            "sheet": sheet._get_content_url(),
        }
    )
)
