import csv
import json
from pathlib import Path

from odoo import Command, models
from odoo.exceptions import UserError

from ..loader_columns import Cells, Column, File
from .territory_opening_mixin import WEEKDAYS

# Where the loader keeps which records a file brought; no addon bears this name.
LOADED = "__territory__"
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
# Details of a town hall, which once stood beside its commune.
MOVED = ("rue", "telephone", "courriel", "horaires")


class TerritoryLoader(models.AbstractModel):
    """The territory as files: another intercommunality swaps the folder and keeps the code.

    A file is loaded whole or not at all, and can be loaded again: records are found by key. An
    empty cell leaves what is known; what a dash stands for is emptied.
    """

    _name = "territory.loader"
    _description = "Loader of the territory's data"

    def _load_folder(self, path, check=False):
        """Load the files present, in the order in which they name each other.

        :param check: tell what would be done, write nothing
        :return: dict file name -> dict(created, updated, unchanged: numbers, archived: names)
        :raise UserError: what is wrong in the first file that has errors; when checking, in all
        """
        folder = Path(path)
        if not self._find_file(folder, "communes"):
            raise UserError(self.env._("There is no file communes.csv in %(path)s.", path=path))
        if not check:
            return self._load_files(folder)
        with self.env.cr.savepoint() as savepoint:
            report = self._load_files(folder, all_errors=True)
            savepoint.rollback()
        self.env.registry.clear_cache()
        return report

    def _load_files(self, folder, *, all_errors=False):
        report, wrong = {}, []
        for stem, file in self._get_files().items():
            path = self._find_file(folder, stem)
            if not path:
                continue
            errors = []
            rows = self._read_rows(path, errors)
            values = [] if errors else self._read_values(stem, file, path, rows, errors)
            wrong += errors
            if errors and not all_errors:
                break
            if not errors:
                report[path.name] = self._write_rows(stem, file, values)
        if wrong:
            raise UserError("\n".join(wrong))
        return report

    def _format_report(self, report):
        """One line for each file, one more for what left the territory."""
        lines = []
        for file, counts in report.items():
            lines.append(
                self.env._(
                    "%(file)s: %(created)s created, %(updated)s updated, %(unchanged)s unchanged",
                    file=file,
                    **{key: counts[key] for key in ("created", "updated", "unchanged")},
                )
            )
            if counts["archived"]:
                lines.append(
                    self.env._(
                        "%(file)s: no longer in the file, archived: %(names)s",
                        file=file,
                        names=", ".join(counts["archived"]),
                    )
                )
        return "".join(f"{line}\n" for line in lines)

    def _get_files(self):
        """Hook: the files of a territory by name, without extension, in the order of loading.

        :return: dict name -> File
        """
        return {
            "communes": File(
                "territory.commune",
                {
                    "code_insee": Column("insee_code", required=True, check="insee"),
                    "nom": Column("name", required=True),
                    "code_postal": Column("zip", check="postcode"),
                    "siren": Column("siren", check="siren"),
                    "population": Column("population"),
                    "latitude": Column("latitude"),
                    "longitude": Column("longitude"),
                },
                keys=("insee_code",),
                # A commune that left the territory keeps its requests.
                gone="all",
            ),
            "topics": File(
                "territory.topic",
                {
                    "code": Column("code", required=True),
                    "nom": Column("name", required=True),
                    "ordre": Column("sequence"),
                    "icone": Column("icon"),
                },
                keys=("code",),
            ),
            "services": File(
                "territory.service",
                {
                    "code": Column("code", required=True),
                    "nom": Column("name", required=True),
                    "nom_dans_phrase": Column("name_in_sentence"),
                    "ordre": Column("sequence"),
                    "type": Column(
                        "kind",
                        required=True,
                        choices={"epci": "epci", "mairie": "town_hall", "ecole": "school"},
                    ),
                    "communes": Column("commune_ids"),
                    "telephone": Column("phone"),
                    "courriel": Column("email"),
                    "rue": Column("street"),
                    "code_postal": Column("zip"),
                    "ville": Column("city"),
                    "horaires": Column("opening_note"),
                    "lit_dossier_famille": Column("reads_family_file"),
                    "lit_logement": Column("reads_dwelling"),
                },
                keys=("code",),
            ),
            "openings": File(
                "territory.opening",
                {
                    "service": Column("service_id", required=True),
                    "jour": Column(
                        "weekday",
                        choices=dict(zip(DAYS, (day for day, _label in WEEKDAYS), strict=True)),
                    ),
                    "du": Column("date_start"),
                    "au": Column("date_end"),
                    "de": Column("hour_from", check="hour"),
                    "a": Column("hour_to", check="hour"),
                    "note": Column("note"),
                },
                keys=("service_id", "weekday", "date_start", "hour_from"),
            ),
            "epci": File(
                "res.company",
                {
                    "nom": Column("name", required=True),
                    "siren": Column("company_registry", check="siren"),
                    "telephone": Column("phone"),
                    "courriel": Column("email"),
                    "rue": Column("street"),
                    "code_postal": Column("zip"),
                    "ville": Column("city"),
                    "accueil": Column("reception_service_id"),
                    "horaires": Column("opening_note"),
                },
            ),
        }

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------

    def _find_file(self, folder, stem):
        files = [folder / f"{stem}{suffix}" for suffix in (".csv", ".json")]
        files = [file for file in files if file.is_file()]
        if len(files) > 1:
            raise UserError(
                self.env._("%(file)s is there as CSV and as JSON: keep one of both.", file=stem)
            )
        return files[0] if files else None

    def _read_rows(self, file, errors):
        """:return: list of (line, {column: text}); of JSON, the line is the rank of the object"""
        read = self._read_json if file.suffix == ".json" else self._read_csv
        rows = read(file, errors)
        if not rows and not errors:
            errors.append(self.env._("%(file)s has no row.", file=file.name))
        return rows

    def _read_csv(self, file, errors):
        try:
            with file.open(encoding="utf-8-sig", newline="") as stream:
                reader = csv.DictReader(stream, strict=True)
                return [
                    (reader.line_num, {key: (value or "").strip() for key, value in row.items()})
                    for row in reader
                    if None not in row or errors.append(self._line_error(file, reader.line_num))
                ]
        except (UnicodeDecodeError, csv.Error) as error:
            errors.append(
                self.env._(
                    "%(file)s cannot be read: it must be a CSV file in UTF-8, "
                    "with commas (%(error)s).",
                    file=file.name,
                    error=error,
                )
            )
            return []

    def _line_error(self, file, line):
        return self.env._(
            "%(file)s, line %(line)s: more values than columns.", file=file.name, line=line
        )

    def _read_json(self, file, errors):
        """A list of objects with the same names as the columns."""
        try:
            rows = json.loads(file.read_text(encoding="utf-8-sig"))
        except ValueError as error:
            rows, reason = None, error
        else:
            reason = type(rows).__name__
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            errors.append(
                self.env._(
                    "%(file)s cannot be read: it must be a JSON list of objects, in UTF-8 "
                    "(%(error)s).",
                    file=file.name,
                    error=reason,
                )
            )
            return []
        return [
            (rank, {key: self._to_cell(value) for key, value in row.items()})
            for rank, row in enumerate(rows, 1)
        ]

    def _to_cell(self, value):
        if value is None:
            return ""
        if isinstance(value, bool):
            return "oui" if value else "non"
        if isinstance(value, list):
            return "|".join(map(self._to_cell, value))
        return str(value).strip()

    def _read_values(self, stem, file, path, rows, errors):
        """:return: list of values to write, or the errors"""
        cells = Cells(self, path.name, errors)
        seen, result = {}, []
        if not file.keys and len(rows) > 1:
            cells.error(rows[1][0], next(iter(file.columns)), self.env._("one row is expected"))
        key_columns = [name for name, column in file.columns.items() if column.field in file.keys]
        for line, row in rows:
            values = {
                column.field: value
                for name, column in file.columns.items()
                if (value := cells.read_cell(line, row, name, column, file.model)) is not None
            }
            extra = getattr(self, f"_read_{stem}", None)
            if extra:
                values.update(extra(cells, line, row))
            key = tuple(row.get(name) or "" for name in key_columns)
            if any(key) and seen.setdefault(key, line) != line:
                cells.error(
                    line,
                    key_columns[0],
                    self.env._(
                        "“%(value)s” is already on line %(seen)s",
                        value=" ".join(filter(None, key)),
                        seen=seen[key],
                    ),
                )
            result.append(values)
        return result

    def _read_communes(self, cells, line, row):
        """The communes that it absorbed, each with its code; the other names that it bore."""
        for name in MOVED:
            if row.get(name):
                cells.error(
                    line,
                    name,
                    self.env._("write it in services.csv, beside the town hall of the commune"),
                )
        model, field_name = "territory.commune.former", "insee_code"
        codes = [code for code in row.get("anciens_codes_insee", "").split("|") if code]
        names = [name for name in row.get("anciens_noms", "").split("|") if name]
        for code in codes:
            cells.read_insee(line, "anciens_codes_insee", code, model, field_name)
        if len(codes) != len(names):
            cells.error(line, "anciens_noms", self.env._("as many names as codes are expected"))
        others = [name for name in row.get("autres_noms", "").split("|") if name]
        former = {*zip(codes, names, strict=False), *((False, name) for name in others)}
        return {"former_ids": former} if former else {}

    def _read_openings(self, cells, line, row):
        if bool(row.get("jour")) == bool(row.get("du")):
            cells.error(line, "jour", self.env._("name a day of the week, or a first day"))
        return {}

    def _find_named(self, model, code):
        """The record that a file names."""
        if model == "territory.commune":
            return self.env[model]._find_by_insee(code)
        (key,) = next(file.keys for file in self._get_files().values() if file.model == model)
        return self.env[model].with_context(active_test=False).search([(key, "=", code)], limit=1)

    # ------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------

    def _write_rows(self, stem, file, values_list):
        report = {"created": 0, "updated": 0, "unchanged": 0, "archived": []}
        Model = self.env[file.model].with_context(active_test=False)
        if not file.keys:
            self._write_row(self.env.company, values_list[0], report)
            return report
        known = {self._get_key(record, file.keys): record for record in Model.search([])}
        written = Model.browse()
        for values in values_list:
            if "active" in Model._fields:
                values["active"] = True
            key = tuple(self._to_key(values.get(name)) for name in file.keys)
            written |= self._write_row(known.get(key, Model.browse()), values, report)
        self._archive_gone(stem, file, written, report)
        return report

    def _get_key(self, record, names):
        return tuple(self._to_key(record[name]) for name in names)

    def _to_key(self, value):
        return value.id if isinstance(value, models.BaseModel) else value or False

    def _write_row(self, record, values, report):
        changes = {
            name: self._to_write(record, name, value)
            for name, value in values.items()
            if not record or not self._same(record, name, value)
        }
        if not record:
            report["created"] += 1
            return record.create(changes)
        if changes:
            record.write(changes)
        report["updated" if changes else "unchanged"] += 1
        return record

    def _same(self, record, name, value):
        known = record[name]
        if name == "former_ids":
            return {(each.insee_code, each.name) for each in known} == value
        if isinstance(known, models.BaseModel):
            return known == value
        return (known or False) == (value or False)

    def _to_write(self, record, name, value):
        if name == "former_ids":
            return [Command.delete(former.id) for former in record.former_ids] + [
                Command.create({"insee_code": code, "name": former})
                for code, former in sorted(value, key=str)
            ]
        kind = record._fields[name].type
        if kind == "many2many":
            return [Command.set(value.ids)]
        return value.id if kind == "many2one" and value else value

    def _archive_gone(self, stem, file, written, report):
        """What the file no longer holds, see `File.gone`."""
        data_sudo = self.env["ir.model.data"].sudo()
        brought_sudo = data_sudo.search(
            [
                ("module", "=", LOADED),
                ("model", "=", file.model),
                # Two files may fill one model.
                ("name", "=like", rf"{stem}\_%"),
            ]
        )
        known = written.browse(brought_sudo.mapped("res_id"))
        if file.gone == "all":
            gone = written.search([("id", "not in", written.ids)])
        else:
            gone = known.exists() - written
        is_archived = "active" in written._fields
        gone = gone.filtered("active") if is_archived else gone
        report["archived"] = gone.mapped("display_name")
        brought_sudo.filtered(lambda each: each.res_id not in written.ids).unlink()
        if is_archived:
            self._archive(gone)
        else:
            gone.unlink()
        data_sudo._update_xmlids(
            [
                {"xml_id": f"{LOADED}.{stem}_{record.id}", "record": record, "noupdate": True}
                for record in written - known
            ]
        )

    def _archive(self, records):
        """Hook: how the records that a file no longer holds go."""
        records.action_archive()
