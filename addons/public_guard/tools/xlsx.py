import datetime
import io
import math
import re

import xlsxwriter

# Limits of the format.
MAX_TEXT = 32767
MAX_DIGITS = 10**15
FIRST_YEAR = 1900


def write_workbook(sheets):
    """Return the bytes of a workbook, from an iterable of (name, headers, rows).

    Rows may be a generator: one row at a time is in memory. A text is always a text: nothing
    that a person typed in a form becomes a formula or a link in the reader's spreadsheet.
    """
    output = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        output,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    day = workbook.add_format({"num_format": "dd/mm/yyyy"})
    moment = workbook.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    used = set()
    for name, headers, rows in sheets:
        sheet = workbook.add_worksheet(_sheet_name(name, used))
        sheet.freeze_panes(1, 0)
        last_column = max(len(headers) - 1, 0)
        sheet.set_column(0, last_column, 20)
        for column, header in enumerate(headers):
            sheet.write_string(0, column, header[:MAX_TEXT], bold)
        number = 0
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write(sheet, number, column, value, day, moment)
        sheet.autofilter(0, 0, number, last_column)
    workbook.close()
    return output.getvalue()


def _write(sheet, row, column, value, day, moment):
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif _is_number(value):
        sheet.write_number(row, column, value)
    elif isinstance(value, datetime.date) and value.year >= FIRST_YEAR:
        date_format = moment if isinstance(value, datetime.datetime) else day
        sheet.write_datetime(row, column, value, date_format)
    else:
        if isinstance(value, (list, tuple)):
            value = ", ".join(map(str, value))
        sheet.write_string(row, column, str(value)[:MAX_TEXT])


def _is_number(value):
    """Beyond 15 digits a spreadsheet rounds: such a number is kept as text."""
    return isinstance(value, (int, float)) and math.isfinite(value) and abs(value) < MAX_DIGITS


def _sheet_name(name, used):
    base = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip(" '")[:31].strip(" '") or "1"
    candidate, number = base, 1
    while candidate.lower() in used:
        number += 1
        candidate = f"{base[: 30 - len(str(number))]} {number}"
    used.add(candidate.lower())
    return candidate
