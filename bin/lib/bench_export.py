"""Run by bin/bench in Odoo shells: first makes the requests, then, in another process whose memory
is measured, exports them and has xlsxwriter write the same cells."""

import json
import os
import resource
import time
from pathlib import Path
from tempfile import TemporaryFile

import openpyxl
import xlsxwriter

from odoo.tools import SQL

from odoo.addons.public_guard.tools.xlsx import OPTIONS

count = int(os.environ["BENCH_EXPORTED"])
user = env.ref("base.user_admin")  # noqa: F821
procedure = env.ref("waste_collection.procedure_bin")  # noqa: F821


def make_requests():
    """Copies of a request of the demo, with its answers."""
    model = env["procedure.request"].search(  # noqa: F821
        [("procedure_id", "=", procedure.id), ("answers", "!=", False)], limit=1
    )
    names = [
        name
        for name, field in model._fields.items()
        if field.store and field.column_type and name not in ("id", "number")
    ]
    # One live request per dwelling: copies hold no such key.
    free = {
        "container_live_key": SQL("NULL"),
        "state": SQL("(ARRAY['submitted', 'in_review', 'accepted', 'closed'])[1 + n %% 4]"),
    }
    columns = SQL(", ").join(map(SQL.identifier, names))
    values = SQL(", ").join(free.get(name, SQL.identifier(name)) for name in names)
    env.cr.execute(  # noqa: F821
        SQL(
            "INSERT INTO procedure_request (number, %s) "
            "SELECT 'BANC-' || n, %s FROM procedure_request, generate_series(1, %s) n "
            "WHERE id = %s",
            columns,
            values,
            count,
            model.id,
        )
    )
    env.cr.commit()  # noqa: F821


def measure():
    wizard = (
        env["procedure.export.wizard"]  # noqa: F821
        .with_user(user)
        .create({"domain": "[('number', 'like', 'BANC-')]"})
    )
    env.cr.commit()  # noqa: F821
    with TemporaryFile() as output:
        start = time.perf_counter()
        wizard._write_workbook(output)
        ours = time.perf_counter() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = output.tell()
        sheets = [
            [list(row) for row in sheet.values]
            for sheet in openpyxl.load_workbook(output, read_only=True)
        ]
    with TemporaryFile() as output:
        start = time.perf_counter()
        workbook = xlsxwriter.Workbook(output, OPTIONS)
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for rows in sheets:
            sheet = workbook.add_worksheet()
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if hasattr(value, "year"):
                        sheet.write_datetime(number, column, value, day)
                    elif value is not None:
                        sheet.write(number, column, value)
        workbook.close()
        bare = time.perf_counter() - start
    cells = sum(value is not None for rows in sheets for row in rows for value in row)
    return {
        "count": count,
        "cells": cells,
        "seconds": ours,
        "xlsxwriter": bare,
        "memory": memory,
        "size": size,
    }


if os.environ["BENCH_STEP"] == "make":
    make_requests()
else:
    Path(os.environ["BENCH_OUT"]).write_text(json.dumps(measure()))
