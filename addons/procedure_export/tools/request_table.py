from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from babel.dates import get_day_names

from odoo.tools.misc import babel_locale_parse

from odoo.addons.procedure import engine

BATCH = 1000
# Title of the lines of a grid, beside its days, which are numbers.
ROW = "row"
PLAIN_TYPES = ("char", "text", "integer", "email", "iban", "siret", "rna", "computed")


class Fixed(NamedTuple):
    """A column that every request has."""

    label: str
    field: str  # fetched beforehand
    get: Callable | None = None  # of the request; else the field itself


class RequestTable:
    """The requests of one procedure in a workbook: a row each, and the lines of repeated blocks
    and weekly grids in a sheet of their own.

    What a version asked is read once, as plain functions: a cell then costs no query.
    """

    def __init__(self, workbook, procedure, columns):
        """:param columns: list of (key, title), see `procedure.request._get_export_columns`"""
        self._env = procedure.env
        self._columns = columns
        fixed = self._env["procedure.request"]._get_fixed_export_columns()
        self._fixed = {key: fixed[key] for key, _label in columns if key in fixed}
        versions_sudo = procedure.sudo().version_ids.filtered(lambda each: each.state != "draft")
        chosen = {key for key, _label in columns}
        self._readers = {}
        self._line_readers = {}
        for version_sudo in versions_sudo:
            self._readers[version_sudo.id] = self._get_readers(version_sudo, chosen)
            self._line_readers[version_sudo.id] = self._get_line_readers(version_sudo, chosen)
        self._has_files = any(
            field.type == "file" and field.key in chosen for field in versions_sudo.field_ids
        )
        self._main = workbook.add_sheet(procedure.name, [label for _key, label in columns])
        self._lines = {}
        for key, label in columns:
            headers = self._get_line_headers(versions_sudo, key)
            if headers:
                sheet = workbook.add_sheet(label, [self._env._("Number"), *headers.values()])
                self._lines[key] = (sheet, list(headers))

    def add(self, request_ids):
        """By batches, so that a year of requests does not stay in memory."""
        for start in range(0, len(request_ids), BATCH):
            requests = self._env["procedure.request"].browse(request_ids[start : start + BATCH])
            requests.fetch(self._get_fetched())
            for request in requests:
                self._write_request(request)
            self._env.invalidate_all()

    def _get_fetched(self):
        return ["number", "version_id", "answers", *(each.field for each in self._fixed.values())]

    def _write_request(self, request):
        answers = request.answers or {}
        readers = self._readers.get(request.version_id.id, {})
        files = self._get_files(request) if self._has_files else {}
        row = []
        for key, _label in self._columns:
            if key in self._fixed:
                column = self._fixed[key]
                value = column.get(request) if column.get else request[column.field]
                row.append(None if value is False else value)
            elif key in answers:
                reader = readers.get(key)
                row.append(reader(answers[key]) if reader else None)
            else:
                row.append(files.get(key))
        self._main.append(row)
        line_readers = self._line_readers.get(request.version_id.id, {})
        for key, (sheet, names) in self._lines.items():
            if key in answers and key in line_readers:
                for line in line_readers[key](answers[key]):
                    sheet.append([request.number, *(line.get(name) for name in names)])

    def _get_files(self, request):
        files = {}
        for line in request.document_line_ids:
            if line.name:
                files.setdefault(line.field_key, []).append(line.name)
        return {key: ", ".join(names) for key, names in files.items()}

    def _get_readers(self, version_sudo, chosen):
        return {
            field.key: get_reader(field)
            for field in version_sudo.field_ids
            if field.key in chosen
            and not field.block_key
            and field.type not in (*engine.DISPLAY_TYPES, "file")
        }

    # ------------------------------------------------------------
    # Lines of blocks and grids
    # ------------------------------------------------------------

    def _get_line_headers(self, versions_sudo, key):
        """Dict name -> title, of all versions; the last one comes first and says the words."""
        headers = {}
        for version_sudo in versions_sudo.sorted("number", reverse=True):
            for field in version_sudo.field_ids:
                if field.block_key == key:
                    headers.setdefault(field.key, field.label or field.key)
                elif field.key == key and field.type == "weekly_grid":
                    headers.setdefault(ROW, field.label)
                    for day in field._to_engine()[0].days:
                        headers.setdefault(day, get_day_name(self._env, day))
        return headers

    def _get_line_readers(self, version_sudo, chosen):
        """Dict key -> function from a typed answer to its lines, each a dict name -> cell."""
        readers = {}
        for field in version_sudo.field_ids:
            if field.key not in chosen:
                continue
            if field.type == "block":
                children = version_sudo.field_ids.filtered(
                    lambda child, key=field.key: child.block_key == key
                )
                readers[field.key] = get_block_reader(
                    {child.key: get_reader(child) for child in children}
                )
            elif field.type == "weekly_grid":
                labels = {option.value: option.label for option in field.option_ids}
                readers[field.key] = get_grid_reader(labels)
        return readers


def get_day_name(env, day):
    """:param day: 1 is Monday"""
    locale = babel_locale_parse(env.lang)
    return get_day_names(locale=locale)[day - 1].capitalize()


def get_block_reader(readers):
    return lambda lines: [
        {key: readers[key](value) for key, value in line.items() if key in readers}
        for line in lines
    ]


def get_grid_reader(labels):
    """A 1 for each day, so that a planning is a sum."""
    return lambda rows: [
        {ROW: labels.get(name, name), **dict.fromkeys(days, 1)} for name, days in rows.items()
    ]


def get_reader(field_sudo):
    """A function from a typed answer to the value of a cell."""
    if field_sudo.type in PLAIN_TYPES:
        return lambda value: value
    if field_sudo.type == "date":
        return date.fromisoformat
    if field_sudo.type == "consent":
        return lambda value: date.fromisoformat(value["on"])
    if field_sudo.type == "selection":
        labels = {option.value: option.label for option in field_sudo.option_ids}
        return lambda value: labels.get(value, value)
    if field_sudo.type == "multi_selection":
        labels = {option.value: option.label for option in field_sudo.option_ids}
        return lambda values: ", ".join(labels.get(value, value) for value in values)
    return field_sudo._format_answer
