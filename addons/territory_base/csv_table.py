"""A CSV file as people save it from a spreadsheet. No ORM."""

import csv
import io
from datetime import datetime

from .tools import decode_file, normalize

SIZE_MAX = 2_000_000  # bytes


class UnreadableTable(Exception):
    """The file as a whole: a code, and its parameters."""

    def __init__(self, code, **params):
        self.code, self.params = code, params
        super().__init__(code)


def read_file(value):
    """The bytes of the file that somebody chose, as a field holds them.

    :raise UnreadableTable: none was chosen
    """
    if not value:
        raise UnreadableTable("no_file")
    return decode_file(value)


def read_rows(content, rows_max):
    """(number of the line in the file, cells) of the rows that hold something, that of the heads
    first.

    :param bytes content: in UTF-8, or in the code page of a French spreadsheet; columns are
        separated by semicolons, commas or tabs
    :param int rows_max: below the heads
    :raise UnreadableTable: nothing can be read of this file
    """
    if len(content) > SIZE_MAX:
        raise UnreadableTable("too_big", max=SIZE_MAX // 1_000_000)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # It reads any byte but five.
        text = content.decode("cp1252", errors="replace")
    if "\0" in text or "\ufffd" in text:
        raise UnreadableTable("not_text")
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows = [(reader.line_num, cells) for cells in reader if any(map(str.strip, cells))]
    except csv.Error as error:
        raise UnreadableTable("not_csv") from error
    if not rows:
        raise UnreadableTable("empty")
    if len(rows) > rows_max + 1:
        raise UnreadableTable("too_many_rows", max=rows_max)
    return rows


def get_unreadable_sentence(env, error):
    """What is said of it to the person who chose the file."""
    if error.code == "no_file":
        return env._("Choose the file to read.")
    if error.code == "no_columns":
        return env._("These columns lack in the file: %(names)s.", **error.params)
    if error.code == "too_big":
        return env._("This file is too big: %(max)s MB at most.", **error.params)
    if error.code == "too_many_rows":
        return env._("This file has too many rows: %(max)s at most.", **error.params)
    if error.code == "empty":
        return env._("This file is empty.")
    return env._("This file is not a CSV file. Save the sheet as CSV (UTF-8).")


def find_columns(heads, columns, needed=()):
    """Dict name -> rank of its column.

    :param columns: dict name -> the words that people write above it, without accent nor capital
    :param needed: the names without which the file says nothing
    :raise UnreadableTable: one of them lacks
    """
    names = {word: name for name, words in columns.items() for word in words}
    found = {}
    for index, head in enumerate(heads):
        name = names.get(normalize(head))
        if name:
            found.setdefault(name, index)
    if lacking := [name for name in needed if name not in found]:
        written = ", ".join(columns[name][0] for name in lacking)
        raise UnreadableTable("no_columns", names=written)
    return found


def read_cells(cells, columns):
    """Dict name -> text of one row."""
    return {
        name: cells[index].strip() if index < len(cells) else "" for name, index in columns.items()
    }


def read_day(text):
    """A day as people write it, or as machines do; None when it is none."""
    for pattern in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None
