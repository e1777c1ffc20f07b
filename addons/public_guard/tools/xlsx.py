import datetime
import io
import math
import re
from decimal import Decimal

import xlsxwriter

from odoo.http import content_disposition

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Limits of the format.
MAX_TEXT = 32767
MAX_DIGITS = 10**15
FIRST_YEAR = 1900
OPTIONS = {
    # Rows leave memory as they come.
    "constant_memory": True,
    # A text is always a text: nothing that a person typed in a form becomes a formula or a link
    # in the reader's spreadsheet.
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


class WorkbookWriter:
    """A workbook without live formula, written row by row; its sheets may be filled in turns.

    :param output: a binary file, or a path
    """

    def __init__(self, output):
        self._workbook = xlsxwriter.Workbook(output, OPTIONS)
        self._bold = self._workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.day = self._workbook.add_format({"num_format": "dd/mm/yyyy"})
        self.moment = self._workbook.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        self.hour = self._workbook.add_format({"num_format": "hh:mm"})
        self._decimals = {}
        self._names = set()
        self._sheets = []

    def add_sheet(self, name, headers):
        worksheet = self._workbook.add_worksheet(_sheet_name(name, self._names))
        worksheet.freeze_panes(1, 0)
        worksheet.set_column(0, max(len(headers) - 1, 0), 20)
        for column, header in enumerate(headers):
            worksheet.write_string(0, column, header[:MAX_TEXT], self._bold)
        sheet = SheetWriter(worksheet, len(headers), self)
        self._sheets.append(sheet)
        return sheet

    def get_decimals(self, places):
        """A number that shows so many digits after the comma."""
        if places not in self._decimals:
            shown = "#,##0." + "0" * places
            self._decimals[places] = self._workbook.add_format({"num_format": shown.rstrip(".")})
        return self._decimals[places]

    def close(self):
        for sheet in self._sheets:
            sheet.close()
        self._workbook.close()


class SheetWriter:
    def __init__(self, worksheet, width, workbook):
        self._worksheet = worksheet
        self._width = width
        self._workbook = workbook
        self.row_count = 0

    def append(self, row):
        self.row_count += 1
        for column, value in enumerate(row):
            if value is not None and value != "":
                self._write(column, value)

    def close(self):
        self._worksheet.autofilter(0, 0, self.row_count, max(self._width - 1, 0))

    def _write(self, column, value):
        sheet, row = self._worksheet, self.row_count
        if type(value) is str:
            sheet.write_string(row, column, value[:MAX_TEXT])
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, Decimal) and _is_number(float(value)):
            places = max(-value.as_tuple().exponent, 0)
            sheet.write_number(row, column, float(value), self._workbook.get_decimals(places))
        elif _is_number(value):
            sheet.write_number(row, column, value)
        elif isinstance(value, datetime.time):
            sheet.write_datetime(row, column, value, self._workbook.hour)
        elif isinstance(value, datetime.date) and value.year >= FIRST_YEAR:
            is_moment = isinstance(value, datetime.datetime)
            date_format = self._workbook.moment if is_moment else self._workbook.day
            sheet.write_datetime(row, column, value, date_format)
        else:
            if isinstance(value, (list, tuple)):
                value = ", ".join(map(str, value))
            sheet.write_string(row, column, str(value)[:MAX_TEXT])


def get_headers(name):
    """Return the headers of a workbook that is downloaded under this name: it may hold what people
    wrote of themselves, hence no cache keeps it."""
    return [
        ("Content-Type", MIMETYPE),
        ("Content-Disposition", content_disposition(name)),
        ("Cache-Control", "no-store"),
    ]


def write_workbook(sheets):
    """Return the bytes of a workbook, from an iterable of (name, headers, rows).

    Rows may be a generator: one row at a time is in memory.
    """
    output = io.BytesIO()
    workbook = WorkbookWriter(output)
    for name, headers, rows in sheets:
        sheet = workbook.add_sheet(name, headers)
        for row in rows:
            sheet.append(row)
    workbook.close()
    return output.getvalue()


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
