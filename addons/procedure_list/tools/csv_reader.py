"""The rows of a shared list, read from a CSV file. No ORM."""

from dataclasses import dataclass
from datetime import date

from odoo.addons.territory_base.csv_table import (
    find_columns,
    read_cells,
    read_day,
    read_rows,
)
from odoo.addons.territory_base.tools import normalize

ROWS_MAX = 10_000
LABEL_MAX = 255
# As people name their columns, without accent nor capital.
COLUMNS = {
    "value": ("code", "valeur", "identifiant", "value"),
    "label": ("libelle", "nom", "intitule", "label"),
    "date_from": ("valable du", "du", "debut", "propose du", "valid from"),
    "date_to": ("valable au", "au", "fin", "propose jusqu au", "valable jusqu au", "valid to"),
    "parent": ("parent", "commune", "insee", "depend de"),
    "is_free": ("a preciser", "autre", "free"),
}
YES = ("1", "x", "oui", "vrai", "true", "yes")
NO = ("", "0", "non", "faux", "false", "no")


@dataclass(frozen=True)
class Line:
    number: int  # in the file, as a spreadsheet counts
    value: str
    label: str
    date_from: date | None = None
    date_to: date | None = None
    parent: str = ""
    is_free: bool = False


def read_lines(content):
    """(lines that are right, mistakes): a mistake is (number of the line, code, parameters).

    :raise UnreadableTable: nothing can be read of this file
    """
    rows = read_rows(content, ROWS_MAX)
    columns = find_columns(rows[0][1], COLUMNS, ("label",))
    lines, mistakes, first = [], [], {}
    for number, cells in rows[1:]:
        line, found = _read_line(number, read_cells(cells, columns))
        if line and line.value in first:
            found = [("twice", {"value": line.value, "other": first[line.value]})]
        mistakes += [(number, code, params) for code, params in found]
        if line and not found:
            first[line.value] = number
            lines.append(line)
    return lines, mistakes


def _read_line(number, texts):
    """(line or None, mistakes)."""
    mistakes = []
    label = " ".join(texts["label"].split())
    if label[:1] == "'" and label[1:2] in tuple("=+-@"):
        # As our own file writes it, for a spreadsheet.
        label = label[1:]
    if not label:
        mistakes.append(("no_label", {}))
    elif len(label) > LABEL_MAX:
        mistakes.append(("long_label", {"max": LABEL_MAX}))
    days = {}
    for name in ("date_from", "date_to"):
        text = texts.get(name, "")
        days[name] = read_day(text)
        if text and not days[name]:
            mistakes.append(("not_a_date", {"text": text[:30]}))
    if all(days.values()) and days["date_to"] < days["date_from"]:
        mistakes.append(("ends_before", {}))
    free = normalize(texts.get("is_free", ""))
    if free not in (*YES, *NO):
        mistakes.append(("not_yes_no", {"text": texts["is_free"][:30]}))
    parent = texts.get("parent", "")
    value = texts.get("value") or make_value(label, parent)
    if not mistakes and (len(value) > 60 or not _is_value(value)):
        mistakes.append(("bad_value", {"text": value[:30]}))
    if mistakes:
        return None, mistakes
    return Line(number, value, label, **days, parent=parent, is_free=free in YES), []


def make_value(label, parent=""):
    """The code of a row that came without one: the same words give the same code."""
    words = "-".join(normalize(f"{parent} {label}").encode("ascii", "ignore").decode().split())
    return words[:60].strip("-")


def _is_value(text):
    return (
        text.replace("-", "a").replace("_", "a").isalnum()
        and text.isascii()
        and text[0] not in "-_"
    )
