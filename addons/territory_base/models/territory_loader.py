import csv
from pathlib import Path

from stdnum.fr import siren

from odoo import Command, models
from odoo.exceptions import UserError


class TerritoryLoader(models.AbstractModel):
    """The territory as files: another intercommunality swaps the folder and keeps the code.

    A file is loaded whole or not at all, and can be loaded again: records are found by key.
    """

    _name = "territory.loader"
    _description = "Loader of the territory's data"

    def _load_folder(self, path):
        """Load the files present, in the order in which they name each other.

        :return: dict file name -> dict(created, updated, unchanged: numbers, archived: names)
        """
        folder = Path(path)
        if not (folder / "communes.csv").is_file():
            raise UserError(self.env._("There is no file communes.csv in %(path)s.", path=path))
        report = {}
        for name, load in self._get_loaders().items():
            file = folder / name
            if file.is_file():
                errors = []
                rows = self._read_rows(file, errors)
                values = [] if errors else load(_Checker(self.env, name, errors), rows)
                if errors:
                    raise UserError("\n".join(errors))
                report[name] = self._write_rows(*values)
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

    def _get_loaders(self):
        return {
            "epci.csv": self._prepare_company,
            "communes.csv": self._prepare_communes,
            "topics.csv": self._prepare_topics,
            "services.csv": self._prepare_services,
        }

    def _read_rows(self, file, errors):
        try:
            with file.open(encoding="utf-8-sig", newline="") as stream:
                reader = csv.DictReader(stream, strict=True)
                rows = [
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
        if not rows and not errors:
            errors.append(self.env._("%(file)s has no row.", file=file.name))
        return rows

    def _line_error(self, file, line):
        return self.env._(
            "%(file)s, line %(line)s: more values than columns.", file=file.name, line=line
        )

    # Each _prepare_* returns (model, key field, list of values), or reports errors.

    def _prepare_company(self, check, rows):
        if len(rows) > 1:
            check.error(rows[1][0], "nom", self.env._("one row is expected"))
        line, row = rows[0]
        values = {
            "name": check.required(line, row, "nom"),
            "company_registry": check.siren(line, row, "siren"),
            "phone": row.get("telephone"),
            "email": row.get("courriel"),
            "street": row.get("rue"),
            "zip": row.get("code_postal"),
            "city": row.get("ville"),
            "opening_hours": row.get("horaires"),
        }
        return "res.company", None, [self._known(values)]

    def _prepare_communes(self, check, rows):
        check.unique(rows, "code_insee")
        return (
            "territory.commune",
            "insee_code",
            [self._prepare_commune(check, line, row) for line, row in rows],
        )

    def _prepare_commune(self, check, line, row):
        codes = check.insee_list(line, row, "anciens_codes_insee")
        names = [name for name in row.get("anciens_noms", "").split("|") if name]
        if len(codes) != len(names):
            check.error(line, "anciens_noms", self.env._("as many names as codes are expected"))
        values = {
            "insee_code": check.insee(line, row, "code_insee"),
            "name": check.required(line, row, "nom"),
            "zip": check.digits(line, row, "code_postal", 5),
            "siren": check.siren(line, row, "siren"),
            "population": check.integer(line, row, "population"),
            "former_ids": dict(zip(codes, names, strict=False)),
            "active": True,
        }
        for column, name in (
            ("rue", "street"),
            ("telephone", "phone"),
            ("courriel", "email"),
            ("horaires", "opening_hours"),
        ):
            if row.get(column):
                values[name] = row[column]
        return values

    def _prepare_topics(self, check, rows):
        check.unique(rows, "code")
        return (
            "territory.topic",
            "code",
            [
                {
                    "code": check.required(line, row, "code"),
                    "name": check.required(line, row, "nom"),
                    "sequence": check.integer(line, row, "ordre") or 10,
                    "icon": row.get("icone") or False,
                    "active": True,
                }
                for line, row in rows
            ],
        )

    def _prepare_services(self, check, rows):
        check.unique(rows, "code")
        kinds = {"epci": "epci", "mairie": "town_hall", "ecole": "school"}
        return (
            "territory.service",
            "code",
            [
                {
                    "code": check.required(line, row, "code"),
                    "name": check.required(line, row, "nom"),
                    "kind": check.choice(line, row, "type", kinds),
                    "commune_ids": check.communes(line, row, "communes"),
                    "phone": row.get("telephone") or False,
                    "email": row.get("courriel") or False,
                    "street": row.get("rue") or False,
                    "zip": row.get("code_postal") or False,
                    "city": row.get("ville") or False,
                    "opening_hours": row.get("horaires") or False,
                    "reads_family_file": check.yes_no(line, row, "lit_dossier_famille"),
                    "reads_dwelling": check.yes_no(line, row, "lit_logement"),
                    "active": True,
                }
                for line, row in rows
            ],
        )

    def _known(self, values):
        """An absent or empty cell leaves what is already known."""
        return {name: value for name, value in values.items() if value}

    def _write_rows(self, model, key, values_list):
        report = {"created": 0, "updated": 0, "unchanged": 0, "archived": []}
        Model = self.env[model].with_context(active_test=False)
        if not key:
            self._write_row(self.env.company, values_list[0], report)
            return report
        known = {record[key]: record for record in Model.search([])}
        for values in values_list:
            self._write_row(known.pop(values[key], Model), values, report)
        if model == "territory.commune":
            # A commune that left the territory keeps its requests.
            gone = Model.union(*known.values()).filtered("active")
            gone.action_archive()
            report["archived"] = gone.mapped("name")
        return report

    def _write_row(self, record, values, report):
        changes = {
            name: self._to_write(record, name, value)
            for name, value in values.items()
            if not record or not self._same(record, name, value)
        }
        if not record:
            record.create(changes)
            report["created"] += 1
        elif changes:
            record.write(changes)
            report["updated"] += 1
        else:
            report["unchanged"] += 1

    def _same(self, record, name, value):
        if name == "former_ids":
            return {former.insee_code: former.name for former in record.former_ids} == value
        if name == "commune_ids":
            return record.commune_ids == value
        return (record[name] or False) == (value or False)

    def _to_write(self, record, name, value):
        if name == "former_ids":
            return [Command.delete(former.id) for former in record.former_ids] + [
                Command.create({"insee_code": code, "name": former})
                for code, former in value.items()
            ]
        if name == "commune_ids":
            return [Command.set(value.ids)]
        return value


class _Checker:
    """Says which file, line and column is wrong, and goes on: all is told at once."""

    def __init__(self, env, file, errors):
        self.env, self.file, self.errors = env, file, errors

    def error(self, line, column, message):
        self.errors.append(
            self.env._(
                "%(file)s, line %(line)s, column %(column)s: %(message)s.",
                file=self.file,
                line=line,
                column=column,
                message=message,
            )
        )

    def required(self, line, row, column):
        if not row.get(column):
            self.error(line, column, self.env._("a value is required"))
        return row.get(column)

    def unique(self, rows, column):
        seen = {}
        for line, row in rows:
            value = row.get(column)
            if value and seen.setdefault(value, line) != line:
                self.error(
                    line,
                    column,
                    self.env._(
                        "“%(value)s” is already on line %(seen)s", value=value, seen=seen[value]
                    ),
                )

    def _insee_valid(self, line, column, code):
        if len(code) == 5 and code.isalnum() and code.isascii():
            return True
        self.error(
            line, column, self.env._("“%(code)s” is not an INSEE code: 5 characters", code=code)
        )
        return False

    def insee(self, line, row, column):
        code = self.required(line, row, column)
        if code:
            self._insee_valid(line, column, code)
        return code

    def insee_list(self, line, row, column):
        codes = [code for code in row.get(column, "").split("|") if code]
        return [code for code in codes if self._insee_valid(line, column, code)]

    def digits(self, line, row, column, size):
        value = row.get(column)
        if value and not (len(value) == size and value.isdecimal()):
            self.error(
                line,
                column,
                self.env._("“%(value)s” is not %(size)s digits", value=value, size=size),
            )
        return value or False

    def integer(self, line, row, column):
        value = row.get(column)
        if not value:
            return 0
        if not value.isdecimal():
            self.error(line, column, self.env._("“%(value)s” is not a whole number", value=value))
            return 0
        return int(value)

    def siren(self, line, row, column):
        value = row.get(column)
        if value and not siren.is_valid(value):
            self.error(line, column, self.env._("“%(value)s” is not a SIREN", value=value))
        return value or False

    def choice(self, line, row, column, choices):
        value = row.get(column)
        if value not in choices:
            self.error(
                line,
                column,
                self.env._(
                    "“%(value)s” is not one of: %(choices)s",
                    value=value or "",
                    choices=", ".join(filter(None, choices)),
                ),
            )
        return choices.get(value)

    def yes_no(self, line, row, column):
        return self.choice(
            line, {column: row.get(column) or "non"}, column, {"oui": True, "non": False}
        )

    def communes(self, line, row, column):
        communes = self.env["territory.commune"]
        for code in self.insee_list(line, row, column):
            commune = communes._find_by_insee(code)
            if not commune:
                self.error(
                    line,
                    column,
                    self.env._("no commune of the territory has the code %(code)s", code=code),
                )
            communes |= commune
        return communes
