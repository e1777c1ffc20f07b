from collections import defaultdict
from typing import NamedTuple

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.tools import format_phone

BATCH = 1000
APPLICANT = {"applicant_name": "name", "applicant_email": "email", "applicant_phone": "phone"}
CONTACT = {
    "name": ("contact_firstname", "contact_lastname"),
    "email": ("contact_email",),
    "phone": ("contact_phone",),
}
# Where to write: of the identity block, else of the dwelling that the request is about.
ADDRESS = {"contact_street": "street", "contact_zip": "zip", "contact_city": "commune_id"}
# Read of every request, whatever the columns.
BASE = {"id", "number", "version_id", "answers", "applicant_id", "dwelling_id"}.union(
    *CONTACT.values(), ADDRESS
)


class Fixed(NamedTuple):
    """A column that every request has: a field of it, shown as people read it."""

    label: str
    field: str


class RequestTable:
    """The requests of one procedure in a workbook: a row each, and the lines of repeated blocks
    and weekly grids in a sheet of their own.

    What a version asked is read once, as plain functions, and requests are read as rows of the
    database under the rules of the user: records of the ORM would cost more than the writing.
    """

    def __init__(self, workbook, procedure, columns):
        """:param columns: list of (key, title), see `procedure.request._get_export_columns`"""
        self._env = procedure.env
        self._Request = self._env["procedure.request"]
        self._columns = columns
        fixed = self._Request._get_fixed_export_columns()
        self._fixed = {key: fixed[key].field for key, _label in columns if key in fixed}
        fields = [self._Request._fields[name] for name in {*BASE, *self._fixed.values()}]
        self._stored = [field.name for field in fields if field.store and field.column_type]
        self._names = defaultdict(dict)
        self._read_definitions(procedure)
        self._main = workbook.add_sheet(procedure.name, [label for _key, label in columns])
        self._lines = {}
        for key, label in columns:
            headers = self._get_line_headers(key)
            if headers:
                titles = [self._env._("Number"), self._env._("Persons concerned")]
                sheet = workbook.add_sheet(label, [*titles, *headers.values()])
                self._lines[key] = (sheet, list(headers))

    def _read_definitions(self, procedure):
        versions_sudo = procedure.sudo().version_ids.filtered(lambda each: each.state != "draft")
        chosen = {key for key, _label in self._columns}
        self._versions = versions_sudo.sorted("number", reverse=True)
        self._readers = {each.id: self._get_readers(each, chosen) for each in versions_sudo}
        self._line_readers = {
            each.id: self._get_line_readers(each, chosen) for each in versions_sudo
        }
        self._has_files = any(
            field._get_type().holds == "files" and field.key in chosen
            for field in versions_sudo.field_ids
        )

    def add(self, request_ids):
        """By batches, so that a year of requests does not stay in memory."""
        for start in range(0, len(request_ids), BATCH):
            rows = self._fetch(request_ids[start : start + BATCH])
            shown = {key: self._show(name, rows) for key, name in self._fixed.items()}
            files = self._get_files([row["id"] for row in rows]) if self._has_files else {}
            persons = self._show("subject_ids", rows) if self._lines else [None] * len(rows)
            for index, row in enumerate(rows):
                self._add_request(
                    row,
                    {key: values[index] for key, values in shown.items()},
                    files.get(row["id"], {}),
                    persons[index],
                )
            self._env.invalidate_all()

    def _fetch(self, request_ids):
        """List of dict field -> value of the column, of the requests that the user may read."""
        query = self._Request._search([("id", "in", request_ids)], order="id")
        table = self._Request._table
        terms = [self._Request._field_to_sql(table, name, query) for name in self._stored]
        rows = self._env.execute_query(query.select(*terms))
        return [dict(zip(self._stored, row, strict=True)) for row in rows]

    def _add_request(self, row, shown, files, persons):
        number, version_id, answers = row["number"], row["version_id"], row["answers"] or {}
        readers = self._readers.get(version_id, {})
        cells = []
        for key, _label in self._columns:
            if key in shown:
                cells.append(shown[key])
            elif key in answers and key in readers:
                cells.append(readers[key](answers[key]))
            else:
                cells.append(files.get(key))
        self._main.append(cells)
        line_readers = self._line_readers.get(version_id, {})
        for key, (sheet, names) in self._lines.items():
            if key in answers and key in line_readers:
                for line in line_readers[key](answers[key]):
                    # A week without its child is nobody's.
                    sheet.append([number, persons, *(line.get(name) for name in names)])

    # ------------------------------------------------------------
    # What every request has, as people read it: a list of values, one for each row
    # ------------------------------------------------------------

    def _show(self, name, rows):
        field = self._Request._fields[name]
        if name in APPLICANT:
            return self._show_applicant(APPLICANT[name], rows)
        if name in ADDRESS:
            return self._show_address(name, rows)
        if name not in self._stored:
            requests = self._Request.browse([row["id"] for row in rows])
            if field.relational:
                return [self._show_records(request[name]) for request in requests]
            return [request[name] or None for request in requests]
        values = [row[name] for row in rows]
        if field.type == "many2one":
            names = self._get_names(field.comodel_name, values)
            return [names.get(value) for value in values]
        if field.type == "selection":
            labels = dict(field._description_selection(self._env))
            return [labels.get(value) for value in values]
        if field.type == "datetime":
            return [value and self._to_day(value) for value in values]
        return values

    def _show_applicant(self, name, rows):
        """Of the person who has an account, else of the identity block: who reads a request
        reads who filed it."""
        partner_ids = list({row["applicant_id"] for row in rows} - {None})
        partners_sudo = self._env["res.partner"].sudo().browse(partner_ids)
        known = {partner["id"]: partner[name] for partner in partners_sudo.read([name])}
        values = [
            known.get(row["applicant_id"])
            or " ".join(filter(None, (row[each] for each in CONTACT[name])))
            for row in rows
        ]
        if name == "phone":
            # One way to write it, whoever typed it.
            return [format_phone(value).replace("\xa0", " ") for value in values]
        return values

    def _show_address(self, name, rows):
        """Of an applicant with an account, the dwelling that the user may read."""
        ids = list({row["dwelling_id"] for row in rows} - {None})
        dwellings = self._env["territory.dwelling"].browse(ids)._filtered_access("read")
        known = {
            dwelling.id: dwelling.commune_id.name
            if ADDRESS[name] == "commune_id"
            else dwelling[ADDRESS[name]]
            for dwelling in dwellings
        }
        return [known.get(row["dwelling_id"]) if row["applicant_id"] else row[name] for row in rows]

    def _show_records(self, records):
        names = self._get_names(records._name, records.ids)
        return ", ".join(names[record.id] for record in records if names[record.id])

    def _get_names(self, model, ids):
        """Read once for the whole export."""
        names = self._names[model]
        missing = list({*ids} - {None, *names})
        # A person who may not be read is named "Not shown", in superuser mode too.
        for record_sudo in self._env[model].sudo().browse(missing):
            names[record_sudo.id] = record_sudo.display_name
        return names

    def _to_day(self, moment):
        return clock.local_day(moment)

    def _get_files(self, request_ids):
        """Dict request -> key -> names of the files."""
        files = defaultdict(dict)
        for line in self._env["procedure.document.line"].search(
            [("request_id", "in", request_ids), ("document_id", "!=", False)], order="id"
        ):
            names = files[line.request_id.id]
            names[line.field_key] = ", ".join(filter(None, (names.get(line.field_key), line.name)))
        return files

    def _get_readers(self, version_sudo, chosen):
        return {
            field.key: field._get_cell_reader()
            for field in version_sudo.field_ids
            if field.key in chosen
            and not field.block_key
            and field._get_type().holds not in ("nothing", "files")
        }

    # ------------------------------------------------------------
    # Lines of blocks and grids
    # ------------------------------------------------------------

    def _get_line_headers(self, key):
        """Dict name -> title, of all versions; the last one comes first and says the words."""
        headers = {}
        for version_sudo in self._versions:
            for field in version_sudo.field_ids:
                if field.key == key:
                    own = field._get_type().get_line_headers(field)
                    headers.update({name: own[name] for name in own if name not in headers})
        return headers

    def _get_line_readers(self, version_sudo, chosen):
        """Dict key -> function from a typed answer to its lines, each a dict name -> cell."""
        readers = {}
        for field in version_sudo.field_ids:
            if field.key not in chosen:
                continue
            reader = field._get_type().get_line_reader(field)
            if reader:
                readers[field.key] = reader
        return readers
